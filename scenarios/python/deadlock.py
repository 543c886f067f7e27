"""Two tasks take two locks in opposite order, and wait for each other for ever. End it with Ctrl-C."""
import asyncio

from lesson import log, params

p = params(work=100, ordered=0)


async def run(first, second):
    async with first:
        log("has its first lock")
        await asyncio.sleep(p.work / 1000)
        log("wants its second lock")
        async with second:
            log("has both")
            await asyncio.sleep(p.work / 1000)
    log("is done")


async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    there, back = (a, b), (a, b) if p.ordered else (b, a)
    await asyncio.gather(
        asyncio.create_task(run(*there), name="A to B"),
        asyncio.create_task(run(*back), name="B to A"),
    )


if __name__ == "__main__":
    asyncio.run(main())
