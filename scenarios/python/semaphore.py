"""Five tasks, two permits: two at a time, first come first served, 900 ms."""
import asyncio

from lesson import log, params

p = params(tasks=5, permits=2, hold=300)


async def use(permits):
    async with permits:
        log("Acquired semaphore")
        await asyncio.sleep(p.hold / 1000)
        log("Releasing semaphore")


async def main():
    permits = asyncio.Semaphore(p.permits)
    tasks = [asyncio.create_task(use(permits), name=f"Task {i}") for i in range(p.tasks)]
    await asyncio.gather(*tasks)


if __name__ == "__main__":
    asyncio.run(main())
