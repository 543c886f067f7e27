"""A crawler holds its permit while it waits for the pages it found: stuck, for ever. End it with Ctrl-C."""
import asyncio

from lesson import log, params

p = params(permits=3, depth=4, links=1, work=100, inside=1)


async def follow_links(permits, name, depth):
    if depth == p.depth:
        return
    names = [f"{name}.{link}" for link in range(p.links)]
    await asyncio.gather(*[
        asyncio.create_task(crawl(permits, found, depth + 1), name=found) for found in names
    ])


async def crawl(permits, name, depth):
    async with permits:
        log("has a permit")
        await asyncio.sleep(p.work / 1000)
        if p.inside:
            await follow_links(permits, name, depth)
    if not p.inside:
        await follow_links(permits, name, depth)
    log("is done")


async def main():
    permits = asyncio.Semaphore(p.permits)
    await asyncio.create_task(crawl(permits, "page 0", 0), name="page 0")


if __name__ == "__main__":
    asyncio.run(main())
