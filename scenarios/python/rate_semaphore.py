"""Ten requests through Semaphore(5), each inside for 200 ms: 25 a second, not 5."""
import asyncio

from lesson import log, params

p = params(requests=10, permits=5, hold=200)
started = 0


async def request(permits):
    global started
    async with permits:
        started += 1
        log(f"start {started}")
        await asyncio.sleep(p.hold / 1000)


async def main():
    permits = asyncio.Semaphore(p.permits)
    loop = asyncio.get_running_loop()
    begin = loop.time()
    tasks = [asyncio.create_task(request(permits), name=f"request {i + 1}") for i in range(p.requests)]
    await asyncio.gather(*tasks)
    log(f"{started} requests in {round((loop.time() - begin) * 1000)} ms")


if __name__ == "__main__":
    asyncio.run(main())
