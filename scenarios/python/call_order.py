"""Two callbacks, a task, a timer of no time at all, and a yield: the ready queue is first in, first out."""
import asyncio

from lesson import log, params

p = params(yields=2)


async def speak():
    log("the task")


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0, log, "later 0")
    loop.call_soon(log, "soon 1")
    loop.call_soon(log, "soon 2")
    task = asyncio.create_task(speak(), name="task")
    log("everything is asked for")
    for i in range(1, p.yields + 1):
        await asyncio.sleep(0)
        log(f"after sleep(0), {i}")
    await task


if __name__ == "__main__":
    asyncio.run(main())
