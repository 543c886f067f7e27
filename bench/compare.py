#!/usr/bin/env python3
"""Runtimes against each other, on the same work in one run: ours, recording and not, CPython's asyncio, uvloop, Go, and the floor.

    compare.py FOLDER [--log FOLDER] [--passes N] [--only WORKLOAD,...] [--table FILE]

FOLDER has the programs; --log says where ours records to. Each pass runs every program once on every workload, pinned to one
processor where the system can do that, so that what disturbs one disturbs all. Of times the least is shown, since whatever else the
machine does can only add to it; of lateness and memory the median. Only the columns "on" may use a second processor, for the thread
that makes the pages of the recording ready. A peer that is not installed is left out with a line that says so. Before each run that records
so much memory is touched as a recording needs (bench/warm.py).
"""
import argparse
import collections
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

import warm

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Workload, metric, what it is called, digits, and the target against Go: not recording, recording.
ROWS = [
    ("yield-2", "ns", "yield, 2 tasks", 1, 0.21, 0.37),
    ("yield-1000", "ns", "yield, 1,000 tasks", 1, 0.25, 0.34),
    ("spawn-join", "ns", "spawn and join", 1, 0.11, 0.20),
    ("alive-4000", "ns", "spawn, 4,000 alive, warm", 1, 0.20, 0.29),
    ("alive-100000", "ns", "spawn, 100,000 alive, cold", 0, 1.1, 1.15),
    ("alive-100000", "resident_bytes", "resident bytes a task", 0, 1.55, None),
    ("queue-1", "ns", "queue of 1", 1, 0.35, 0.60),
    ("queue-100", "ns", "queue of 100", 1, 0.30, 1.0),
    ("semaphore", "ns", "semaphore, 10 permits, 1,000 tasks", 1, 0.33, 0.53),
    ("lock", "ns", "lock, 1,000 tasks", 1, 0.16, 0.31),
    ("timers", "cpu_ms", "100,000 sleeps, CPU ms", 0, 1.2, 1.25),
    ("lateness", "late_us", "1 ms timer, late by, us", 0, 1.1, None),
    ("lateness", "earliest_us", "the earliest of 1,000, us (never below 0)", 0, None, None),
]

LEAST = ("ns", "cpu_ms", "wall_ms")

# The pages of a recording are made ready by a thread of their own. Everybody else does all his work on one thread.
UNPINNED = ("on", "on real")

# Who writes a recording, and the longest of them: an item through a queue of one is 14 records of 32 bytes, of a million items.
RECORDING = ("on", "on 1 CPU", "on real")
LONGEST_BYTES = 512 << 20


def has_uvloop(python: str) -> bool:
    return subprocess.run([python, "-c", "import uvloop"], stderr=subprocess.DEVNULL, check=False).returncode == 0


def find_python() -> tuple[str, bool]:
    """The python3 that has uvloop, Debian's or the first in the path; else the first in the path."""
    for python in ("python3", "/usr/bin/python3"):
        if shutil.which(python) and has_uvloop(python):
            return python, True
    return "python3", False


def build_go(folder: str) -> "str | None":
    if not shutil.which("go"):
        return None
    program = os.path.join(folder, "peer_go")
    source = os.path.join(ROOT, "bench", "peers", "peer.go")
    built = subprocess.run(["go", "build", "-o", program, source], check=False)
    return program if built.returncode == 0 else None


def find_floor(folder: str) -> "str | None":
    """The program of bench/peers/floor.c, where it is built and can run: it answers an unknown workload with nothing."""
    program = os.path.join(folder, "peers", "floor")
    if not os.path.exists(program):
        return None
    asked = subprocess.run([program, "-"], stderr=subprocess.DEVNULL, check=False)
    return program if asked.returncode == 0 else None


