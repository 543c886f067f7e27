"""A task that awaits three times, but never anything that waits: nobody else runs."""
import asyncio
import time

from lesson import log, params

p = params(awaits=3, work=50)


async def look_up():
    """Asynchronous by its type, but it never has to wait."""
    time.sleep(p.work / 1000)


async def hog():
    for i in range(p.awaits):
        await look_up()
        log(f"await {i} is over")


async def other():
    log("has its turn")


async def main():
    await asyncio.gather(
        asyncio.create_task(hog(), name="hog"),
        asyncio.create_task(other(), name="other"),
    )


if __name__ == "__main__":
    asyncio.run(main())
