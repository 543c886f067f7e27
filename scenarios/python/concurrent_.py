"""The same three waits, each in a task of its own: the longest decides, 1000 ms.

(Not concurrent.py: Python would find that file in place of its own package of that name.)
"""
import asyncio

from lesson import log, params

p = params(a=1000, b=500, c=300)


async def fetch(name, wait):
    log(f"{name} asks")
    await asyncio.sleep(wait / 1000)
    log(f"{name} has its answer")


async def main():
    await asyncio.gather(
        asyncio.create_task(fetch("A", p.a), name="fetch A"),
        asyncio.create_task(fetch("B", p.b), name="fetch B"),
        asyncio.create_task(fetch("C", p.c), name="fetch C"),
    )
    log("all three are here")


if __name__ == "__main__":
    asyncio.run(main())
