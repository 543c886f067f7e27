"""One mixed load under fifo, lifo, priority and random: the same 310 ms, and other people wait."""
import asyncio
import time

import policy
from lesson import log, params

p = params(policy=0)
LOAD = (
    # name, steps, ms a step, arrives at, priority
    ("long 1", 3, 40, 0, 0),
    ("long 2", 3, 40, 0, 0),
    ("short 1", 2, 10, 0, 1),
    ("short 2", 2, 10, 0, 1),
    ("short 3", 2, 10, 0, 1),
    ("urgent", 1, 10, 50, 9),
)
waits = []


async def do_work(start, steps, step, at):
    loop = asyncio.get_running_loop()
    if at:
        await asyncio.sleep(at / 1000)
    for i in range(steps):
        time.sleep(step / 1000)  # stands for a computation of that length
        if i + 1 < steps:
            await asyncio.sleep(0)
    waits.append(round((loop.time() - start) * 1000) - at - steps * step)
    log(f"is done, and was kept waiting for {waits[-1]} ms")


async def main():
    log(f"the policy is {policy.NAMES[p.policy]}")
    policy.use(p.policy)
    start = asyncio.get_running_loop().time()
    tasks = []
    for name, steps, step, at, priority in LOAD:
        tasks.append(asyncio.create_task(do_work(start, steps, step, at), name=name))
        policy.priority[tasks[-1]] = priority
    await asyncio.gather(*tasks)
    log(f"waiting: {sum(waits) // len(waits)} ms on average, {max(waits)} ms at most")


if __name__ == "__main__":
    asyncio.run(main())
