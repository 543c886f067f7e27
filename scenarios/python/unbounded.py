"""A fast producer, a slow consumer, and a queue without a limit: the backlog grows."""
import asyncio

from lesson import log, params

p = params(items=10, produce=20, consume=100)


async def produce(queue):
    for item in range(1, p.items + 1):
        await asyncio.sleep(p.produce / 1000)
        await queue.put(item)
        log(f"put {item}, {queue.qsize()} in the queue")
    log("is done")


async def consume(queue):
    for _ in range(p.items):
        item = await queue.get()
        await asyncio.sleep(p.consume / 1000)
        log(f"has used {item}")


async def main():
    queue = asyncio.Queue()
    await asyncio.gather(
        asyncio.create_task(produce(queue), name="producer"),
        asyncio.create_task(consume(queue), name="consumer"),
    )


if __name__ == "__main__":
    asyncio.run(main())
