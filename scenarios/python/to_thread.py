"""The same report on a thread of the pool, from 250 to 1250 ms: no tick is late."""
import asyncio
import time

from lesson import log, params

p = params(tickers=3, ticks=10, every=100, at=250, block=1000)


async def tick():
    loop = asyncio.get_running_loop()
    for i in range(1, p.ticks + 1):
        due = loop.time() + p.every / 1000
        await asyncio.sleep(p.every / 1000)
        late = round((loop.time() - due) * 1000)
        log(f"tick {i}, {late} ms late" if late else f"tick {i}")


async def report():
    await asyncio.sleep(p.at / 1000)
    log("begins to compute")
    await asyncio.to_thread(time.sleep, p.block / 1000)
    log("has computed")


async def main():
    tickers = [asyncio.create_task(tick(), name=f"ticker {i + 1}") for i in range(p.tickers)]
    await asyncio.gather(*tickers, asyncio.create_task(report(), name="report"))


if __name__ == "__main__":
    asyncio.run(main())
