#!/usr/bin/env python3
"""Every lesson in C against its twin in Python: the same lines, in the same order, at the same times.

usage: test_twins.py [LESSON ...]      all of them when none is named

The C lesson runs as `ganttop export LESSON -f jsonl`, where its clock is virtual; the program is $GANTTOP, or
./ganttop. The twin runs on CPython's asyncio through virtual_time.py. Each pair runs with its defaults and with
the settings of the table below, which change what happens and not just when. Where the two disagree, the twin
is right.
"""
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GANTTOP = os.environ.get("GANTTOP", str(ROOT / "ganttop"))
TIME_LIMIT_S = 60

# Beside the defaults: what to set, chosen so that ties, empty lists and reversed orders come up.
SETTINGS = {
    "hello": ["pause=0", "pause=1"],
    "chain": ["fetch=0", "process=0"],
    "calculator": ["wait=0", "wait=7"],
    "callbacks": ["later=0", "later=200", "later=300", "sleep=0"],
    "call-order": ["yields=0", "yields=1", "yields=5"],
    "starts-late": ["work=0", "work=50 wait=0", "tasks=20 wait=3"],
    "no-yield": ["awaits=0", "work=0"],
    "sequential": ["a=10 b=0 c=20", "a=0 b=0 c=0"],
    "concurrent": ["a=100 b=100 c=100", "a=0 b=1 c=0"],
    "create-task": ["a=10 b=20", "a=10 b=10", "a=0 b=0"],
    "background": ["own=1500", "own=1000", "background=0 own=0"],
    "create-then-await": ["tasks=0", "tasks=3 wait=0"],
    "gather": ["a=100 b=100 c=100", "a=0 b=0 c=1"],
    "gather-error": ["fails=50", "fails=100", "fails=150", "wait=0"],
    "comprehension": ["calls=0", "wait=0"],
    "semaphore": ["tasks=9 permits=3 hold=500", "tasks=4 permits=1 hold=0", "tasks=3 permits=5"],
    "queue": ["capacity=1", "capacity=0 items=7", "items=0", "consume=0 items=9"],
    "producers-consumers": ["consumers=1", "consumers=10 work=0", "every=0 items=5", "work=100 items=9"],
    "worker-pool": ["workers=1 jobs=3", "workers=20", "jobs=0", "work=0 jobs=7"],
    "pipeline": ["decode=60", "capacity=100", "capacity=1 save=300", "download=0 decode=0 save=0", "items=0"],
    "bounded": ["capacity=1", "produce=100", "produce=0", "consume=0", "items=0"],
    "unbounded": ["produce=100", "produce=0", "consume=0", "produce=200"],
    "join-hang": ["skip=0", "skip=3", "work=0", "items=0"],
    "wait-for": ["work=100 limit=500", "work=500 limit=500", "work=500 limit=499"],
    "cancel": ["cleanup=0", "work=100 at=500", "work=500 at=500", "at=0"],
    "cancel-before-start": ["turns=1", "turns=2"],
    "swallow": ["rest=0", "work=20", "work=50", "limit=300"],
    "slow-cleanup": ["cleanup=0", "work=50", "work=100"],
    "shield": ["work=100 at=500", "work=100 at=100", "at=0"],
    "shutdown": ["at=0", "at=200", "at=1000", "at=5000", "steps=0"],
    "fire-and-forget": ["main=0", "main=500", "main=600"],
    "late-timeout": ["block=0", "answer=50", "answer=100", "at=100 block=50", "at=500"],
    "lost-error": ["fails=300", "fails=0", "main=0"],
    "blocking": ["at=200 block=300", "tickers=1 every=0 ticks=5", "at=0 block=1", "ticks=0"],
    "to-thread": ["at=200 block=300", "tickers=1 every=0 ticks=5 at=0", "block=1", "ticks=0"],
    "executor": ["a=600", "a=0 b=0", "a=0 b=5"],
    "cpu-bound": ["tasks=1", "work=0"],
    "spinner": ["every=50", "every=0", "look=0", "turns=0"],
    "sleep-is-a-lower-bound": ["sleep=0", "work=0", "tasks=1"],
}


