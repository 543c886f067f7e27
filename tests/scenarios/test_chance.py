#!/usr/bin/env python3
"""Every lesson against its twin with settings that nobody chose: two for each, from a seed; CHANCE=40 SEED=7 are forty others.

The values are within the ranges of `ganttop list --json`, and often those of another parameter, or a multiple of it, so that ties come
up. It needs CPython 3.11, and the time of a release build.
"""
import concurrent.futures
import json
import multiprocessing
import os
import random
import subprocess
import sys

import test_twins
from test_edges import FLAVOUR, failure

ROUND = [1, 2, 5, 10, 20, 25, 50, 75, 100, 150, 200, 300, 500, 1000]


def value(chance, param, others):
    """Return a value for a parameter. Durations may be large; of what is counted there are few, or the lists would be long."""
    low, high = param["min"], param["max"]
    top = high if high > 1000 else min(high, low + 30)
    kind = chance.random()
    if kind < 0.12:
        return low
    if kind < 0.28:
        return param["default"]
    if kind < 0.50 and others:
        return max(low, min(top, chance.choice(others) * chance.choice([1, 1, 2, 3])))
    if high > 1000:
        return max(low, min(high, chance.choice([*ROUND, chance.randrange(1, 2000)])))
    return chance.randint(low, min(high, low + chance.choice([1, 3, 8, 30])))


def settings(lesson, chance):
    values = []
    for param in lesson["params"]:
        values.append(value(chance, param, values))
    return " ".join(f"{param['name']}={it}" for param, it in zip(lesson["params"], values))


def main():
    if not test_twins.IS_REFERENCE or FLAVOUR != "release":
        print("0 passed, 0 failed (needs CPython 3.11 and a release build)")
        return 0
    rounds, seed = int(os.environ.get("CHANCE", "2")), os.environ.get("SEED", "1")
    listed = subprocess.run([test_twins.GANTTOP, "list", "--json"], capture_output=True, text=True, check=True)
    lessons = [lesson for lesson in json.loads(listed.stdout) if not lesson["real_clock"]]
    pairs = [
        (lesson["name"], settings(lesson, random.Random(f"{seed}:{i}:{lesson['name']}")))
        for i in range(rounds)
        for lesson in lessons
    ]
    fork = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=fork) as pool:
        failures = [text for text in pool.map(failure, pairs, chunksize=4) if text]
    print("\n".join(failures))
    print(f"{len(pairs) - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
