"""After a break the finally of an asynchronous generator runs later, in a task of its own; aclosing mends that."""
import asyncio
import contextlib

from lesson import log, params

p = params(values=5, apart=100, stop=3, after=100, close=0)


async def numbers():
    log("opens the connection")
    try:
        for i in range(1, p.values + 1):
            await asyncio.sleep(p.apart / 1000)
            yield i
    finally:
        log("finally: closes the connection")


async def consume(values):
    async for value in values:
        log(f"has {value}")
        if value == p.stop:
            break


async def main():
    if p.close:
        async with contextlib.aclosing(numbers()) as values:
            await consume(values)
    else:
        await consume(numbers())
    log("is behind the loop")
    await asyncio.sleep(p.after / 1000)
    log("ends")


if __name__ == "__main__":
    asyncio.run(main())
