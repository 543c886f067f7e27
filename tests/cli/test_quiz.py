"""`run --quiz` without a terminal: questions as lines, answers as lines, a score, and the answers as CSV."""

import csv
import json
import os
import re
import unittest

import cli
from cli import USAGE, Case, run


QUESTION = re.compile(r"^(\d+) of (\d+), \S+: (.*)$", re.M)


def reveal(lesson):
    """The questions of a lesson in order: what is asked, its options, and what happened, from skipping all of them."""
    text = run("run", lesson, "--quiz", given=b"\n" * 100).out.decode("utf-8")
    rows = []
    for block in re.split(r"^(?=\d+ of \d+, )", text, flags=re.M)[1:]:
        rows.append((QUESTION.match(block).group(3), re.findall(r"^  \d  (.*)$", block, re.M),
                     re.search(r"^  happened   (.*)$", block, re.M).group(1)))
    return rows


def line_for(row, right=True):
    """What to type for a question, to be right or wrong."""
    _, options, happened = row
    if not options:
        cells = happened.strip("[]").replace(" ", "-")
        return cells if right else ("#" if cells[0] != "#" else "r") + cells[1:]
    if happened in options:
        at = options.index(happened)
        return str((at if right else (at + 1) % len(options)) + 1)
    order = [str(options.index(part) + 1) for part in happened.split(", then ")]
    return " ".join(order if right else order[::-1])


class Quiz(Case):
    def test_all_skipped__nothing_right__status_1(self):
        result = run("run", "semaphore", "--quiz", given=b"\n" * 20)
        self.assertEqual(1, result.status, result.err)
        self.assertIn(b"0 of 4 right", result.out)
        self.assertIn(b"predicted  nothing", result.out)

    def test_answers__right_and_wrong__are_told_with_the_reason(self):
        result = run("run", "semaphore", "--quiz", given=b"2\n")
        text = result.out.decode("utf-8")
        self.assertIn("wrong", text)
        self.assertIn("predicted  all five", text)
        self.assertIn("happened   none of them", text)
        self.assertIn("what one easily believes", text)
        self.assertIn("0 of 4 right", text)
        self.assertEqual(1, result.status)

    def test_all_right__status_0__one_wrong__status_1(self):
        for lesson in ("semaphore", "call-order", "gather"):
            rows = reveal(lesson)
            for wrong in [None, *range(len(rows))]:
                lines = [line_for(row, at != wrong) for at, row in enumerate(rows)]
                result = run("run", lesson, "--quiz", given=("\n".join(lines) + "\n").encode())
                score = len(rows) - (wrong is not None)
                self.assertIn(f"{score} of {len(rows)} right\n".encode(), result.out)
                self.assertEqual(0 if wrong is None else 1, result.status, result.out)

    def test_nonsense__is_asked_again_and_nothing_is_lost(self):
        result = run("run", "semaphore", "--quiz", given=b"x\n9\n0\n-1\n3 3\n3\n")
        self.assertEqual(5, result.out.count(b"that is no answer to this question"))
        self.assertIn(b"1 of 4 right", result.out)

    def test_chapter__asks_all_its_lessons(self):
        result = run("run", "3", "--quiz", given=b"")
        self.assertEqual(1, result.status)
        by_name = run("run", "sharing", "--quiz", given=b"")
        self.assertEqual(result.out, by_name.out)
        asked = run("run", "sharing", "--quiz", given=b"\n" * 300).out.decode("utf-8")
        listed = json.loads(run("list", "--json").out)
        for lesson in listed:
            if lesson["chapter"].startswith("3") and lesson.get("points"):
                self.assertIn(f", {lesson['name']}: ", asked)

    def test_parameters__the_answers_follow_them(self):
        result = run("run", "semaphore", "--quiz", "--set", "permits=5", given=b"\n" * 20)
        text = result.out.decode("utf-8")
        self.assertIn("5 at a time", text)
        self.assertRegex(text, r"happened   .*300 ms")

    def test_save__csv__a_row_a_question(self):
        path = self.path("answers.csv")
        result = run("run", "semaphore", "--quiz", "--save", path, given=("2\n" + line_for(reveal("semaphore")[1]) + "\n").encode())
        self.assertEqual(1, result.status)
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(4, len(rows))
        self.assertEqual(("semaphore", "all five", "0", "parallel"),
                         tuple(rows[0][key] for key in ("lesson", "predicted", "right", "belief")))
        self.assertEqual("1", rows[1]["right"])
        self.assertEqual("nothing", rows[3]["predicted"])
        self.assertFalse(os.path.exists(self.path("answers.csv.tmp")))

    def test_every_lesson__has_a_quiz_that_can_be_answered(self):
        for lesson in cli.some(cli.repeatable(cli.lessons())):
            with self.subTest(lesson=lesson):
                result = run("run", lesson, "--quiz", given=b"\n" * 50)
                self.assertIn(result.status, (1, USAGE), result.err)
                if result.status == 1:
                    self.assertRegex(result.out.decode("utf-8"), r"\n0 of \d+ right\n$")
                    self.assertNotIn(b"{", result.out)

    def test_in_real_time__what_holds_of_every_run_is_asked(self):
        given = run("run", "files", "--quiz", given=b"2\n3 1 4 2\n")
        self.assertEqual(0, given.status, given.out)
        self.assertIn(b"2 of 2 right", given.out)
        self.assertIn(b"fetch", run("run", "7", "--quiz", given=b"\n" * 100).out)

    def test_what_is_no_lesson__one_line(self):
        recording = self.record("hello")
        self.assert_error(run("run", recording, "--quiz"), USAGE, "recording", "quiz")
        self.assert_error(run("run", "nope", "--quiz"), USAGE, "nope")
        self.assert_error(run("run", "3", "--quiz", "--set", "permits=1"), USAGE, "--set", "chapter")
        self.assert_error(run("run", "hello", "--save", "x.csv"), USAGE, "--save")
        bad = run("run", "hello", "--quiz", "--save", self.path("no/such/folder.csv"), given=b"")
        self.assertEqual(b"", bad.out, "it is said before the first question")
        self.assert_error(run("run", "fetch", "--quiz", "--set", "work=1"), USAGE, "fetch", "real time")
        self.assertEqual(1, bad.status)
        self.assertIn(b"folder.csv", bad.err)


if __name__ == "__main__":
    unittest.main()
