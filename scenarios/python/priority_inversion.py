"""High waits for a lock that low holds, and low shares the thread with mid: high waits for mid."""
import asyncio
import time

from lesson import log, params

p = params(steps=8, step=10, bursts=8, burst=50)


async def compute(steps, ms):
    """Compute in pieces, and let others run between them."""
    for _ in range(steps):
        time.sleep(ms / 1000)  # stands for a computation of that length
        await asyncio.sleep(0)


async def low(lock):
    async with lock:
        log("has the lock")
        await compute(p.steps, p.step)
        log("releases the lock")


async def mid():
    await asyncio.sleep(0.025)
    await compute(p.bursts, p.burst)
    log("is done")


async def high(lock):
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0.015)
    log("wants the lock")
    since = loop.time()
    async with lock:
        log(f"has the lock, after {round((loop.time() - since) * 1000)} ms")


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(
        asyncio.create_task(low(lock), name="low"),
        asyncio.create_task(mid(), name="mid"),
        asyncio.create_task(high(lock), name="high"),
    )


if __name__ == "__main__":
    asyncio.run(main())
