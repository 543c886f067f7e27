#!/usr/bin/env python3
"""Every lesson against its twin at the edges of its parameters: each one at its minimum, each one at its maximum, all at their minimum.

What is set here comes from `ganttop list --json`, so a parameter that is new, or a range that grows, is tried without being told. It
needs CPython 3.11, and the time of a release build.
"""
import concurrent.futures
import json
import multiprocessing
import os
import subprocess
import sys

import test_twins

FLAVOUR = os.environ.get("FLAVOUR", "release")


def edges(lesson):
    """Return the settings to try, as words "name=value name=value"."""
    params = lesson["params"]
    words = [" ".join(f"{param['name']}={param['min']}" for param in params)]
    words += [f"{param['name']}={param[edge]}" for edge in ("min", "max") for param in params]
    return list(dict.fromkeys(words))


def failure(pair):
    """Run one lesson and its twin; return what is wrong, or nothing."""
    name, words = pair
    try:
        ours = test_twins.lines_of_lesson(name, words.split())
        twin = test_twins.lines_of_twin(name, words.split())
    except (RuntimeError, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
        return f"FAIL {name} {words}\n{error}"
    if ours == twin:
        return ""
    first = next((i for i, (a, b) in enumerate(zip(ours, twin)) if a != b), min(len(ours), len(twin)))
    return f"FAIL {name} {words}\n" + test_twins.side_by_side(ours[first:][:20], twin[first:][:20])


def main():
    if not test_twins.IS_REFERENCE or FLAVOUR != "release":
        print("0 passed, 0 failed (needs CPython 3.11 and a release build)")
        return 0
    listed = subprocess.run([test_twins.GANTTOP, "list", "--json"], capture_output=True, text=True, check=True)
    lessons = [lesson for lesson in json.loads(listed.stdout) if not lesson["real_clock"]]
    pairs = [(lesson["name"], words) for lesson in lessons for words in edges(lesson)]
    fork = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=fork) as pool:
        failures = [text for text in pool.map(failure, pairs, chunksize=4) if text]
    print("\n".join(failures))
    print(f"{len(pairs) - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
