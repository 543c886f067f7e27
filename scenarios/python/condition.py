"""An item every 200 ms and two consumers, both woken for each: who comes second must look again."""
import asyncio

from lesson import log, params

p = params(items=3, every=200, recheck=1)
items = []
is_closed = False


async def wait_for_items(changed):
    while not items and not is_closed:
        await changed.wait()
        log(f"wakes, sees {len(items)}")
        if not p.recheck:
            break  # makes an `if` of the `while`: the classic mistake


async def consume(changed):
    try:
        while not (is_closed and not items):
            async with changed:
                await wait_for_items(changed)
                if not items and is_closed:
                    break
                items.pop()
                log("takes an item")
    except IndexError as error:
        log(f"fails: {error}")
        raise


async def produce(changed):
    global is_closed
    for i in range(p.items):
        await asyncio.sleep(p.every / 1000)
        async with changed:
            items.append(i)
            log("adds an item")
            changed.notify_all()
    await asyncio.sleep(p.every / 1000)
    async with changed:
        is_closed = True
        log("no more items")
        changed.notify_all()


async def main():
    changed = asyncio.Condition()
    await asyncio.gather(
        asyncio.create_task(consume(changed), name="consumer 1"),
        asyncio.create_task(consume(changed), name="consumer 2"),
        asyncio.create_task(produce(changed), name="producer"),
    )


if __name__ == "__main__":
    asyncio.run(main())
