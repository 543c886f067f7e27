"""One of three tasks of a group fails: the others are cancelled at once, and the group raises a group."""
import asyncio

from lesson import log, params

p = params(fails=0, wait=100)


async def sound():
    try:
        await asyncio.sleep(p.wait / 1000)
    except asyncio.CancelledError:
        log("is cancelled")
        raise
    log("ends as if nothing had happened")


async def broken():
    await asyncio.sleep(p.fails / 1000)
    log("fails")
    raise ValueError("B is broken")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(sound(), name="A")
            group.create_task(broken(), name="B")
            group.create_task(sound(), name="C")
    except* ValueError as errors:
        log(f"the group raised {len(errors.exceptions)} error")
        for error in errors.exceptions:
            log(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    asyncio.run(main())
