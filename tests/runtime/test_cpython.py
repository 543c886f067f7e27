#!/usr/bin/env python3
"""The expected outputs of tests/runtime/order/ are what CPython prints, and not what somebody wrote.

Runs the oracle on every program again. Where no CPython 3.11 is at hand, that is said and nothing is compared: other
versions schedule differently. `test_cpython.py --write` writes the outputs anew; review them as a diff.
"""
import pathlib
import shutil
import subprocess
import sys
import unittest

FOLDER = pathlib.Path(__file__).resolve().parent / "order"
ORACLE = FOLDER.parents[1] / "conformance" / "asyncio_oracle.py"


def find_python():
    """A CPython 3.11, or None."""
    wanted = "import sys; sys.exit(sys.version_info[:2] != (3, 11) or sys.implementation.name != 'cpython')"
    for name in (sys.executable, "python3.11", "python3"):
        path = shutil.which(name) if name else None
        if path and subprocess.run([path, "-c", wanted], check=False).returncode == 0:
            return path
    return None


PYTHON = find_python()


def run(program):
    done = subprocess.run([PYTHON, str(ORACLE), str(program)], capture_output=True, text=True, check=False)
    if done.returncode or done.stderr:
        raise AssertionError(f"{program.name}: status {done.returncode}\n{done.stderr}")
    return done.stdout


@unittest.skipUnless(PYTHON, "needs CPython 3.11")
class Outputs(unittest.TestCase):
    maxDiff = None

    def test_outputs__run_again__are_the_same(self):
        programs = sorted(FOLDER.glob("*.gts"))
        self.assertGreater(len(programs), 50)
        for program in programs:
            with self.subTest(program.stem):
                self.assertEqual(program.with_suffix(".out").read_text(encoding="utf-8"), run(program))


def main():
    if sys.argv[1:] == ["--write"]:
        for program in sorted(FOLDER.glob("*.gts")):
            program.with_suffix(".out").write_text(run(program), encoding="utf-8")
    else:
        unittest.main()


if __name__ == "__main__":
    main()
