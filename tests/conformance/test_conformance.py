#!/usr/bin/env python3
"""Random programs, and all that ever differed, on CPython's asyncio and on ganttop: the same lines.

On CPython 3.11 every seed is run by the oracle; the kept outputs are compared with it, too. Elsewhere the kept outputs stand in for it.
"""
import multiprocessing
import os
import sys

import conformance
import pair
import program_gen
import stored
import wild_gen

SEEDS = {program_gen.Gen: 500, wild_gen.Wild: 250}


def fail(name, ran):
    print(f"FAIL {name}: {ran.kind}\n{ran.text}\n{ran.side_by_side()}")


def check_kept():
    """What is kept is compared with ganttop, and where it can be, with the oracle."""
    failed = n = 0
    for name, text, want in stored.kept():
        ran = pair.compare_with(text, want)
        n += 1
        if ran.kind != pair.SAME:
            fail(name, ran)
            failed += 1
        elif pair.IS_REFERENCE and pair.run_oracle(text) != want:
            print(f"FAIL {name}: what is kept is not what the oracle writes; run stored.py")
            failed += 1
    return n - failed, failed


def check_seeds():
    jobs = [(generator, str(seed), 1 + seed % 5) for generator, n in SEEDS.items() for seed in range(n)]
    failed = 0
    with multiprocessing.Pool(os.cpu_count() or 1) as pool:
        for job, ran in pool.imap(conformance.check, jobs, chunksize=conformance.CHUNK):
            if ran:
                fail(f"{job[0].__name__} seed {job[1]} size {job[2]}", ran)
                failed += 1
    return len(jobs) - failed, failed


def main():
    pair.become_reference(__file__)
    passed, failed = check_kept()
    if pair.IS_REFERENCE:
        more_passed, more_failed = check_seeds()
        passed, failed = passed + more_passed, failed + more_failed
    else:
        print(f"this is not CPython 3.11 but {sys.version.split()[0]}: only compared with its kept outputs")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
