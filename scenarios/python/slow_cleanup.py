"""A limit of 100 ms on a task that cleans up for 300: the caller goes on at 400."""
import asyncio

from lesson import log, params

p = params(work=1000, limit=100, cleanup=300)


async def operation():
    log("starts")
    try:
        await asyncio.sleep(p.work / 1000)
    except asyncio.CancelledError:
        log("cancelled, closes its files")
        await asyncio.sleep(p.cleanup / 1000)
        log("has closed its files")
        raise


async def main():
    task = asyncio.create_task(operation(), name="operation")
    try:
        await asyncio.wait_for(task, p.limit / 1000)
        log("has the result")
    except TimeoutError:
        log("timed out")


if __name__ == "__main__":
    asyncio.run(main())
