"""What the tests of the command line share: run the program, and say what a good error is.

The program under test is $GANTTOP, else ./ganttop. Standard input is empty and no stream is a terminal.
"""

import collections
import json
import os
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.path.abspath(os.environ.get("GANTTOP") or "ganttop")
PATIENCE_S = 60  # bounds failure only
FLAVOUR = os.environ.get("FLAVOUR", "release")
IS_FAST = FLAVOUR == "release"

USAGE, UNREADABLE = 2, 3

Result = collections.namedtuple("Result", "status out err")


def start(*args, **options):
    """Start the program with pipes; the caller waits for it."""
    options.setdefault("stdin", subprocess.DEVNULL)
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    return subprocess.Popen([PROGRAM, *args], **options)


def finish(process, given=None):
    """Wait for the end; output as bytes."""
    try:
        out, err = process.communicate(given, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Result(process.returncode, out, err)


def run(*args, given=None, **options):
    if given is not None:
        options["stdin"] = subprocess.PIPE
    return finish(start(*args, **options), given)


def lessons():
    """The names of all lessons, as the program lists them."""
    return [lesson["name"] for lesson in json.loads(run("list", "--json").out)]


def repeatable(names):
    """Those whose recordings repeat: they do not run on real sockets and files."""
    return [name for name in names if name not in ("fetch", "files")]


def some(rows):
    """All rows; every fifth where a sanitizer makes each start cost ten times as much."""
    return rows if IS_FAST else rows[::5]


def events(*args):
    """The JSONL export, line by line."""
    result = run("export", *args, "-f", "jsonl")
    if result.status not in (0, 1):
        raise AssertionError(f"export {args}: status {result.status}: {result.err!r}")
    return [json.loads(line) for line in result.out.decode("utf-8").splitlines()]


class Case(unittest.TestCase):
    """A test with a folder of its own, removed at the end."""

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="ganttop-cli-")
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, data):
        with open(self.path(name), "wb") as file:
            file.write(data)
        return self.path(name)

    def record(self, lesson="semaphore", name="good.gtt", *args):
        """Record a lesson under the virtual clock."""
        result = run("run", lesson, "--clock", "virtual", "--plain", "-o", self.path(name), *args)
        self.assertIn(result.status, (0, 1), result.err)  # 1: a lesson on deadlock
        self.assertEqual(b"", result.err)
        return self.path(name)

    def assert_clean(self, data):
        """No control character, invalid UTF-8 or override of direction would reach a terminal."""
        for c in data.decode("utf-8"):
            bad = (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c in "\u202a\u202b\u202c\u202d\u202e"
            self.assertFalse(bad, f"control character {c!r} in {data[:300]!r}")

    def assert_error(self, result, status, *words):
        """One clean line on standard error, nothing on standard output, each of `words` in it."""
        self.assertEqual(status, result.status, result)
        self.assertEqual(b"", result.out)
        self.assertEqual(1, result.err.count(b"\n"), f"not one line: {result.err!r}")
        self.assertTrue(result.err.endswith(b"\n"))
        self.assertLess(len(result.err), 1000)
        self.assert_clean(result.err)
        text = result.err.decode("utf-8")
        for word in words:
            self.assertIn(word, text)
