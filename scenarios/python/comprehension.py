"""[await f(i) for i in range(5)] is a loop: five waits of 50 ms make 250."""
import asyncio

from lesson import log, params

p = params(calls=5, wait=50)


async def f(i):
    await asyncio.sleep(p.wait / 1000)
    log(f"f({i}) = {i * i}")
    return i * i


async def main():
    results = [await f(i) for i in range(p.calls)]
    log(f"the sum is {sum(results)}")


if __name__ == "__main__":
    asyncio.run(main())