def lessons():
    """Return the names of all lessons, in the order of the course."""
    text = (ROOT / "scenarios" / "lessons.def").read_text(encoding="utf-8")
    words = [line.split("(")[1].split(")")[0] for line in text.splitlines() if line.startswith("SCN_LESSON(")]
    return [word.replace("_", "-") for word in words]


def twin_path(lesson):
    """Return the twin's path; a name that Python's library has too carries an underscore."""
    name = lesson.replace("-", "_")
    folder = ROOT / "scenarios" / "python"
    path = folder / f"{name}.py"
    return path if path.exists() else folder / f"{name}_.py"


def check_names():
    """Return the twins that Python would find in place of a module of its own."""
    twins = (ROOT / "scenarios" / "python").glob("*.py")
    return sorted(path.name for path in twins if path.stem in sys.stdlib_module_names)


def milliseconds(ns):
    return f"{ns / 1_000_000:.6f}".rstrip("0").rstrip(".")


def run(command):
    return subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT_S, check=False)


def lines_of_twin(lesson, settings):
    done = run([sys.executable, str(HERE / "virtual_time.py"), str(twin_path(lesson)), *settings])
    if done.returncode != 0:
        raise RuntimeError(f"the twin ended with status {done.returncode}: {done.stderr.strip()}")
    return done.stdout.splitlines()


def lines_of_lesson(lesson, settings):
    sets = [word for setting in settings for word in ("--set", setting)]
    done = run([GANTTOP, "export", lesson, "-f", "jsonl", *sets])
    if done.returncode not in (0, 1):
        raise RuntimeError(f"ganttop export ended with status {done.returncode}: {done.stderr.strip()}")
    return list(rendered(json.loads(line) for line in done.stdout.splitlines()))


def rendered(records):
    """Yield a line for each `log` record, as virtual_time.py prints it, and one for the end."""
    names = {0: "loop"}
    for record in records:
        if record["ev"] == "task":
            names[record["task"]] = record["name"]
        elif record["ev"] == "log":
            yield f"{milliseconds(record['t'])} {names[record['task']]} {record['text']}"
        elif record["ev"] == "end":
            yield f"{milliseconds(record['t'])} loop {record['status']}"


def side_by_side(left, right):
    """Return the two lists beside each other, a mark on the lines that differ."""
    width = max([len(line) for line in left] + [20])
    rows = [f"  {'the lesson in C':<{width}}   its twin"]
    for i in range(max(len(left), len(right))):
        a = left[i] if i < len(left) else ""
        b = right[i] if i < len(right) else ""
        rows.append(f"{' ' if a == b else '>'} {a:<{width}} | {b}")
    return "\n".join(rows)


def compare(lesson, settings):
    """Return what is wrong with a lesson, or an empty text."""
    try:
        ours, twin = lines_of_lesson(lesson, settings), lines_of_twin(lesson, settings)
    except (RuntimeError, OSError, ValueError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if ours == twin else side_by_side(ours, twin)


def main():
    if sys.version_info[:2] != (3, 11) or sys.implementation.name != "cpython":
        print("skipped: needs CPython 3.11, whose asyncio is the reference")
        print("0 passed, 0 failed")
        return 0
    passed = failed = 0
    for name in check_names():
        print(f"FAIL scenarios/python/{name} hides a module of Python's library from every twin")
        failed += 1
    for lesson in sys.argv[1:] or lessons():
        if lesson not in SETTINGS:
            print(f"FAIL {lesson}: no settings in the table of {pathlib.Path(__file__).name}")
            failed += 1
        for words in ["", *SETTINGS.get(lesson, [])]:
            wrong = compare(lesson, words.split())
            print(f"{'FAIL' if wrong else 'ok  '} {lesson} {words}")
            if wrong:
                print(wrong)
            passed, failed = passed + (not wrong), failed + bool(wrong)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
