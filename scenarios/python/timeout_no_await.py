"""A limit of 100 ms around 300 ms of pure computing: there is no timeout at all."""
import asyncio
import time

from lesson import log, params

p = params(limit=100, work=300, awaits=0)


async def compute():
    time.sleep(p.work / 1000)  # stands for a computation of that length
    log("has computed")
    for _ in range(p.awaits):
        await asyncio.sleep(0)


async def main():
    try:
        async with asyncio.timeout(p.limit / 1000):
            await compute()
        log("there was no timeout")
    except TimeoutError:
        log("timed out")


if __name__ == "__main__":
    asyncio.run(main())
