#!/usr/bin/env python3
"""Runs random programs on CPython's asyncio and on ganttop, and stops at the first one whose lines differ.

usage: conformance.py [--count N] [--seed S] [--size 1..5] [--temper plain|wild|both] [PROGRAM.gts ...]

Seeds S, S+1, ... (S is 0, or `random`), of sizes 1 to 5 in turn; plain programs are those of program_gen.py, wild ones those of
wild_gen.py, and `both` takes them in turn. A difference is made small before both outputs are printed side
by side, and the small program is left in build/. With programs named, runs those instead.
`make conformance N=2000 SEED=random` is the usual way. On another Python than CPython 3.11, and without a python3.11 beside
it, the stored outputs are compared instead.
"""
import argparse
import multiprocessing
import os
import pathlib
import random
import sys
import time

import pair
import program_gen
import shrink
import stored
import wild_gen

CHUNK = 20
TEMPERS = {"plain": [program_gen.Gen], "wild": [wild_gen.Wild], "both": [program_gen.Gen, wild_gen.Wild]}


def jobs(arguments):
    first = random.randrange(10**9) if arguments.seed == "random" else int(arguments.seed)
    print(f"seeds {first} to {first + arguments.count - 1}", flush=True)
    tempers = TEMPERS[arguments.temper]
    return [(tempers[i % len(tempers)], str(first + i), arguments.size or 1 + (first + i) % 5) for i in range(arguments.count)]


def check(job):
    """Return the job, (generator, seed, size), and the pair that it makes when that differs, else None."""
    generator, *seed = job
    ran = pair.compare(generator(*seed).text())
    return job, None if ran.kind == pair.SAME else ran


def differs_as(ran):
    """Return a test for programs that differ in the way of `ran`, and that the oracle understands."""
    def shows(text):
        try:
            other = pair.compare(text)
        except Exception:
            return False
        return other.kind == ran.kind and "error KeyError" not in other.want
    return shows


def report(name, ran):
    print(f"{name}: ganttop differs from CPython ({ran.kind}); making it small ...", flush=True)
    small = pair.compare(shrink.shrink(ran.text, differs_as(ran)))
    folder = pair.ROOT / "build"
    folder.mkdir(exist_ok=True)
    kept = folder / "difference.gts"
    kept.write_text(small.text)
    print(f"\n{small.text}\n{small.side_by_side()}\n\nkept as {kept}", flush=True)


def run_seeds(arguments):
    workers = os.cpu_count() or 1
    began = time.monotonic()
    n = 0
    # A worker gives way to a new one after a while, with everything that it kept.
    with multiprocessing.Pool(workers, maxtasksperchild=20) as pool:
        for job, ran in pool.imap(check, jobs(arguments), chunksize=CHUNK):
            n += 1
            if ran:
                pool.terminate()
                report(f"{job[0].__name__} seed {job[1]} size {job[2]}", ran)
                return 1
            if n % 1000 == 0:
                print(f"{n} programs, no difference, {time.monotonic() - began:.0f} s", flush=True)
    print(f"{n} programs, no difference")
    return 0


def run_files(paths):
    for path in paths:
        ran = pair.compare(pathlib.Path(path).read_text())
        if ran.kind != pair.SAME:
            report(path, ran)
            return 1
    print(f"{len(paths)} programs, no difference")
    return 0


def run_stored():
    print(f"this is not CPython 3.11 but {sys.version.split()[0]}: compared with the stored outputs of 3.11 instead")
    bad = n = 0
    for name, text, want in stored.kept():
        ran = pair.compare_with(text, want)
        n += 1
        if ran.kind != pair.SAME:
            bad += 1
            print(f"{name}: ganttop differs from CPython ({ran.kind})\n{ran.text}\n{ran.side_by_side()}")
    print(f"{n} programs, {bad or 'no'} difference{'s' if bad > 1 else ''}")
    return 1 if bad else 0


def main():
    pair.become_reference(__file__)
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--temper", choices=TEMPERS, default="both")
    parser.add_argument("--size", type=int, choices=range(1, 6))
    parser.add_argument("programs", nargs="*")
    arguments = parser.parse_args()
    if not pair.IS_REFERENCE:
        return run_stored()
    return run_files(arguments.programs) if arguments.programs else run_seeds(arguments)


if __name__ == "__main__":
    sys.exit(main())
