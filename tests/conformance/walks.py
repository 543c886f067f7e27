#!/usr/bin/env python3
"""Random walks over the API, on CPython's asyncio and on ganttop: the same lines (walk.h).

usage: walks.py [--count N] [--seed S] [--bytes N] [HEX ...]

Seeds S, S+1, ... (S is 0, or `random`). A walk that differs is made small, and both outputs are printed side by side. With walks named in
hexadecimal digits, plays those instead.
"""
import argparse
import multiprocessing
import os
import pathlib
import random
import subprocess
import sys
import time

import pair
import walk

PLAYER = os.environ.get("API_WALK", str(pair.ROOT / "build" / os.environ.get("FLAVOUR", "release") / "tests/conformance/api_walk"))
CHUNK = 50
LONGEST = 500


def tape_of(seed, longest=LONGEST):
    r = random.Random(f"walk {seed}")
    return r.randbytes(r.randrange(10, longest))


def play(tapes, *recording):
    """Return the lines of each walk on ganttop; fewer walks than there were when it crashes."""
    ran = subprocess.run([PLAYER, *recording], input="".join(t.hex() + "\n" for t in tapes), capture_output=True, text=True, timeout=600)
    walks, lines = [], []
    for line in ran.stdout.splitlines():
        if line == ".":
            walks.append(lines)
            lines = []
        else:
            lines.append(line)
    if ran.returncode:
        walks.append(lines + [f"ended with {ran.returncode}"] + [e for e in ran.stderr.splitlines() if not e.startswith("ganttop: ")])
    return walks


def differs(tape):
    """Return both outputs of a walk when they differ."""
    want = walk.run(tape)
    if want is None:
        return None
    got = play([tape])
    return None if got == [want] else (want, got[0])


def check(tapes):
    """Return the first of these walks that differs, if any, and how many were compared."""
    wanted = [walk.run(tape) for tape in tapes]
    got = play(tapes)
    for i, want in enumerate(wanted):
        if i >= len(got) or want is not None and want != got[i]:
            return tapes[i], i
    return None, sum(w is not None for w in wanted)


def shrink(tape, limit_s=60):
    """Take bytes away, and make them 0, while the walk still differs."""
    until = time.monotonic() + limit_s
    step = len(tape) // 2 or 1
    while time.monotonic() < until:
        smaller = next((s for i in range(0, len(tape), step) for s in
                        (tape[:i] + tape[i + step:], tape[:i] + bytes(len(tape[i:i + step])) + tape[i + step:])
                        if s != tape and time.monotonic() < until and differs(s)), None)
        if smaller is not None:
            tape = smaller
        elif step == 1:
            break
        else:
            step //= 2
    return tape


def report(tape):
    print("a walk differs; making it small ...", flush=True)
    tape = shrink(tape) if differs(tape) else tape
    want, got = differs(tape) or (["(alone it does not)"], [])
    shown = pair.Pair("", "\n".join(want), "\n".join(got), 0, "")
    print(f"\n{shown.side_by_side()}\n\n{tape.hex()}", flush=True)


def main():
    pair.become_reference(__file__)
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--bytes", type=int, default=LONGEST)
    parser.add_argument("walks", nargs="*")
    arguments = parser.parse_args()
    if not pair.IS_REFERENCE:
        print(f"this is not CPython 3.11 but {sys.version.split()[0]}: nothing is compared")
        return 0
    if arguments.walks:
        for text in arguments.walks:
            found = differs(bytes.fromhex(text))
            print(pair.Pair("", *("\n".join(side) for side in found), 0, "").side_by_side() if found else "no difference")
        return 0
    first = random.randrange(10**9) if arguments.seed == "random" else int(arguments.seed)
    print(f"seeds {first} to {first + arguments.count - 1}", flush=True)
    seeds = range(first, first + arguments.count)
    chunks = [[tape_of(s, arguments.bytes) for s in seeds[i:i + CHUNK]] for i in range(0, len(seeds), CHUNK)]
    n = 0
    with multiprocessing.Pool(os.cpu_count() or 1, maxtasksperchild=20) as pool:
        for tape, n_same in pool.imap_unordered(check, chunks):
            n += n_same
            if tape is not None:
                pool.terminate()
                report(tape)
                return 1
    print(f"{n} walks, no difference ({arguments.count - n} more have circles of tasks)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
