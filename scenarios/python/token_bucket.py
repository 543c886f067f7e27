"""Ten requests that come at once, five a second: a bucket of tokens that fills with time."""
import asyncio

from lesson import log, params

p = params(requests=10, rate=5, burst=1, naive=0)
TOKEN = 1000  # the bucket counts thousandths of a token, so that time in ms needs no fractions
started = 0


class Bucket:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.begin = self.loop.time()
        self.tokens = self.capacity = p.burst * TOKEN  # below zero: taken in advance
        self.filled = 0

    def fill(self):
        now = round((self.loop.time() - self.begin) * 1000)
        self.tokens = min(self.capacity, self.tokens + (now - self.filled) * p.rate)
        self.filled = now

    async def sleep_until_filled(self, missing):
        await asyncio.sleep((missing + p.rate - 1) // p.rate / 1000)

    async def take(self):
        """Take the token first, then wait until it is there."""
        self.fill()
        self.tokens -= TOKEN
        if self.tokens < 0:
            await self.sleep_until_filled(-self.tokens)

    async def take_naively(self):
        """Look, wait, and only then write down that a token is gone."""
        self.fill()
        if self.tokens >= TOKEN:
            self.tokens -= TOKEN
            return
        await self.sleep_until_filled(TOKEN - self.tokens)
        self.tokens = 0  # too late: everybody else has looked in the meantime


async def request(bucket):
    global started
    await (bucket.take_naively() if p.naive else bucket.take())
    started += 1
    log(f"start {started}")


async def main():
    bucket = Bucket()
    tasks = [asyncio.create_task(request(bucket), name=f"request {i + 1}") for i in range(p.requests)]
    await asyncio.gather(*tasks)
    log(f"{started} requests in {round((bucket.loop.time() - bucket.begin) * 1000)} ms")


if __name__ == "__main__":
    asyncio.run(main())
