"""A task of 1000 ms runs while main does something else for 200, then main awaits it: 1000 in all."""
import asyncio

from lesson import log, params

p = params(background=1000, own=200)


async def background_work():
    log("starts in the background")
    await asyncio.sleep(p.background / 1000)
    log("is done")


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(background_work(), name="background")
    log("does something else")
    await asyncio.sleep(p.own / 1000)
    log("waits for the task")
    asked = loop.time()
    await task
    log(f"had to wait for {round((loop.time() - asked) * 1000)} ms")


if __name__ == "__main__":
    asyncio.run(main())
