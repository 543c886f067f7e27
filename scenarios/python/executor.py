"""Two blocking calls of 1000 and 600 ms on threads of the pool: 1000 in all."""
import asyncio
import time

from lesson import log, params

p = params(a=1000, b=600)


async def job(block):
    loop = asyncio.get_running_loop()
    log("gives its call to a thread")
    await loop.run_in_executor(None, time.sleep, block / 1000)
    log("has the result")


async def main():
    await asyncio.gather(
        asyncio.create_task(job(p.a), name="job A"),
        asyncio.create_task(job(p.b), name="job B"),
    )


if __name__ == "__main__":
    asyncio.run(main())
