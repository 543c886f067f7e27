#!/usr/bin/env python3
"""The workloads of bench/workload.c on CPython's asyncio, or on uvloop: peer_asyncio.py WORKLOAD [uvloop].

A tenth of the operations of the others, and ns an operation all the same. Prints `result NAME METRIC VALUE` lines.
"""
import asyncio
import os
import random
import resource
import sys
import time

now = time.perf_counter_ns


def result(metric: str, value: float) -> None:
    print(f"result\t{sys.argv[1]}\t{metric}\t{value:.3f}", flush=True)


def resident_bytes() -> int:
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def cpu_ms() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return (used.ru_utime + used.ru_stime) * 1e3


async def yields(n: int, n_tasks: int) -> int:
    async def yielder() -> None:
        for _ in range(n // n_tasks):
            await asyncio.sleep(0)

    start = now()
    for task in [asyncio.create_task(yielder()) for _ in range(n_tasks)]:
        await task
    return start


async def spawn_join(n: int) -> int:
    async def nothing() -> None:
        pass

    start = now()
    for _ in range(n):
        await asyncio.create_task(nothing())
    return start


async def crowd(n: int) -> int:
    """Let n tasks wait at a gate, all at once, open it, and see them off. Return the bytes in memory meanwhile."""
    gate = asyncio.Event()
    n_there = 0

    async def gated() -> None:
        nonlocal n_there
        n_there += 1
        await gate.wait()

    tasks = [asyncio.create_task(gated()) for _ in range(n)]
    while n_there < n:
        await asyncio.sleep(0)
    there = resident_bytes()
    gate.set()
    for task in tasks:
        await task
    return there


async def alive_warm(n: int, n_tasks: int) -> int:
    await crowd(n_tasks)
    start = now()
    for _ in range(n // n_tasks):
        await crowd(n_tasks)
    return start


async def alive_cold(n: int) -> int:
    before = resident_bytes()
    start = now()
    there = await crowd(n)
    result("resident_bytes", (there - before) / n)
    return start


async def queue(n: int, capacity: int) -> int:
    channel: asyncio.Queue[int] = asyncio.Queue(capacity)

    async def producer() -> None:
        for i in range(n):
            await channel.put(i)

    async def consumer() -> None:
        for _ in range(n):
            await channel.get()

    start = now()
    await asyncio.gather(producer(), consumer())
    return start


async def shared(n: int, n_tasks: int, thing: "asyncio.Semaphore | asyncio.Lock") -> int:
    async def user() -> None:
        for _ in range(n // n_tasks):
            async with thing:
                await asyncio.sleep(0)

    start = now()
    await asyncio.gather(*[user() for _ in range(n_tasks)])
    return start


async def timers(n: int) -> None:
    dice = random.Random(1)
    start, used = now(), cpu_ms()
    await asyncio.gather(*[asyncio.sleep(dice.randrange(100_000) / 1e6) for _ in range(n)])
    result("cpu_ms", cpu_ms() - used)
    result("wall_ms", (now() - start) / 1e6)


async def lateness() -> None:
    late = []
    for _ in range(1000):
        start = now()
        await asyncio.sleep(0.001)
        late.append((now() - start - 1e6) / 1e3)
    late.sort()
    result("late_us", late[len(late) // 2])
    result("late_p99_us", late[len(late) * 99 // 100])
    result("earliest_us", late[0])


async def main(name: str) -> int:
    if name == "timers":
        await timers(100_000)
        return 0
    if name == "lateness":
        await lateness()
        return 0
    n, body = {
        "yield-2": (200_000, lambda n: yields(n, 2)),
        "yield-1000": (200_000, lambda n: yields(n, 1000)),
        "spawn-join": (50_000, spawn_join),
        "alive-4000": (12_000, lambda n: alive_warm(n, 4000)),
        "alive-100000": (100_000, alive_cold),
        "queue-1": (100_000, lambda n: queue(n, 1)),
        "queue-100": (100_000, lambda n: queue(n, 100)),
        "semaphore": (50_000, lambda n: shared(n, 1000, asyncio.Semaphore(10))),
        "lock": (50_000, lambda n: shared(n, 1000, asyncio.Lock())),
    }[name]
    start = await body(n)
    result("ns", (now() - start) / n)
    return 0


if __name__ == "__main__":
    if sys.argv[2:] == ["uvloop"]:
        import uvloop

        uvloop.install()
    sys.exit(asyncio.run(main(sys.argv[1])))
