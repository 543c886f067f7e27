"""Two sums of 100 ms each, one awaited after the other: 200 ms."""
import asyncio

from lesson import log, params

p = params(wait=100)


async def add(a, b):
    log(f"asks for {a} + {b}")
    await asyncio.sleep(p.wait / 1000)
    log(f"{a} + {b} = {a + b}")
    return a + b


async def main():
    first = await add(1, 2)
    second = await add(3, 4)
    log(f"together {first + second}")


if __name__ == "__main__":
    asyncio.run(main())
