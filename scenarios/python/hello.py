"""One coroutine greets, waits a second, and says goodbye."""
import asyncio

from lesson import log, params

p = params(pause=1000)


async def greet(name):
    log(f"Hello, {name}")
    await asyncio.sleep(p.pause / 1000)
    log(f"Goodbye, {name}")
    return name.upper()


async def main():
    loud = await greet("world")
    log(f"greet returned {loud}")


if __name__ == "__main__":
    asyncio.run(main())
