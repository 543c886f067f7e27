"""A limit of 100 ms while another task blocks the loop from 20 to 520: the timeout comes at 520."""
import asyncio
import time

from lesson import log, params

p = params(limit=100, answer=1000, at=20, block=500)


async def answer():
    log("waits for an answer")
    try:
        await asyncio.sleep(p.answer / 1000)
    except asyncio.CancelledError:
        log("cancelled")
        raise
    log("has the answer")


async def blocker():
    await asyncio.sleep(p.at / 1000)
    log("blocks the loop")
    time.sleep(p.block / 1000)
    log("lets go")


async def main():
    loop = asyncio.get_running_loop()
    waiting = asyncio.create_task(answer(), name="answer")
    blocking = asyncio.create_task(blocker(), name="blocker")
    asked = loop.time()
    try:
        await asyncio.wait_for(waiting, p.limit / 1000)
        outcome = "has the answer"
    except TimeoutError:
        outcome = "timed out"
    log(f"{outcome} after {round((loop.time() - asked) * 1000)} ms")
    await blocking


if __name__ == "__main__":
    asyncio.run(main())
