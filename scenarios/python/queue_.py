"""A quick producer, a slow consumer, and a queue of three: the full queue sets the pace.

(Not queue.py: Python would find that file in place of its own module of that name.)
"""
import asyncio

from lesson import log, params

p = params(items=5, capacity=3, consume=100)

NO_MORE = -1  # the sentinel: tells the consumer that nothing follows


async def produce(queue):
    for item in range(p.items):
        await queue.put(item)
        log(f"put {item}")
    await queue.put(NO_MORE)
    log("put the sentinel")


async def consume(queue):
    while (item := await queue.get()) != NO_MORE:
        log(f"got {item}")
        await asyncio.sleep(p.consume / 1000)
    log("got the sentinel")


async def main():
    queue = asyncio.Queue(p.capacity)
    await asyncio.gather(
        asyncio.create_task(produce(queue), name="producer"),
        asyncio.create_task(consume(queue), name="consumer"),
    )


if __name__ == "__main__":
    asyncio.run(main())
