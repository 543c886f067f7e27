"""A connection is opened, used and closed, once well and once with an error inside: it is closed always."""
import asyncio

from lesson import log, params

p = params(open=100, use=200, close=100, cancel=0)


class Connection:
    async def __aenter__(self):
        await asyncio.sleep(p.open / 1000)
        log("open")

    async def __aexit__(self, *error):
        log("closing")
        await asyncio.sleep(p.close / 1000)
        log("closed")


async def well():
    async with Connection():
        await asyncio.sleep(p.use / 1000)
        log("used")


async def badly():
    try:
        async with Connection():
            await asyncio.sleep(p.use / 2 / 1000)
            log("fails")
            raise ValueError("no such table")
    except ValueError as error:
        log(f"behind it: {error}")


async def main():
    tasks = [asyncio.create_task(well(), name="well"), asyncio.create_task(badly(), name="badly")]
    await asyncio.sleep(p.cancel / 1000)
    if p.cancel > 0 and tasks[0].cancel():
        log("cancels the first")
    await asyncio.wait(tasks)


if __name__ == "__main__":
    asyncio.run(main())
