#!/usr/bin/env python3
"""The pictures of the README: screens after keys, the same every time, and nobody else's business."""

import os
import re
import unittest

from cli import USAGE, Case, run


def words(svg):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", svg.decode()))


class Picture(Case):
    def test_keys__of_screens_that_are_no_export__are_pressed(self):
        for lesson, keys, said in (("semaphore", "b n n n Down Enter", "predicted Task 4 happened Task 2"),
                                   ("semaphore", "v Down Right", "makespan 600 ms, before 900 ms"),
                                   ("sequential", "c", "B is 1.80 times as fast"), ("semaphore", "", "five tasks, two permits")):
            with self.subTest(keys=keys):
                os.environ["XDG_STATE_HOME"] = self.path("state")
                first, second = (run("_picture", lesson, "--rows", "26", "--cols", "100", "--press", keys) for _ in range(2))
                self.assertEqual((0, b""), first[::2])
                self.assertIn(said, words(first.out))
                self.assertEqual(first.out, second.out)

    def test_key__that_there_is_not__is_one_line(self):
        self.assert_error(run("_picture", "semaphore", "--press", "b Bow"), USAGE, "unknown key", "Bow")
        self.assert_error(run("_picture", "semaphor"), USAGE, "semaphor")

    def test_help__does_not_speak_of_it(self):
        self.assertNotIn(b"_picture", run("--help").out)


if __name__ == "__main__":
    unittest.main()
