"""Three waits of 1000 ms in a task group: leaving the group awaits them all."""
import asyncio

from lesson import log, params

p = params(tasks=3, wait=1000)


async def wait():
    log("waits")
    await asyncio.sleep(p.wait / 1000)
    log("is done")


async def main():
    async with asyncio.TaskGroup() as group:
        for i in range(p.tasks):
            group.create_task(wait(), name=f"Task {i}")
        log(f"has started {p.tasks} tasks")
    log("is behind the group")


if __name__ == "__main__":
    asyncio.run(main())
