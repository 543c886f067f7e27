"""Two tasks read a counter, wait 100 ms, and write it plus one, three times each: it ends at 3."""
import asyncio

from lesson import log, params

p = params(tasks=2, times=3, gap=100)
counter = 0


async def add():
    global counter
    for _ in range(p.times):
        seen = counter
        log(f"reads {seen}")
        await asyncio.sleep(p.gap / 1000)  # here the other task reads the same number
        counter = seen + 1
        log(f"writes {counter}")


async def main():
    tasks = [asyncio.create_task(add(), name=f"Task {i}") for i in range(p.tasks)]
    await asyncio.gather(*tasks)
    log(f"the counter is {counter} of {p.tasks * p.times}")


if __name__ == "__main__":
    asyncio.run(main())
