"""An item every 1000 ms and three consumers that need 2000 for each: the backlog does not grow."""
import asyncio

from lesson import log, params

p = params(items=10, every=1000, consumers=3, work=2000)


async def produce(items):
    for item in range(p.items):
        await items.put(item)
        log(f"item {item}, backlog {items.qsize()}")
        await asyncio.sleep(p.every / 1000)


async def consume(items):
    while True:
        item = await items.get()
        log(f"takes item {item}")
        await asyncio.sleep(p.work / 1000)
        items.task_done()


async def main():
    items = asyncio.Queue()
    producer = asyncio.create_task(produce(items), name="producer")
    consumers = [asyncio.create_task(consume(items), name=f"consumer {i + 1}") for i in range(p.consumers)]
    await producer
    await items.join()
    log("all items are done")
    for consumer in consumers:
        consumer.cancel()  # it waits for an item that will not come


if __name__ == "__main__":
    asyncio.run(main())
