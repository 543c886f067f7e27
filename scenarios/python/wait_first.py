"""Tasks of 300, 100 and 200 ms, and main waits for the first to be done: the others go on."""
import asyncio

from lesson import log, params

p = params(a=300, b=100, c=200)


async def work(ms):
    await asyncio.sleep(ms / 1000)
    log("is done")


async def main():
    tasks = [
        asyncio.create_task(work(p.a), name="A"),
        asyncio.create_task(work(p.b), name="B"),
        asyncio.create_task(work(p.c), name="C"),
    ]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        log(f"{task.get_name()} is {'done' if task in done else 'pending'}")
    log("waits for the rest")
    await asyncio.gather(*tasks)


if __name__ == "__main__":
    asyncio.run(main())
