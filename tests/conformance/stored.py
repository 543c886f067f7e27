#!/usr/bin/env python3
"""Programs whose outputs are kept, as CPython 3.11 wrote them: stored/ has random ones, found/ those that differed once.

usage: stored.py        writes all outputs anew (on CPython 3.11; review them as a diff)
"""
import sys

import pair

FOLDERS = ("found", "stored")


def programs():
    return [path for folder in FOLDERS for path in sorted((pair.HERE / folder).glob("*.gts"))]


def output_of(program):
    return program.with_suffix(".log")


def main():
    if not pair.IS_REFERENCE:
        sys.exit("stored.py: needs CPython 3.11, whose outputs these are")
    for program in programs():
        output_of(program).write_text(pair.run_oracle(program.read_text()))


if __name__ == "__main__":
    main()
