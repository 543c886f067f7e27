"""A task that waits for a thread is cancelled at 100 ms: the task ends, the thread goes on to 300."""
import asyncio
import time

from lesson import log, params

p = params(work=300, at=100, later=400)
is_saved = False


def save():
    """Runs on a thread of the pool."""
    global is_saved
    time.sleep(p.work / 1000)
    is_saved = True


async def wait_for_thread():
    log("gives the saving to a thread")
    try:
        await asyncio.to_thread(save)
        log("all is saved")
    except asyncio.CancelledError:
        log("is cancelled")
        raise


def look():
    log(f"the file is {'saved' if is_saved else 'not saved'}")


async def main():
    task = asyncio.create_task(wait_for_thread(), name="saver")
    await asyncio.sleep(p.at / 1000)
    task.cancel()
    try:
        await task
        log("the task was quicker")
    except asyncio.CancelledError:
        log("the task is cancelled")
    look()
    await asyncio.sleep(p.later / 1000)
    look()


if __name__ == "__main__":
    asyncio.run(main())
