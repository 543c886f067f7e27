#!/usr/bin/env python3
"""Recordings in other formats, and other programs' traces: read back, refused with the place, never a crash."""

import unittest

import cli
from cli import Case, UNREADABLE, run

META = '{"t":0,"ev":"meta","format":"ganttop","version":1,"clock":"virtual"}\n'
TASK = '{"t":0,"ev":"task","task":1,"name":"main","parent":0}\n'


class Back(Case):
    """What was exported comes back."""

    def export(self, source, form, **options):
        result = run("export", source, "-f", form, **options)
        self.assertIn(result.status, (0, 1), result.err)
        return result.out

    def test_jsonl__of_every_lesson__gives_the_same_lines(self):
        for lesson in cli.some(cli.repeatable(cli.lessons())):
            with self.subTest(lesson=lesson):
                lines = self.export(lesson, "jsonl")
                path = self.write("x.jsonl", lines)
                self.assertEqual(lines, self.export(path, "jsonl"))


class Bad(Case):
    """One line that says where, and status 3."""

    JSONL = [
        (META + "{", "line 2"),
        (META + '{"t":0}\n', "expected 't' and 'ev'"),
        (META + TASK + TASK, "line 3"),
        (META + '{"t":0,"ev":"state","task":7,"state":"ready"}\n', "a task that is known, found 7"),
        (META + TASK + '{"t":0,"ev":"state","task":1,"state":"flying"}\n', "'flying'"),
        (META + TASK + '{"t":9,"ev":"log","task":1,"text":"a"}\n{"t":8,"ev":"log","task":1,"text":"b"}\n', "line 4"),
        (META + '{"t":NaN,"ev":"tick"}\n', "expected a value, found 'N'"),
        (META + '{"t":1e400,"ev":"tick"}\n', "nanoseconds"),
        (META + '{"t":0,"ev":"task","task":99999999999}\n', "'task'"),
        (META + '{"t":0,"ev":"tick","x":' + "[" * 100_000, "64 levels"),
        (META + '{"t":0,"ev":"log","text":"' + "x" * 9_000_000, "the quote that ends a string"),
        (META + '{"t":0,"ev":"log","text":"\\q"}', "an escape"),
        (META + '{"t":0,"ev":"tick","ready":' + "1" * 999 + "}", "a shorter number"),
    ]

    def test_jsonl__malformed__says_where(self):
        for text, sentence in self.JSONL:
            with self.subTest(text=text[:200]):
                result = run("stats", self.write("bad.jsonl", text.encode()))
                self.assert_error(result, UNREADABLE, sentence)


if __name__ == "__main__":
    unittest.main()
