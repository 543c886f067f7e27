"""One of three gathered tasks fails: gather raises its error at once, and the others run on."""
import asyncio

from lesson import log, params

p = params(fails=0, wait=100)


async def sound():
    try:
        await asyncio.sleep(p.wait / 1000)
    except asyncio.CancelledError:
        log("is cancelled")
        raise
    log("ends as if nothing had happened")


async def broken():
    await asyncio.sleep(p.fails / 1000)
    log("fails")
    raise ValueError("B is broken")


async def main():
    a = asyncio.create_task(sound(), name="A")
    b = asyncio.create_task(broken(), name="B")
    c = asyncio.create_task(sound(), name="C")
    try:
        await asyncio.gather(a, b, c)
    except ValueError as error:
        log(f"gather raised {type(error).__name__}: {error}")
    await a
    await c
    log("A and C have their results")


if __name__ == "__main__":
    asyncio.run(main())
