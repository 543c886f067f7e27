"""A hundred pages of 50 to 150 ms each, at most ten at a time: about 1000 ms."""
import asyncio

from lesson import Random, log, params

p = params(pages=100, permits=10, seed=1)
n_open = most = 0


async def load(permits, ms):
    global n_open, most
    async with permits:
        n_open += 1
        most = max(most, n_open)
        await asyncio.sleep(ms / 1000)
        n_open -= 1
        log(f"loaded in {ms} ms")


async def main():
    loop = asyncio.get_running_loop()
    begin = loop.time()
    permits, random = asyncio.Semaphore(p.permits), Random(p.seed)
    times = [50 + random.below(101) for _ in range(p.pages)]
    tasks = [asyncio.create_task(load(permits, ms), name=f"page {i + 1}") for i, ms in enumerate(times)]
    await asyncio.gather(*tasks)
    log(f"{sum(times)} ms of loading in {round((loop.time() - begin) * 1000)} ms, at most {most} open")


if __name__ == "__main__":
    asyncio.run(main())
