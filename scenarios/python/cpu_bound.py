"""Four computations of 250 ms, gathered: one thread, so 1000 ms."""
import asyncio
import time

from lesson import log, params

p = params(tasks=4, work=250)


async def compute():
    log("computes")
    time.sleep(p.work / 1000)  # stands for a computation of that length
    log("is done")


async def main():
    tasks = [asyncio.create_task(compute(), name=f"Task {i}") for i in range(p.tasks)]
    await asyncio.gather(*tasks)


if __name__ == "__main__":
    asyncio.run(main())
