"""Three tasks arrive at a barrier at 100, 200 and 300 ms and leave it together, at 300."""
import asyncio

from lesson import log, params

p = params(tasks=3, parties=3, apart=100)


async def meet(barrier, way):
    await asyncio.sleep(way / 1000)
    log("arrives")
    place = await barrier.wait()
    log(f"goes on, was number {place}")


async def main():
    start = asyncio.Barrier(p.parties)
    tasks = [
        asyncio.create_task(meet(start, (i + 1) * p.apart), name=f"runner {i + 1}")
        for i in range(p.tasks)
    ]
    await asyncio.gather(*tasks)


if __name__ == "__main__":
    asyncio.run(main())
