"""Wrong words on the command line: one line that says what, exit status 2; and what is asked for well."""

import unittest

import cli
from cli import USAGE, Case, run


class Lesson(Case):
    def test_unknown_lesson__near_a_name__names_it(self):
        for command in (["run"], ["export", "-f", "jsonl"], ["explain"]):
            with self.subTest(command=command):
                self.assert_error(run(*command, "semaphor"), USAGE, "'semaphor'", "semaphore")
                self.assert_error(run(*command, "sequental"), USAGE, "'sequental'", "sequential")
                self.assert_error(run(*command, "to_thread"), USAGE, "'to_thread'", "to-thread")

    def test_unknown_lesson__near_nothing__still_one_line(self):
        self.assert_error(run("run", "qqqqqqqqqqqqqqqq"), USAGE, "'qqqqqqqqqqqqqqqq'")
        self.assert_error(run("run", ""), USAGE)

    def test_unknown_lesson__hostile_name__does_not_reach_the_terminal(self):
        self.assert_error(run("run", "\033]0;owned\007\033[2J"), USAGE)
        self.assert_error(run("run", b"\xff\xfe\x80bad"), USAGE)
        self.assert_error(run("run", "x" * 100000), USAGE)
        self.assert_error(run("run", "new\nline"), USAGE)
        self.assert_error(run("run", "\u202egnol"), USAGE)

    def test_missing_lesson__one_line(self):
        for command in ("run", "export", "view", "explain"):
            with self.subTest(command=command):
                self.assert_error(run(command), USAGE)


class Set(Case):
    def test_set__out_of_range__names_parameter_and_range(self):
        for value in ("0", "-1", "1000000000", "99999999999999999999999999"):
            with self.subTest(value=value):
                result = run("run", "semaphore", "--set", f"permits={value}")
                self.assert_error(result, USAGE, "permits", "1")
                self.assertRegex(result.err.decode(), r"1 (to|and|\.\.|-|–) ?\d+|1\.\.\d+|1-\d+")

    def test_set__not_a_number__names_parameter_and_range(self):
        for value in ("", "two", "2x", " 2", "0x2", "2.5", "1e1", "+", "--2"):
            with self.subTest(value=value):
                result = run("run", "semaphore", "--set", f"permits={value}")
                self.assert_error(result, USAGE, "permits", "whole number", "1 to 100")

    def test_set__unknown_parameter__names_it_and_what_there_is(self):
        result = run("run", "semaphore", "--set", "permit=2")
        self.assert_error(result, USAGE, "'permit'", "permits")

    def test_set__no_value__one_line(self):
        self.assert_error(run("run", "semaphore", "--set", "permits"), USAGE, "permits")
        self.assert_error(run("run", "semaphore", "--set", "="), USAGE)
        self.assert_error(run("run", "semaphore", "--set", ""), USAGE)
        self.assert_error(run("run", "semaphore", "--set"), USAGE, "--set")

    def test_set__bad_in_export__the_same_error(self):
        self.assert_error(run("export", "semaphore", "--set", "permits=0", "-f", "jsonl"), USAGE, "permits")


