"""A task fails at 100 ms and nobody awaits it: main goes on and ends well."""
import asyncio

from lesson import log, params

p = params(fails=100, main=300)


async def save():
    await asyncio.sleep(p.fails / 1000)
    log("fails")
    raise OSError("the disk is full")


async def main():
    task = asyncio.create_task(save(), name="save")
    await asyncio.sleep(p.main / 1000)
    log(f"the task is {'done' if task.done() else 'not done'}; all is well, it seems")


if __name__ == "__main__":
    asyncio.run(main())
