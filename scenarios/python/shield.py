"""500 ms of work whose waiter is cancelled at 100: the waiter ends, the work goes on."""
import asyncio

from lesson import log, params

p = params(work=500, at=100)


async def do_work():
    log("starts")
    await asyncio.sleep(p.work / 1000)
    log("is done")


async def wait_behind_shield(work):
    log("waits for the work, shielded")
    try:
        await asyncio.shield(work)
        log("has the result")
    except asyncio.CancelledError:
        log("cancelled")
        raise


async def main():
    work = asyncio.create_task(do_work(), name="work")
    waiter = asyncio.create_task(wait_behind_shield(work), name="waiter")
    await asyncio.sleep(p.at / 1000)
    waiter.cancel()
    try:
        await waiter
        log("the waiter was quicker")
    except asyncio.CancelledError:
        log("the waiter is gone")
    await work
    log("the work is done all the same")


if __name__ == "__main__":
    asyncio.run(main())
