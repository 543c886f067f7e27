"""The two tasks of race.py with a lock around reading and writing: the counter ends at 6, at 600 ms."""
import asyncio

from lesson import log, params

p = params(tasks=2, times=3, gap=100)
counter = 0


async def add(lock):
    global counter
    for _ in range(p.times):
        async with lock:
            seen = counter
            log(f"reads {seen}")
            await asyncio.sleep(p.gap / 1000)
            counter = seen + 1
            log(f"writes {counter}")


async def main():
    lock = asyncio.Lock()
    tasks = [asyncio.create_task(add(lock), name=f"Task {i}") for i in range(p.tasks)]
    await asyncio.gather(*tasks)
    log(f"the counter is {counter} of {p.tasks * p.times}")


if __name__ == "__main__":
    asyncio.run(main())
