"""A task in a loop of sleep(0) beside polite ones: they do not starve, but the loop is never idle."""
import asyncio
import time

from lesson import log, params

p = params(turns=20, look=10, every=45)


async def spin():
    for _ in range(p.turns):
        time.sleep(p.look / 1000)  # is it there yet?
        await asyncio.sleep(0)
    log("gives up")


async def polite():
    loop = asyncio.get_running_loop()
    for i in range(1, 4):
        due = loop.time() + p.every / 1000
        await asyncio.sleep(p.every / 1000)
        log(f"step {i}, {round((loop.time() - due) * 1000)} ms late")


async def main():
    await asyncio.gather(
        asyncio.create_task(spin(), name="spinner"),
        asyncio.create_task(polite(), name="polite 1"),
        asyncio.create_task(polite(), name="polite 2"),
    )


if __name__ == "__main__":
    asyncio.run(main())
