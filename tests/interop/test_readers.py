#!/usr/bin/env python3
"""Exports, read by programs that are not ours: the short form, with what the system's packages offer.

`make interop` is the long form: every lesson, and the readers from npm too. A reader that is not installed is named.
"""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import hostile
import readers
import truth

LESSONS = ("semaphore", "blocking", "cancel", "deadlock", "executor", "callbacks")
FORMATS = tuple(name[5:] for name in dir(readers) if name.startswith("read_"))


def check(folder, target, form, reader):
    """Export `target` and return what the reader says against it."""
    path = os.path.join(folder, f"{os.path.basename(target)}.{form}")
    truth.ganttop("export", target, "-f", form, "-o", path)
    yardstick = truth.Truth(truth.ganttop("export", target, "-f", "jsonl"))
    yardstick.started = 0
    return reader(path, yardstick)


class Readers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="ganttop-interop-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def check_all(self, target):
        for form in FORMATS:
            with self.subTest(target=target, format=form):
                if not readers.is_here(form):
                    print(f"skipped: {form}: there is no {readers.NEEDS[form]} (make deps)", file=sys.stderr)
                    continue
                self.assertEqual([], check(self.folder, target, form, getattr(readers, f"read_{form}")))

    def test_lessons__every_format__is_read_and_says_the_same(self):
        for lesson in LESSONS:
            self.check_all(lesson)

    def test_names__that_want_to_be_something_else__stay_names(self):
        path = os.path.join(self.folder, "hostile.gtt")
        with open(path, "wb") as file:
            file.write(hostile.hostile())
        self.check_all(path)

    def test_two_exports__of_every_format__are_the_same_bytes(self):
        for form in FORMATS:
            with self.subTest(format=form):
                first, second = (self.bytes_of("lock", form, n) for n in (1, 2))
                self.assertEqual(first, second)
                self.assertGreater(len(first), 100)

    def bytes_of(self, lesson, form, number):
        path = os.path.join(self.folder, f"{number}-{form}")
        truth.ganttop("export", lesson, "-f", form, "-o", path)
        names = [os.path.join(path, name) for name in ("metadata", "stream")] if os.path.isdir(path) else [path]
        found = b""
        for name in names:
            with open(name, "rb") as file:
                found += file.read()
        return found


if __name__ == "__main__":
    unittest.main()
