"""A task eats its cancellation under wait_for(50 ms): the limit is not kept, and there is no TimeoutError."""
import asyncio

from lesson import log, params

p = params(work=1000, limit=50, rest=200)


async def stubborn():
    log("works")
    try:
        await asyncio.sleep(p.work / 1000)
    except asyncio.CancelledError:
        log("was cancelled, and goes on")  # and does not raise it again: this is the mistake
        await asyncio.sleep(p.rest / 1000)
    log("is done")
    return "a result all the same"


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(stubborn(), name="stubborn")
    asked = loop.time()
    try:
        result = await asyncio.wait_for(task, p.limit / 1000)
        log(f"has {result}")
    except TimeoutError:
        log("timed out")
    log(f"waited for {round((loop.time() - asked) * 1000)} ms")


if __name__ == "__main__":
    asyncio.run(main())
