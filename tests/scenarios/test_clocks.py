#!/usr/bin/env python3
"""Every lesson under every clock that it allows: each recording keeps the rules of the log (tests/cli/truth.py).

Under the virtual clock with the settings of the twins' table too; under the paced one the recording is that of the virtual one, line for
line; under the real one times and orders are the machine's own, so that what is left to ask is how it ends.
"""
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "cli")]
import truth  # noqa: E402
from test_twins import GANTTOP, REAL, SETTINGS  # noqa: E402

IS_FAST = os.environ.get("FLAVOUR", "release") == "release"
TIME_LIMIT_S = 120


def events(lesson, words, *options):
    """Return the recording's lines, or a text on why there is none."""
    sets = [word for setting in words.split() for word in ("--set", setting)]
    done = subprocess.run([GANTTOP, "export", lesson, "-f", "jsonl", *sets, *options], capture_output=True, text=True,
                          timeout=TIME_LIMIT_S, check=False)
    if done.returncode not in (0, 1):
        return f"status {done.returncode}: {done.stderr.strip()}"
    return [json.loads(line) for line in done.stdout.splitlines()]


def truth_of(lines):
    return lines if isinstance(lines, str) else "\n".join(truth.Checker().check(lines)[:5])


def virtual(lesson, words):
    return truth_of(events(lesson, words))


def paced(lesson, words):
    lines, exact = events(lesson, words, "--clock", "paced", "--speed", "100"), events(lesson, words)
    wrong = truth_of(lines)
    if wrong or lines[0]["clock"] != "paced":
        return wrong or f"the clock is {lines[0]['clock']}"
    for ours, other in zip(lines[1:], exact[1:]):
        if ours != other:
            return f"{ours}\n{other}, under the virtual clock"
    return "" if len(lines) == len(exact) else f"{len(lines)} lines, {len(exact)} under the virtual clock"


def real(lesson, words):
    lines = events(lesson, words, "--clock", "real")
    wrong = truth_of(lines)
    if wrong or lines[0]["clock"] != "real":
        return wrong or f"the clock is {lines[0]['clock']}"
    if lesson in REAL:
        return "" if lines[-1]["status"] == "finished" else f"it ended: {lines[-1]['status']}"
    exact = events(lesson, words)
    return "" if lines[-1]["status"] == exact[-1]["status"] else f"it ended: {lines[-1]['status']}, not {exact[-1]['status']}"


def failure(job):
    clock, lesson, words = job
    wrong = clock(lesson, words)
    return f"FAIL {lesson} {words} under the {clock.__name__} clock: {wrong}" if wrong else ""


def main():
    done = subprocess.run([GANTTOP, "list", "--json"], capture_output=True, text=True, check=True)
    names = [lesson["name"] for lesson in json.loads(done.stdout)]
    paced_names = [name for name in names if name not in REAL]
    # those that wait the longest go first, many at a time: they only wait
    jobs = [(real, name, "") for name in names] + [(paced, name, "") for name in paced_names]
    jobs += [(virtual, name, words) for name in paced_names for words in ["", *SETTINGS[name]]]
    if not IS_FAST:
        jobs = jobs[::5]
    with concurrent.futures.ThreadPoolExecutor(max_workers=8) as pool:
        failures = [text for text in pool.map(failure, jobs) if text]
    print("\n".join(failures))
    print(f"{len(jobs) - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
