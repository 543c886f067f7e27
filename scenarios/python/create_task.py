"""A takes 2000 ms and is awaited first, B takes 1000: B ends first all the same."""
import asyncio

from lesson import log, params

p = params(a=2000, b=1000)


async def work(wait):
    log("starts")
    await asyncio.sleep(wait / 1000)
    log("ends")


async def main():
    a = asyncio.create_task(work(p.a), name="A")
    b = asyncio.create_task(work(p.b), name="B")
    await a
    log(f"A is awaited; B is {'done already' if b.done() else 'still at work'}")
    await b


if __name__ == "__main__":
    asyncio.run(main())
