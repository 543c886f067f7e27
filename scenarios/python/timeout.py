"""A limit of 1000 ms around two steps of 400 and 5000: cancelled inside, a TimeoutError outside."""
import asyncio

from lesson import log, params

p = params(limit=1000, first=400, second=5000)


async def both_steps():
    try:
        await asyncio.sleep(p.first / 1000)
        log("the first step is done")
        await asyncio.sleep(p.second / 1000)
        log("the second step is done")
    except asyncio.CancelledError:
        log("inside, it looks like a cancellation")
        raise


async def main():
    try:
        async with asyncio.timeout(p.limit / 1000):
            await both_steps()
        log("was in time")
    except TimeoutError:
        log("outside, it is a timeout")


if __name__ == "__main__":
    asyncio.run(main())
