"""Five blocking calls of 100 ms on a pool of two threads: done at 100 100 200 200 300."""
import asyncio
import concurrent.futures
import time

from lesson import log, params

p = params(jobs=5, pool=2, block=100)


async def job(pool):
    loop = asyncio.get_running_loop()
    log("gives its call to the pool")
    await loop.run_in_executor(pool, time.sleep, p.block / 1000)
    log("has the result")


async def main():
    with concurrent.futures.ThreadPoolExecutor(max_workers=p.pool) as pool:
        tasks = [asyncio.create_task(job(pool), name=f"job {i + 1}") for i in range(p.jobs)]
        await asyncio.gather(*tasks)


if __name__ == "__main__":
    asyncio.run(main())
