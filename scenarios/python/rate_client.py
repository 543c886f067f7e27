"""Twenty requests at five a second, each open for 300 ms: one or two are open at any time."""
import asyncio

from lesson import log, params

p = params(requests=20, rate=5, call=300)


class Client:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.begin = self.loop.time()
        self.next = 0  # the next free start
        self.open = self.most = 0

    def now(self):
        return round((self.loop.time() - self.begin) * 1000)

    async def wait_for_start(self):
        """Take the next free start, and wait for it."""
        now = self.now()
        start = max(self.next, now)
        self.next = start + 1000 // p.rate
        if start > now:
            await asyncio.sleep((start - now) / 1000)

    async def request(self):
        await self.wait_for_start()
        self.open += 1
        self.most = max(self.most, self.open)
        log(f"starts, {self.open} open")
        await asyncio.sleep(p.call / 1000)
        self.open -= 1


async def main():
    client = Client()
    tasks = [asyncio.create_task(client.request(), name=f"request {i + 1}") for i in range(p.requests)]
    await asyncio.gather(*tasks)
    log(f"{p.requests} requests in {client.now()} ms, at most {client.most} open")


if __name__ == "__main__":
    asyncio.run(main())
