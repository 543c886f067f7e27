"""Four computations of 250 ms on four processes: 250 in all, if there are four cores."""
import asyncio
import concurrent.futures
import time

from lesson import log, params

p = params(tasks=4, work=250, pool=4)


def compute():
    """Runs in a process of the pool."""
    time.sleep(p.work / 1000)  # stands for a computation of that length


async def job(pool):
    loop = asyncio.get_running_loop()
    log("gives its computation away")
    await loop.run_in_executor(pool, compute)
    log("is done")


async def main():
    with concurrent.futures.ProcessPoolExecutor(max_workers=p.pool) as pool:
        tasks = [asyncio.create_task(job(pool), name=f"Task {i}") for i in range(p.tasks)]
        await asyncio.gather(*tasks)


if __name__ == "__main__":
    asyncio.run(main())
