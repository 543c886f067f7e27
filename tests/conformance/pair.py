"""One program of the little language, run twice: by the oracle on CPython's asyncio, and by ganttop.

The oracle runs in this process, a fresh machine for each program. A program that deadlocks leaves coroutines behind; they are
kept, and the collector is off, so that nothing of one program happens while another one runs.
"""
from __future__ import annotations

import dataclasses
import gc
import io
import os
import pathlib
import shutil
import subprocess
import sys
import warnings

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GANTTOP = os.environ.get("GANTTOP", str(ROOT / "ganttop"))
IS_REFERENCE = sys.version_info[:2] == (3, 11) and sys.implementation.name == "cpython"
TIME_LIMIT_S = 60

# How a program can differ. Shrinking keeps to one of them, so that it does not end at another mistake than it began with.
SAME, LINES, REFUSED, CRASHED = "same", "lines", "refused", "crashed"

_kept = []


def become_reference(script):
    """Start again under CPython 3.11 if this is another one and 3.11 is there under its own name."""
    python = shutil.which("python3.11")
    if not IS_REFERENCE and python and not os.environ.get("CONFORMANCE_NO_EXEC"):
        os.environ["CONFORMANCE_NO_EXEC"] = "1"
        os.execv(python, [python, script] + sys.argv[1:])


def run_oracle(text):
    """Return what the oracle writes."""
    import asyncio_oracle

    gc.disable()
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda *_: None
    out = io.StringIO()
    machine = asyncio_oracle.Machine(text, out)
    _kept.append(machine)
    machine.run()
    return out.getvalue()


def run_ganttop(text):
    """Return what ganttop writes, and its exit status (None: it did not end)."""
    try:
        ran = subprocess.run([GANTTOP, "run", "-", "--log"], input=text.encode(), capture_output=True,
                             timeout=TIME_LIMIT_S)
    except subprocess.TimeoutExpired:
        return "", None, "no end within a minute"
    return ran.stdout.decode(errors="replace"), ran.returncode, ran.stderr.decode(errors="replace")


@dataclasses.dataclass
class Pair:
    """What both sides wrote about one program."""
    text: str
    want: str
    got: str
    status: int | None
    errors: str

    @property
    def kind(self):
        if self.status == 3:
            return REFUSED
        if self.status not in (0, 1) or self.errors:
            return CRASHED
        return SAME if self.want == self.got else LINES

    def side_by_side(self):
        """Return the two outputs in two columns, from shortly before the first difference on."""
        want, got = self.want.splitlines(), self.got.splitlines()
        rows = max(len(want), len(got))
        want += [""] * (rows - len(want))
        got += [""] * (rows - len(got))
        first = next((i for i in range(rows) if want[i] != got[i]), rows)
        width = max([len("CPython")] + [len(line) for line in want[max(0, first - 20):first + 20]])
        lines = [f"  {'CPython':{width}}    ganttop"]
        for i in range(max(0, first - 20), min(rows, first + 20)):
            lines.append(f"  {want[i]:{width}}  {'|' if want[i] != got[i] else ' '} {got[i]}")
        if self.errors:
            lines.append(f"  ganttop ended with {self.status} and said:")
            lines += ["    " + line for line in self.errors.splitlines()[-30:]]
        return "\n".join(lines)


def compare(text):
    return Pair(text, run_oracle(text), *run_ganttop(text))


def compare_with(text, want):
    """The same, with what the oracle wrote when it was asked."""
    return Pair(text, want, *run_ganttop(text))
