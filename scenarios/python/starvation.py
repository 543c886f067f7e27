"""Under LIFO a task that has been ready from the start waits until nobody newer comes."""
import asyncio
import time

import policy
from lesson import log, params

p = params(arrivals=10, every=20, work=20, policy=1)


async def arrive(at):
    if at:
        await asyncio.sleep(at / 1000)
    time.sleep(p.work / 1000)  # stands for a computation of that length


async def wait_and_work(start):
    since = asyncio.get_running_loop().time() - start
    log(f"has its turn at last, at {round(since * 1000)} ms")
    time.sleep(p.work / 1000)


async def main():
    policy.use(p.policy)
    start = asyncio.get_running_loop().time()
    tasks = [asyncio.create_task(wait_and_work(start), name="old")]
    for i in range(p.arrivals):
        at = 0 if i < 2 else (i - 1) * p.every
        tasks.append(asyncio.create_task(arrive(at), name=f"arrival {i + 1}"))
    await asyncio.gather(*tasks)
    log("all are done")


if __name__ == "__main__":
    asyncio.run(main())
