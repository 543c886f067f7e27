"""Two tasks wait for an event that main sets at 500 ms: both go on at once."""
import asyncio

from lesson import log, params

p = params(waiters=2, at=500, clear=0)


async def wait(event):
    log("waits")
    await event.wait()
    log("goes on")


async def main():
    doors = asyncio.Event()
    waiters = [asyncio.create_task(wait(doors), name=f"waiter {i + 1}") for i in range(p.waiters)]
    await asyncio.sleep(p.at / 1000)
    log("sets the event")
    doors.set()
    if p.clear:
        log("clears it at once")
        doors.clear()
    await asyncio.gather(*waiters)


if __name__ == "__main__":
    asyncio.run(main())
