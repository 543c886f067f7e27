"""An operation of 2000 ms and a caller with a limit of 500: the operation is cancelled at the limit."""
import asyncio

from lesson import log, params

p = params(work=2000, limit=500)


async def operation():
    log("starts")
    try:
        await asyncio.sleep(p.work / 1000)
    except asyncio.CancelledError:
        log("cancelled")
        raise
    log("is done")


async def main():
    task = asyncio.create_task(operation(), name="operation")
    try:
        await asyncio.wait_for(task, p.limit / 1000)
        log("has the result")
    except TimeoutError:
        log("timed out, going on without it")


if __name__ == "__main__":
    asyncio.run(main())