def find_contestants(folder: str, log: str) -> "collections.OrderedDict[str, list[str]]":
    """Name to command; {} stands for the workload."""
    python, uvloop = find_python()
    go = build_go(log)
    peer = os.path.join(ROOT, "bench", "peers", "peer_asyncio.py")
    ours = os.path.join(folder, "bench_runtime")
    everybody = collections.OrderedDict()
    recording = os.path.join(log, "compare.gtt")
    bare = os.path.join(folder, "..", "..", "bare", "bench", "bench_runtime")
    if os.path.exists(bare):
        everybody["bare"] = [bare, "{}", "-"]
    everybody["off"] = [ours, "{}", "-"]
    everybody["on"] = [ours, "{}", recording]
    everybody["on 1 CPU"] = [ours, "{}", recording]
    everybody["on real"] = [ours, "{}", recording, "real"]
    floor = find_floor(folder)
    if floor:
        everybody["floor"] = [floor, "{}"]
        everybody["floor on"] = [floor, "{}", "on"]
    else:
        print("compare: no floor here (bench/peers/floor.c, x86-64): its columns are left out", flush=True)
    if go:
        everybody["Go"] = [go, "{}"]
    else:
        print("compare: no Go here (golang-go): its column is left out", flush=True)
    if uvloop:
        everybody["uvloop"] = [python, peer, "{}", "uvloop"]
    else:
        print("compare: no uvloop here (python3-uvloop): its column is left out", flush=True)
    everybody["asyncio"] = [python, peer, "{}"]
    return everybody


def pinned() -> list[str]:
    """The words in front of a command that keep it on one processor: the last that we may use."""
    if not shutil.which("taskset") or not hasattr(os, "sched_getaffinity"):
        return []
    return ["taskset", "-c", str(max(os.sched_getaffinity(0)))]


def results(text: str) -> "dict[str, float]":
    """Metric to value, of the `result` lines that a program has printed."""
    lines = [line.split("\t") for line in text.splitlines()]
    return {fields[2]: float(fields[3]) for fields in lines if fields[0] == "result"}


def run_one(name: str, command: list[str], workload: str) -> "dict[str, float]":
    words = [] if name in UNPINNED else pinned()
    words += [word.replace("{}", workload) for word in command]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        print(f"compare: {' '.join(words)} ended with {done.returncode}", file=sys.stderr)
    return results(done.stdout)


def measure(everybody: "dict[str, list[str]]", workloads: list[str], passes: int) -> dict:
    samples = collections.defaultdict(list)
    for n in range(passes):
        for workload in workloads:
            for name, command in everybody.items():
                if name in RECORDING:
                    warm.touch(LONGEST_BYTES)
                for metric, value in run_one(name, command, workload).items():
                    samples[workload, metric, name].append(value)
        print(f"pass {n + 1} of {passes}", file=sys.stderr, flush=True)
    return {key: (min if key[1] in LEAST else statistics.median)(values) for key, values in samples.items()}


def ratio(ours: "float | None", other: "float | None") -> str:
    if not ours or not other or other <= 0:
        return ""
    return f"{ours / other:.2f}" if ours / other >= 0.095 else f"{ours / other:.3f}"


def against_target(reached: str, target: "float | None") -> str:
    if not reached or target is None:
        return reached
    return f"{reached} ({'reached' if float(reached) <= target else 'missed'}: {target:g})"


def table(found: dict, names: list[str], workloads: list[str]) -> list[str]:
    floors = ["off / floor", "on / floor on"] if "floor" in names else []
    last = ["off / bare", *floors, "off / Go (target)", "on / Go (target)", "on / uvloop", "on / asyncio"]
    head = ["what"] + names + last
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    for workload, metric, what, digits, off_target, on_target in ROWS:
        if workload not in workloads:
            continue
        value = {name: found.get((workload, metric, name)) for name in names}
        cells = [what]
        cells += ["" if value[name] is None else f"{value[name]:,.{digits}f}" for name in names]
        if metric == "earliest_us":
            cells += [""] * len(last)
        else:
            go = value.get("Go")
            cells.append(ratio(value.get("off"), value.get("bare")))
            if floors:
                cells.append(ratio(value.get("off"), value.get("floor")))
                cells.append(ratio(value.get("on"), value.get("floor on")))
            cells.append(against_target(ratio(value.get("off"), go), off_target))
            cells.append(against_target(ratio(value.get("on"), go), on_target))
            cells += [ratio(value.get("on"), value.get(name)) for name in ("uvloop", "asyncio")]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder")
    parser.add_argument("--log")
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--only", default="")
    parser.add_argument("--contestants", default="")
    parser.add_argument("--table")
    args = parser.parse_args()
    workloads = args.only.split(",") if args.only else list(dict.fromkeys(row[0] for row in ROWS))
    with tempfile.TemporaryDirectory(dir=args.log) as log:
        everybody = find_contestants(args.folder, log)
        if args.contestants:
            chosen = args.contestants.split(",")
            everybody = {name: command for name, command in everybody.items() if name in chosen}
        found = measure(everybody, workloads, args.passes)
    lines = table(found, list(everybody), workloads)
    print("\n".join(lines))
    if args.table:
        with open(args.table, "w", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
