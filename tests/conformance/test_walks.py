#!/usr/bin/env python3
"""Random walks over the API, and all that ever differed (found/*.walk), on CPython's asyncio and on ganttop: the same lines."""
import os
import sys
import tempfile
import unittest

import pair
import walk
import walks

N_SEEDS = 400 if os.environ.get("FLAVOUR", "release") == "release" else 120


def found():
    """Return the walks that are kept, by name."""
    return {path.name: bytes.fromhex(path.read_text().split("#")[0]) for path in sorted((pair.HERE / "found").glob("*.walk"))}


@unittest.skipUnless(pair.IS_REFERENCE, "needs CPython 3.11")
class Walks(unittest.TestCase):
    maxDiff = None

    def test_found__played_again__same_lines(self):
        self.assertGreater(len(found()), 3)
        for name, tape in found().items():
            with self.subTest(name):
                self.assertEqual(walk.run(tape), walks.play([tape])[0])

    def test_random__played_on_both__same_lines(self):
        tapes = [walks.tape_of(seed) for seed in range(N_SEEDS)]
        tape, n = walks.check(tapes)
        if tape is not None:
            want, got = walks.differs(tape) or ([], [])
            self.fail(f"{tape.hex()}\n{pair.Pair('', chr(10).join(want), chr(10).join(got), 0, '').side_by_side()}")
        self.assertGreater(n, N_SEEDS // 2)  # the others have circles of tasks

    def test_recorded__the_same_lines(self):
        tapes = [walks.tape_of(f"recorded {seed}") for seed in range(50)]
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(walks.play(tapes), walks.play(tapes, os.path.join(folder, "walk.gtt")))


if __name__ == "__main__":
    pair.become_reference(__file__)
    sys.exit(unittest.main())
