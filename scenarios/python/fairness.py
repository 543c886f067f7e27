"""Everybody has a step in turn, and one has long steps: each turn of the others costs 100 ms of standing ready."""
import asyncio
import time

from lesson import log, params

p = params(polite=3, steps=4, step=10, long=100, pieces=1)
waits = [0]


async def next_turn():
    loop = asyncio.get_running_loop()
    ready = loop.time()
    await asyncio.sleep(0)
    waits.append(round((loop.time() - ready) * 1000))


async def polite():
    for i in range(p.steps):
        time.sleep(p.step / 1000)  # stands for a computation of that length
        if i + 1 < p.steps:
            await next_turn()
    log(f"has made its {p.steps} steps")


async def greedy():
    for i in range(p.steps * p.pieces):
        piece = i % p.pieces  # of whole milliseconds, all together p.long
        time.sleep((p.long * (piece + 1) // p.pieces - p.long * piece // p.pieces) / 1000)
        if i + 1 < p.steps * p.pieces:
            await asyncio.sleep(0)
    log(f"has made its {p.steps} steps")


async def main():
    await asyncio.gather(
        asyncio.create_task(greedy(), name="greedy"),
        *(asyncio.create_task(polite(), name=f"polite {i + 1}") for i in range(p.polite)),
    )
    log(f"the longest that a polite one stood ready: {max(waits)} ms")


if __name__ == "__main__":
    asyncio.run(main())
