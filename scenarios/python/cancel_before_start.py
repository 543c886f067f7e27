"""A task is cancelled before its first step: its body never runs, and neither does its finally."""
import asyncio

from lesson import log, params

p = params(turns=0, work=1000)


async def work():
    try:
        log("begins")
        await asyncio.sleep(p.work / 1000)
    finally:
        log("finally")


async def main():
    task = asyncio.create_task(work(), name="worker")
    for _ in range(p.turns):
        await asyncio.sleep(0)
    log("cancels the worker")
    task.cancel()
    try:
        await task
        log("the worker has a result")
    except asyncio.CancelledError:
        log("the worker was cancelled")


if __name__ == "__main__":
    asyncio.run(main())
