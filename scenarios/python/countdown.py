"""Two countdowns of 3000 and 5000 ms at the same time: 5000 in all."""
import asyncio

from lesson import log, params

p = params(tea=3000, egg=5000, every=1000)


async def count_down(left):
    while left > 0:
        step = min(left, p.every)
        log(f"{left} ms")
        await asyncio.sleep(step / 1000)
        left -= step
    log("rings")


async def main():
    await asyncio.gather(
        asyncio.create_task(count_down(p.tea), name="tea"),
        asyncio.create_task(count_down(p.egg), name="egg"),
    )


if __name__ == "__main__":
    asyncio.run(main())
