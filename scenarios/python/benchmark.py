"""Fifty requests of 20 ms: 1000 one after the other, 20 together, 260 on four threads."""
import asyncio
import concurrent.futures
import time

from lesson import log, params

p = params(requests=50, wait=20, pool=4)


async def request():
    await asyncio.sleep(p.wait / 1000)


async def request_on_thread(pool):
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(pool, time.sleep, p.wait / 1000)


def report(how, since):
    now = asyncio.get_running_loop().time()
    log(f"{how}: {round((now - since) * 1000)} ms")


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    for _ in range(p.requests):
        await request()
    report("one after the other", start)
    start = loop.time()
    await asyncio.gather(*(asyncio.create_task(request()) for _ in range(p.requests)))
    report("together", start)
    start = loop.time()
    with concurrent.futures.ThreadPoolExecutor(max_workers=p.pool) as pool:
        await asyncio.gather(*(asyncio.create_task(request_on_thread(pool)) for _ in range(p.requests)))
    report("on threads", start)


if __name__ == "__main__":
    asyncio.run(main())
