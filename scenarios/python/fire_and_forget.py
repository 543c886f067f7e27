"""main starts a task, does not wait for it, and ends at 100 ms: the task is cancelled."""
import asyncio

from lesson import log, params

p = params(send=500, main=100)


async def send():
    log("sends the report")
    try:
        await asyncio.sleep(p.send / 1000)
    except asyncio.CancelledError:
        log("is cancelled: the report is lost")
        raise
    log("the report is sent")


async def main():
    task = asyncio.create_task(send(), name="sender")  # noqa: F841  a reference, so that it is not collected
    await asyncio.sleep(p.main / 1000)
    log("is done, and ends")


if __name__ == "__main__":
    asyncio.run(main())
