"""A decorator puts a limit of 200 ms around any function: calls of 50, 150 and 500 ms."""
import asyncio
import functools

from lesson import log, params

p = params(limit=200, ping=50, query=150, report=500)


def limited(function):
    """The decorator: `function` with a limit around it, whatever it is."""

    @functools.wraps(function)
    async def call(*args, **kwargs):
        async with asyncio.timeout(p.limit / 1000):
            return await function(*args, **kwargs)

    return call


@limited
async def ping():
    await asyncio.sleep(p.ping / 1000)


@limited
async def query():
    await asyncio.sleep(p.query / 1000)


@limited
async def report():
    await asyncio.sleep(p.report / 1000)


async def main():
    loop = asyncio.get_running_loop()
    for function in (ping, query, report):
        since = loop.time()
        try:
            await function()
            log(f"{function.__name__} took {round((loop.time() - since) * 1000)} ms")
        except TimeoutError:
            log(f"{function.__name__} timed out after {round((loop.time() - since) * 1000)} ms")


if __name__ == "__main__":
    asyncio.run(main())
