"""A worker is cancelled at 500 of 5000 ms, cleans up for 100, and ends: requested, delivered, done."""
import asyncio

from lesson import log, params

p = params(work=5000, at=500, cleanup=100)


async def worker():
    log("works")
    try:
        await asyncio.sleep(p.work / 1000)
        log("is done")
    except asyncio.CancelledError:
        log("cancelled, cleans up")
        await asyncio.sleep(p.cleanup / 1000)
        log("is clean, raises it again")
        raise


async def main():
    task = asyncio.create_task(worker(), name="worker")
    await asyncio.sleep(p.at / 1000)
    log(f"cancel: {'requested' if task.cancel() else 'too late'}")
    log(f"worker done: {'yes' if task.done() else 'no'}")
    try:
        await task
        log("the worker has a result")
    except asyncio.CancelledError:
        log("the worker was cancelled")


if __name__ == "__main__":
    asyncio.run(main())
