#!/usr/bin/env python3
"""Programs whose outputs are kept, as CPython 3.11 wrote them: found/ has those that differed once, stored/ random ones, a few to be read and
hundreds in stored/seeds.json.xz, for machines that have another Python.

usage: stored.py        writes all outputs anew (on CPython 3.11; review them as a diff)
"""
import json
import lzma
import multiprocessing
import sys

import pair
import program_gen
import wild_gen

FOLDERS = ("found", "stored")
SEEDS = pair.HERE / "stored" / "seeds.json.xz"
N_SEEDS = 500
N_WILD_SEEDS = 120
FIRST_SEED = 20_000  # others than those that every test run tries


def programs():
    return [path for folder in FOLDERS for path in sorted((pair.HERE / folder).glob("*.gts"))]


def output_of(program):
    return program.with_suffix(".log")


def kept():
    """Yield the name, the text and the output of every program that is kept."""
    for program in programs():
        yield program.name, program.read_text(), output_of(program).read_text()
    for seed in json.loads(lzma.decompress(SEEDS.read_bytes())):
        yield f"seed {seed['seed']}", seed["program"], seed["output"]


def make(job):
    """The program is kept too: another Python may draw other numbers from the same seed."""
    generator, seed = job
    program = generator(str(seed), 1 + seed % 5).text()
    return {"seed": f"{seed} of {generator.__name__}", "program": program, "output": pair.run_oracle(program)}


def main():
    if not pair.IS_REFERENCE:
        sys.exit("stored.py: needs CPython 3.11, whose outputs these are")
    for program in programs():
        output_of(program).write_text(pair.run_oracle(program.read_text()))
    with multiprocessing.Pool(maxtasksperchild=50) as pool:
        seeds = pool.map(make, [(generator, FIRST_SEED + i)
                                for generator, n in ((program_gen.Gen, N_SEEDS), (wild_gen.Wild, N_WILD_SEEDS)) for i in range(n)])
    SEEDS.write_bytes(lzma.compress(json.dumps(seeds, sort_keys=True).encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
