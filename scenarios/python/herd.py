"""An event wakes five tasks at once, and each computes for 20 ms: done after 20 40 60 80 100."""
import asyncio
import time

from lesson import log, params

p = params(tasks=5, work=20, at=100)
set_at = 0


async def handle(event):
    await event.wait()
    time.sleep(p.work / 1000)  # stands for a computation of that length
    log(f"is done, {round((asyncio.get_running_loop().time() - set_at) * 1000)} ms after the event")


async def main():
    global set_at
    event = asyncio.Event()
    tasks = [asyncio.create_task(handle(event), name=f"Task {i}") for i in range(p.tasks)]
    await asyncio.sleep(p.at / 1000)
    set_at = asyncio.get_running_loop().time()
    event.set()
    await asyncio.gather(*tasks)


if __name__ == "__main__":
    asyncio.run(main())
