"""Twenty clients fail together and try again together, in columns; jitter=1 dissolves them."""
import asyncio

from lesson import Random, log, params

p = params(clients=20, capacity=5, gap=100, jitter=0, seed=1)
WINDOW = 10  # the server serves so many in each stretch of that length


class Server:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.begin = self.loop.time()
        self.window = self.in_window = 0
        self.tries = self.peak = 0

    def call(self):
        """Return whether the server answers; it does not when it has had too many in the same 10 ms."""
        window = round((self.loop.time() - self.begin) * 1000) // WINDOW
        if window != self.window:
            self.in_window = 0
        self.window = window
        self.tries += 1
        self.in_window += 1
        if window > 0:
            self.peak = max(self.peak, self.in_window)
        return self.in_window <= p.capacity


async def client(server, random):
    gap = p.gap
    n = 1
    while not server.call():
        log(f"try {n} fails")
        await asyncio.sleep((random.below(gap) + 1 if p.jitter else gap) / 1000)
        gap *= 2
        n += 1
    log("is served")


async def main():
    server, random = Server(), Random(p.seed)
    tasks = [asyncio.create_task(client(server, random), name=f"client {i + 1}") for i in range(p.clients)]
    await asyncio.gather(*tasks)
    log(f"{server.tries} tries, at most {server.peak} in the same 10 ms after the first")


if __name__ == "__main__":
    asyncio.run(main())
