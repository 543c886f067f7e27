"""The loop calls plain functions too, soon or later; they belong to no task."""
import asyncio

from lesson import log, params

p = params(later=100, sleep=200)


async def main():
    loop = asyncio.get_running_loop()
    log("asks the loop for two calls")
    loop.call_soon(log, "called soon")
    loop.call_later(p.later / 1000, log, "called later")
    log("nothing has been called yet")
    await asyncio.sleep(p.sleep / 1000)
    log("is done")


if __name__ == "__main__":
    asyncio.run(main())
