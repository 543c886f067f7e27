"""Four tasks sleep for 50 ms, then compute for 20 each: the fourth goes on at 110."""
import asyncio
import time

from lesson import log, params

p = params(tasks=4, sleep=50, work=20)


async def wake_and_compute():
    loop = asyncio.get_running_loop()
    begin = loop.time()
    await asyncio.sleep(p.sleep / 1000)
    log(f"slept for {round((loop.time() - begin) * 1000)} ms")
    time.sleep(p.work / 1000)


async def main():
    tasks = [asyncio.create_task(wake_and_compute(), name=f"Task {i + 1}") for i in range(p.tasks)]
    await asyncio.gather(*tasks)


if __name__ == "__main__":
    asyncio.run(main())
