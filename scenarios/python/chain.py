"""Fetch something, then process what came: 500 and 200 make 700 ms."""
import asyncio

from lesson import log, params

p = params(fetch=500, process=200)


async def fetch():
    log("fetches")
    await asyncio.sleep(p.fetch / 1000)
    data = 21
    log(f"has {data}")
    return data


async def process(data):
    log(f"processes {data}")
    await asyncio.sleep(p.process / 1000)
    return 2 * data


async def main():
    data = await fetch()
    result = await process(data)
    log(f"the result is {result}")


if __name__ == "__main__":
    asyncio.run(main())
