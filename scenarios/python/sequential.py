"""Three waits, one after the other: the waits add up to 1800 ms."""
import asyncio

from lesson import log, params

p = params(a=1000, b=500, c=300)


async def fetch(name, wait):
    log(f"{name} asks")
    await asyncio.sleep(wait / 1000)
    log(f"{name} has its answer")


async def main():
    await fetch("A", p.a)
    await fetch("B", p.b)
    await fetch("C", p.c)
    log("all three are here")


if __name__ == "__main__":
    asyncio.run(main())
