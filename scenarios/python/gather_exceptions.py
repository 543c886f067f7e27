"""One of three gathered tasks fails, and with return_exceptions its error is a result like the others."""
import asyncio

from lesson import log, params

p = params(fails=0, wait=100)


async def sound():
    await asyncio.sleep(p.wait / 1000)
    log("is done")
    return "a result"


async def broken():
    await asyncio.sleep(p.fails / 1000)
    log("fails")
    raise ValueError("B is broken")


async def main():
    tasks = [
        asyncio.create_task(sound(), name="A"),
        asyncio.create_task(broken(), name="B"),
        asyncio.create_task(sound(), name="C"),
    ]
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    for task, outcome in zip(tasks, outcomes):
        if isinstance(outcome, Exception):
            log(f"{task.get_name()}: {type(outcome).__name__}: {outcome}")
        else:
            log(f"{task.get_name()}: {outcome}")


if __name__ == "__main__":
    asyncio.run(main())
