"""A consumer skips an item and forgets task_done: join never returns. Stop it with Ctrl-C."""
import asyncio

from lesson import log, params

p = params(items=3, skip=2, work=100)


async def consume(queue):
    while True:
        item = await queue.get()
        if item == p.skip:
            log(f"skips item {item}")
            continue  # and so never comes to task_done
        await asyncio.sleep(p.work / 1000)
        log(f"is done with item {item}")
        queue.task_done()


async def main():
    queue = asyncio.Queue()
    for item in range(1, p.items + 1):
        queue.put_nowait(item)
    consumer = asyncio.create_task(consume(queue), name="consumer")
    log("waits until all items are done")
    await queue.join()
    log("all items are done")
    consumer.cancel()


if __name__ == "__main__":
    asyncio.run(main())
