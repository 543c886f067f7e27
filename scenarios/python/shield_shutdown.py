"""main ends at 200 ms while a shielded task is at work until 500: it is cancelled all the same."""
import asyncio

from lesson import log, params

p = params(work=500, main=200)


async def save():
    log("saves")
    try:
        await asyncio.sleep(p.work / 1000)
    except asyncio.CancelledError:
        log("is cancelled: half of it is saved")
        raise
    log("all is saved")


async def wait_behind_shield():
    work = asyncio.create_task(save(), name="save")
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        log("is cancelled, and is not worried: the work is shielded")
        raise


async def main():
    waiter = asyncio.create_task(wait_behind_shield(), name="waiter")
    await asyncio.sleep(p.main / 1000)
    log("is done, and ends")
    del waiter


if __name__ == "__main__":
    asyncio.run(main())
