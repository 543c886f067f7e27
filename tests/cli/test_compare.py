"""`compare` without a terminal: the page, the numbers, whose options are whose, and what cannot be compared."""

import unittest

from cli import UNREADABLE, USAGE, Case, run


class Compare(Case):
    def page(self, *args, status=0):
        result = run("compare", *args)
        self.assertEqual(status, result.status, result)
        self.assert_clean(result.out)
        return result.out.decode("utf-8")

    def test_pair__one_name__is_compared_with_its_partner(self):
        page = self.page("sequential")
        self.assertIn("A takes 1800 ms, B 1000 ms: B is 1.80 times as fast, 800 ms less", page)
        self.assertEqual(page, self.page("sequential", "concurrent"))
        self.assertNotEqual(page, self.page("concurrent"))

    def test_options__behind_an_operand__are_its_own(self):
        page = self.page("semaphore", "semaphore", "--set", "permits=3")
        self.assertIn("A takes 900 ms, B 600 ms", page)
        page = self.page("semaphore", "--set", "permits=1", "semaphore")
        self.assertIn("A takes 1500 ms, B 900 ms", page)
        page = self.page("--set", "permits=1", "semaphore", "semaphore", "--set", "hold=100")
        self.assertIn("A takes 1500 ms, B 500 ms", page)
        page = self.page("semaphore", "semaphore", "--policy", "lifo")
        self.assertIn("first difference at", page)

    def test_same_run__twice__differs_nowhere(self):
        for lesson in ("semaphore", "race", "to-thread", "timeout"):
            with self.subTest(lesson=lesson):
                self.assertIn("nothing differs", self.page(lesson, lesson))

    def test_recording__beside_its_lesson__differs_nowhere(self):
        path = self.record("semaphore")
        self.assertIn("nothing differs", self.page(path, "semaphore"))
        self.assertIn("first difference", self.page(path, "semaphore", "--set", "permits=3"))

    def test_deadlock__of_a_side__is_the_exit_status(self):
        self.page("deadlock", "semaphore", status=1)
        self.page("semaphore", "deadlock", status=1)

    def test_width__of_the_page__is_kept(self):
        for width in ("40", "80", "133"):
            page = self.page("--width", width, "sequential", "concurrent")
            picture = page.split("A takes")[0]
            self.assertLessEqual(max(len(line) for line in picture.splitlines()), int(width))

    def test_wrong_words__one_line(self):
        self.assert_error(run("compare"), USAGE, "compare")
        self.assert_error(run("compare", "hello"), USAGE, "hello", "partner")
        self.assert_error(run("compare", "hello", "sequential", "concurrent"), USAGE, "concurrent")
        self.assert_error(run("compare", "hello", "sequentail"), USAGE, "sequentail", "sequential")
        self.assert_error(run("compare", "hello", "hello", "--set", "nope=1"), USAGE, "nope")
        self.assert_error(run("compare", "hello", "hello", "--rows", "9"), USAGE, "--rows")
        path = self.write("bad.gtt", b"not a recording")
        self.assert_error(run("compare", "hello", path), UNREADABLE, "bad.gtt")
        self.assert_error(run("compare", self.path("none.gtt"), "hello"), UNREADABLE, "none.gtt")


if __name__ == "__main__":
    unittest.main()
