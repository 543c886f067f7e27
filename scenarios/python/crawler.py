"""A crawler follows the links of a small site: three pages at a time, and no page twice."""
import asyncio

from lesson import Random, log, params

p = params(pages=12, links=3, permits=3, load=100, seed=9)


class Crawler:
    def __init__(self, group):
        self.group = group
        self.permits = asyncio.Semaphore(p.permits)
        self.seen = set()
        self.links = 0

    def visit(self, page):
        self.seen.add(page)  # checked and added without an await between: no page is crawled twice
        self.group.create_task(self.crawl(page), name=f"page {page}")

    def follow_links(self, page):
        random = Random(p.seed * 1000 + page)
        new = 0
        for _ in range(p.links):
            found = random.below(p.pages)
            self.links += 1
            if found not in self.seen:
                new += 1
                self.visit(found)
        log(f"has {p.links} links, {new} new")

    async def crawl(self, page):
        async with self.permits:
            log("loads")
            await asyncio.sleep(p.load / 1000)
        self.follow_links(page)


async def main():
    loop = asyncio.get_running_loop()
    begin = loop.time()
    async with asyncio.TaskGroup() as group:
        crawler = Crawler(group)
        crawler.visit(0)
    log(f"{len(crawler.seen)} pages, {crawler.links} links, {round((loop.time() - begin) * 1000)} ms")


if __name__ == "__main__":
    asyncio.run(main())
