"""Ten tasks add one to a counter, with no await between reading and writing: 10, without a lock."""
import asyncio

from lesson import log, params

p = params(tasks=10, gap=100)
counter = 0


async def add():
    global counter
    await asyncio.sleep(p.gap / 1000)
    seen = counter  # from here to the writing there is no await: nobody can come between
    counter = seen + 1
    log(f"writes {counter}")


async def main():
    tasks = [asyncio.create_task(add(), name=f"Task {i}") for i in range(p.tasks)]
    await asyncio.gather(*tasks)
    log(f"the counter is {counter} of {p.tasks}")


if __name__ == "__main__":
    asyncio.run(main())
