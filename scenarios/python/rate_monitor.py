"""Three workers do operations of 70, 140 and 210 ms, and a monitor counts them every second."""
import asyncio

from lesson import log, params

p = params(workers=3, work=70, every=1000, run=3500)
n_done = n_all = 0


async def work(ms):
    global n_done, n_all
    while True:  # main ends it
        await asyncio.sleep(ms / 1000)
        n_done += 1
        n_all += 1


async def monitor():
    global n_done
    while True:  # main ends it
        await asyncio.sleep(p.every / 1000)
        log(f"{n_done} operations")
        n_done = 0


async def main():
    tasks = [asyncio.create_task(monitor(), name="monitor")]
    for i in range(p.workers):
        tasks.append(asyncio.create_task(work((i + 1) * p.work), name=f"worker {i + 1}"))
    await asyncio.sleep(p.run / 1000)
    for task in tasks:
        task.cancel()
    log(f"{n_all} operations in all")


if __name__ == "__main__":
    asyncio.run(main())
