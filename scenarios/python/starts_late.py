"""Three tasks are created, and their creator works on for 100 ms: they start when it first waits."""
import asyncio
import time

from lesson import log, params

p = params(tasks=3, work=100, wait=50)


async def run():
    log("starts")
    await asyncio.sleep(p.wait / 1000)
    log("ends")


async def main():
    tasks = []
    for i in range(p.tasks):
        tasks.append(asyncio.create_task(run(), name=f"Task {i}"))
        log(f"created Task {i}")
    time.sleep(p.work / 1000)  # works, and awaits nothing
    log("has worked, and waits now")
    await asyncio.gather(*tasks)


if __name__ == "__main__":
    asyncio.run(main())
