"""Four threads that compute under one lock, 5 ms at a time: 1000 ms, as on one thread."""
import asyncio
import concurrent.futures
import time

from lesson import ThreadLock, log, params

p = params(tasks=4, work=250, slice=5, pool=4)


def compute(lock):
    """Runs on a thread of the pool. The lock stands for the interpreter's own, and sleeping for computing."""
    left = p.work
    while left > 0:
        lock.acquire()
        time.sleep(min(left, p.slice) / 1000)
        left -= p.slice
        lock.release()


async def job(pool, lock):
    loop = asyncio.get_running_loop()
    log("gives its computation to a thread")
    await loop.run_in_executor(pool, compute, lock)
    log("has the result")


async def main():
    lock = ThreadLock()
    with concurrent.futures.ThreadPoolExecutor(max_workers=p.pool) as pool:
        tasks = [asyncio.create_task(job(pool, lock), name=f"Task {i}") for i in range(p.tasks)]
        await asyncio.gather(*tasks)


if __name__ == "__main__":
    asyncio.run(main())