class Options(Case):
    def test_command__unknown__one_line(self):
        self.assert_error(run("rum", "semaphore"), USAGE, "'rum'", "run")
        self.assert_error(run("\033[31m"), USAGE)

    def test_option__unknown__is_named(self):
        for command in (["run", "semaphore"], ["export", "semaphore", "-f", "jsonl"], ["list"], ["view", "x.gtt"], []):
            with self.subTest(command=command):
                self.assert_error(run(*command, "--bogus"), USAGE, "--bogus")
                self.assert_error(run(*command, "-Z"), USAGE, "-Z")

    def test_option__without_its_value__is_named(self):
        for option in ("--clock", "--speed", "--policy", "--seed", "-o"):
            with self.subTest(option=option):
                self.assert_error(run("run", "semaphore", option), USAGE, option)

    def test_option__bad_value__is_named(self):
        rows = [
            ("--clock", ("", "sundial", "virtual2")),
            ("--speed", ("", "0", "-1", "fast", "nan", "inf", "1e99", "0x", "1 2")),
            ("--policy", ("", "whim", "random:", "random:x")),
            ("--seed", ("", "-1", "x", "1.5", "99999999999999999999999")),
            ("--color", ("", "purple")),
        ]
        for option, values in rows:
            for value in values:
                with self.subTest(option=option, value=value):
                    self.assert_error(run("run", "semaphore", f"{option}={value}"), USAGE, option)

    def test_arguments__one_too_many__is_named(self):
        self.assert_error(run("run", "semaphore", "queue"), USAGE, "queue")
        self.assert_error(run("view", "a.gtt", "b.gtt"), USAGE, "b.gtt")

    def test_format__unknown__lists_the_known_ones(self):
        for args in (("-f", "gif"), ("-f", ""), ("-f", "jsonlx"), ("-f", "\033[1m")):
            with self.subTest(args=args):
                self.assert_error(run("export", "semaphore", *args), USAGE, "jsonl", "text", "chrome", "svg")

    def test_format__none_given__one_line(self):
        self.assert_error(run("export", "semaphore"), USAGE, "-f")

    def test_export__output_cannot_be_written__one_line(self):
        result = run("export", "semaphore", "-f", "jsonl", "-o", self.path("none/there.jsonl"))
        self.assertIn(result.status, (1, 3))
        self.assert_error(result, result.status, "none/there.jsonl")

    def test_run__recording_cannot_be_made__one_line(self):
        result = run("run", "semaphore", "--plain", "-o", self.path("none/there.gtt"))
        self.assertIn(result.status, (1, 3))
        self.assertEqual(1, result.err.count(b"\n"), result.err)
        self.assertIn(b"none/there.gtt", result.err)


class Help(Case):
    def test_help__every_command__exits_0_on_standard_output(self):
        for command in ([], ["list"], ["run"], ["view"], ["export"], ["explain"]):
            with self.subTest(command=command):
                result = run(*command, "--help")
                self.assertEqual(0, result.status)
                self.assertEqual(b"", result.err)
                self.assertIn(b"ganttop", result.out)
                self.assert_clean(result.out)
                self.assertLessEqual(max(map(len, result.out.decode().splitlines())), 100)

    def test_version__is_one_line(self):
        for option in ("-V", "--version"):
            result = run(option)
            self.assertEqual(0, result.status)
            self.assertRegex(result.out.decode(), r"^ganttop \d+\.\d+\.\d+\n$")


class Plain(Case):
    def test_no_arguments__no_terminal__the_list(self):
        result = run()
        self.assertEqual(0, result.status)
        self.assertEqual(b"", result.err)
        for name in ("sequential", "semaphore", "blocking", "to-thread"):
            self.assertIn(name.encode(), result.out)

    def test_list__has_the_lessons_of_the_issue(self):
        names = cli.lessons()
        for name in "sequential concurrent semaphore queue cancel shield wait-for blocking to-thread".split():
            self.assertIn(name, names)
        plain = run("list")
        self.assertEqual(0, plain.status)
        for name in names:
            self.assertIn(name.encode(), plain.out)

    def test_run__no_terminal__plain_text_and_exit_0(self):
        for lesson in ("sequential", "concurrent"):
            with self.subTest(lesson=lesson):
                result = run("run", lesson)
                self.assertEqual((0, b""), (result.status, result.err))
                self.assertGreater(result.out.count(b"\n"), 5)
                self.assert_clean(result.out)
                self.assertIn(lesson.encode(), result.out)

    def test_explain__every_lesson__text_and_both_sources(self):
        for lesson in cli.some(cli.lessons()):
            with self.subTest(lesson=lesson):
                result = run("explain", lesson)
                self.assertEqual((0, b""), (result.status, result.err))
                self.assertIn(b"asyncio", result.out)
                self.assertIn(b"#include", result.out)

    def test_plain__locale_without_unicode__only_ascii(self):
        env = {"LC_ALL": "C", "PATH": "/usr/bin:/bin", "TERM": "dumb"}
        for args in (("run", "semaphore", "--plain"), ("export", "semaphore", "-f", "text", "--ascii")):
            with self.subTest(args=args):
                result = run(*args, env=env)
                self.assertEqual(0, result.status, result.err)
                self.assertTrue(all(byte < 0x80 for byte in result.out), result.out)

    def test_color__always_and_never__are_kept(self):
        self.assertNotIn(b"\033", run("run", "semaphore", "--plain").out)
        self.assertNotIn(b"\033", run("run", "semaphore", "--plain", "--color=never").out)
        self.assertIn(b"\033[", run("run", "semaphore", "--plain", "--color=always").out)


if __name__ == "__main__":
    unittest.main()
