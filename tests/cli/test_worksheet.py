"""`worksheet`: pages for a class, and one clear line for what cannot be printed."""

import html.parser
import os
import tempfile
import unittest

from cli import UNREADABLE, USAGE, Case, run

VOID = {"meta", "br", "rect", "path"}


class Balanced(html.parser.HTMLParser):
    """Every element that is opened is closed, in order."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong, self.seen = [], [], set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        if tag not in VOID and tag not in ("p", "li"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID or tag in ("p", "li"):
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


class Worksheet(Case):
    def test_chapter__every_lesson_of_it_and_no_other(self):
        for word in ("4", "4 Queues", "queues", "QUEUES"):
            with self.subTest(word=word):
                page = run("worksheet", word).out.decode()
                heads = [line.split(":")[0][2:] for line in page.splitlines() if line.startswith("# ") and ": " in line]
                self.assertEqual(heads[0], "queue")
                self.assertEqual(len(heads), 9)

    def test_html__is_well_formed_and_loads_nothing(self):
        for key in ([], ["--key"]):
            page = run("worksheet", "1", "-f", "html", *key).out.decode()
            parser = Balanced()
            parser.feed(page)
            self.assertEqual((parser.wrong, parser.open), ([], []))
            self.assertFalse(parser.seen & {"script", "link", "img", "iframe", "object"})
            self.assertNotIn("http", page)

    def test_ending_of_the_file__says_the_format(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.html")
            self.assertEqual(run("worksheet", "hello", "-o", path).status, 0)
            with open(path, encoding="utf-8") as page:
                self.assertTrue(page.read().startswith("<!doctype html>"))
            self.assertEqual(os.listdir(folder), ["a.html"])

    def test_twice__the_same_bytes(self):
        first = run("worksheet", "sharing", "--key")
        self.assertEqual(first.status, 0)
        self.assertEqual(first.out, run("worksheet", "sharing", "--key").out)

    def test_deadlock__is_a_lesson_like_others(self):
        done = run("worksheet", "deadlock", "--key")
        self.assertEqual(done.status, 0)
        self.assertIn(b"deadlock at 100 ms", done.out)

    def test_real_clock__says_that_there_is_no_timeline(self):
        self.assertIn(b"no timeline to fill in", run("worksheet", "files").out)

    def test_program_of_ones_own__has_a_timeline_and_no_questions(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.gts")
            with open(path, "w", encoding="utf-8") as out:
                out.write("title <b>*mine*</b>\ndef main {\n  sleep 10\n}\nrun main\n")
            page = run("worksheet", path).out.decode()
            self.assertIn("\\<b\\>\\*mine\\*\\</b\\>", page)
            self.assertIn("main     ___", page)
            self.assertNotIn("## Questions", page)
            self.assertIn("&lt;b&gt;*mine*&lt;/b&gt;", run("worksheet", path, "-f", "html").out.decode())
            with open(path, "w", encoding="utf-8") as out:
                out.write("nonsense\n")
            self.assert_error(run("worksheet", path), UNREADABLE)

    def test_hostile_path__does_not_reach_the_terminal(self):
        path = self.write("a\033[2Jb.gts", b"def main {\n  sleep 10\n}\nrun main\n")
        for words in (["worksheet", path], ["worksheet", path, "-f", "html"], ["explain", path]):
            result = run(*words)
            self.assertEqual(result.status, 0)
            self.assert_clean(result.out)

    def test_what_cannot_be__one_line(self):
        self.assert_error(run("worksheet"), USAGE, "LESSON|CHAPTER")
        self.assert_error(run("worksheet", "semaphor"), USAGE, "semaphore")
        self.assert_error(run("worksheet", "9"), USAGE, "'9'")
        self.assert_error(run("worksheet", ""), USAGE)
        self.assert_error(run("worksheet", "3", "--set", "a=1"), USAGE, "chapter")
        self.assert_error(run("worksheet", "race", "-f", "pdf"), USAGE, "'pdf'", "md", "html")
        self.assert_error(run("worksheet", "race", "--set", "tasks=-1"), USAGE, "tasks")
        self.assert_error(run("worksheet", "race", "-f", "html", "--set", "tasks=-1"), USAGE, "tasks")
        self.assert_error(run("worksheet", "7", "--clock", "virtual"), USAGE, "--clock")
        self.assert_error(run("worksheet", "race", "-o", "/nowhere/at/all.md"), 1, "/nowhere/at/all.md")
        self.assert_error(run("run", "race", "--key"), USAGE, "--key")


if __name__ == "__main__":
    unittest.main()
