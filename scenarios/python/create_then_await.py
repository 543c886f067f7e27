"""`await create_task(...)` twice: there are tasks, and there is no concurrency. 1000 ms."""
import asyncio

from lesson import log, params

p = params(tasks=2, wait=500)


async def work():
    log("starts")
    await asyncio.sleep(p.wait / 1000)
    log("ends")


async def main():
    for i in range(1, p.tasks + 1):
        await asyncio.create_task(work(), name=f"Task {i}")
    log("all of them are done")


if __name__ == "__main__":
    asyncio.run(main())
