"""Two producers, three consumers and a queue; join waits until every item has been dealt with."""
import asyncio
from contextlib import suppress

from lesson import log, params

p = params(items=3, every=100, consumers=3, work=150)


async def produce(queue, number):
    for i in range(1, p.items + 1):
        await asyncio.sleep(p.every / 1000)
        await queue.put((number, i))
        log(f"made {number}.{i}")


async def consume(queue):
    while True:
        number, i = await queue.get()
        log(f"takes {number}.{i}")
        await asyncio.sleep(p.work / 1000)
        queue.task_done()


async def stop(tasks):
    """Cancel tasks that would never end by themselves, and see them off."""
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task


async def main():
    queue = asyncio.Queue()
    producers = [asyncio.create_task(produce(queue, i), name=f"producer {i}") for i in (1, 2)]
    consumers = [asyncio.create_task(consume(queue), name=f"consumer {i + 1}") for i in range(p.consumers)]
    await asyncio.gather(*producers)
    log("the producers are done")
    await queue.join()
    log("all is dealt with")
    await stop(consumers)


if __name__ == "__main__":
    asyncio.run(main())
