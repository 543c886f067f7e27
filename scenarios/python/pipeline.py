"""Three stages of 50, 150 and 80 ms, joined by queues of two: all go at the pace of the slowest."""
import asyncio

from lesson import log, params

p = params(items=6, capacity=2, download=50, decode=150, save=80)

NO_MORE = -1


async def download(out):
    for item in range(p.items):
        await asyncio.sleep(p.download / 1000)
        log(f"item {item}")
        await out.put(item)
    await out.put(NO_MORE)


async def decode(queue, out):
    while (item := await queue.get()) != NO_MORE:
        await asyncio.sleep(p.decode / 1000)
        log(f"item {item}")
        await out.put(item)
    await out.put(NO_MORE)


async def save(queue):
    while (item := await queue.get()) != NO_MORE:
        await asyncio.sleep(p.save / 1000)
        log(f"item {item}")


async def main():
    downloaded = asyncio.Queue(p.capacity)
    decoded = asyncio.Queue(p.capacity)
    await asyncio.gather(
        asyncio.create_task(download(downloaded), name="download"),
        asyncio.create_task(decode(downloaded, decoded), name="decode"),
        asyncio.create_task(save(decoded), name="save"),
    )


if __name__ == "__main__":
    asyncio.run(main())
