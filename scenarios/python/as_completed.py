"""Tasks of 300, 100 and 200 ms, and main takes each result as it comes: 1 2 3."""
import asyncio

from lesson import log, params

p = params(a=300, b=100, c=200)


async def work(number, ms):
    await asyncio.sleep(ms / 1000)
    return number


async def main():
    tasks = [
        asyncio.create_task(work(3, p.a), name="A"),
        asyncio.create_task(work(1, p.b), name="B"),
        asyncio.create_task(work(2, p.c), name="C"),
    ]
    for place, future in enumerate(asyncio.as_completed(tasks), 1):
        number = await future
        log(f"result {place} of 3: {number}")


if __name__ == "__main__":
    asyncio.run(main())
