#!/usr/bin/env python3
"""Recordings in other formats, and other programs' traces: read back, refused with the place, never a crash."""

import csv
import io
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


    def test_chrome__of_every_lesson__gives_the_same_intervals(self):
        for lesson in cli.some(cli.repeatable(cli.lessons())):
            with self.subTest(lesson=lesson):
                path = self.write("x.json", self.export(lesson, "chrome"))
                self.assertEqual(self.export(lesson, "csv"), self.export(path, "csv"))

    def test_ctf__of_every_lesson__gives_the_same_intervals(self):
        for lesson in cli.some(cli.repeatable(cli.lessons())):
            with self.subTest(lesson=lesson):
                self.assertIn(run("export", lesson, "-o", self.path("x.ctf")).status, (0, 1))
                self.assertEqual(self.export(lesson, "csv"), self.export(self.path("x.ctf"), "csv"))

    def test_pipe__of_every_format__is_the_same_as_the_file(self):
        path = self.record()
        lines = self.export(path, "jsonl")
        with open(path, "rb") as file:
            self.assertEqual(lines, self.export("-", "jsonl", given=file.read()))
        self.assertEqual(lines, self.export("-", "jsonl", given=lines))
        self.assertEqual(self.export(path, "csv"), self.export("-", "csv", given=self.export(path, "chrome")))


PERF = """\
perf 2030 [000] 8134.251000: sched:sched_switch: prev_comm=perf prev_pid=2030 prev_prio=120 prev_state=R+ ==> next_comm=swapper/0 next_pid=0 next_prio=120
swapper 0 [001] 8134.251030: sched:sched_switch: prev_comm=swapper/1 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=perf next_pid=2030 next_prio=120
perf 2030 [001] 8134.251040: sched:sched_waking: comm=Web [1] pid=77 prio=120 target_cpu=000
swapper 0 [000] 8134.251041: sched:sched_wakeup: comm=Web [1] pid=77 prio=120 target_cpu=000
swapper 0 [000] 8134.251050: sched:sched_switch: prev_comm=swapper/0 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=Web [1] next_pid=77 next_prio=120
"""
TRACE_CMD = """\
cpus=2
          <idle>-0     [001] d..2.  1234.567000: sched_switch:         swapper/1:0 [120] R ==> bash:1234 [120]
            bash-1234  [001] d..3.  1234.567100: sched_wakeup:         kworker/0:1:55 [120] CPU:000
          <idle>-0     [000] d..2.  1234.567200: sched_switch:         swapper/0:0 [120] R ==> kworker/0:1:55 [120]
     kworker/0:1-55    [000] d..2.  1234.567300: sched_switch:         kworker/0:1:55 [120] I ==> swapper/0:0 [120]
            bash-1234  [001] d..2.  1234.567400: sched_switch:         bash:1234 [120] D ==> swapper/1:0 [120]
"""


def us(n):
    return n * 1000


class Foreign(Case):
    def rows(self, text):
        """The intervals: name of the lane -> list of (state, begin, end, what it waits for or who woke it)."""
        result = run("export", self.write("x.trace", text.encode()), "-f", "csv")
        self.assertEqual((0, b""), (result.status, result.err))
        rows = {}
        for row in csv.DictReader(io.StringIO(result.out.decode())):
            rows.setdefault(row["name"], []).append(
                (row["state"], int(row["begin_ns"]), int(row["end_ns"]), row["object"] or row["by"]))
        return rows


class Sched(Foreign):
    """What perf and trace-cmd print."""

    def test_perf__preempted_is_ready_and_the_waker_is_known(self):
        rows = self.rows(PERF)
        self.assertEqual([("ready", 0, us(30), ""), ("running", us(30), us(50), "")], rows["perf-2030"])
        self.assertEqual([("ready", us(40), us(50), "perf-2030"), ("running", us(50), us(50), "")], rows["Web [1]-77"])
        self.assertEqual([("busy", us(30), us(50), "perf-2030")], rows["1"])

    def test_trace_cmd__names_with_colons__are_whole(self):
        rows = self.rows(TRACE_CMD)
        self.assertEqual(
            [("ready", us(100), us(200), "bash-1234"), ("running", us(200), us(300), ""), ("waiting", us(300), us(400), "")],
            rows["kworker/0:1-55"])
        self.assertEqual([("busy", us(200), us(300), "kworker/0:1-55")], rows["0"])

    def test_sched__malformed__says_the_line(self):
        for text, sentence in (
            (PERF + "x 1 [000] 8134.26: sched:sched_switch: nonsense\n", "line 6"),
            (PERF + "x 1 [000] 8000.0: sched:sched_wakeup: comm=a pid=1 target_cpu=000\n", "times that grow"),
            (PERF + "x 1 [000] 8135.0: sched:sched_wakeup: comm=a pid=99999999999 target_cpu=000\n", "line 6"),
            (PERF + "x" * 400_000, "a line of more than"),
            ("sched_switch: \n", "at least one"),
        ):
            with self.subTest(sentence=sentence):
                self.assert_error(run("stats", self.write("bad.txt", text.encode())), UNREADABLE, sentence)


class Chrome(Foreign):
    """Somebody's Chrome Trace Event JSON."""

    def test_nested_slices__each_running_only_when_innermost(self):
        for outer, inner in (
            (f'{{"ph":"X","name":"a","pid":1,"tid":1,"ts":0,"dur":100}}', f'{{"ph":"X","name":"b","pid":1,"tid":1,"ts":20,"dur":30}}'),
        ):
            for events in (f"[{outer},{inner}]", f"[{inner},{outer}]", f'{{"traceEvents":[{inner},{outer}]}}', f"[{outer},{inner},\n"):
                with self.subTest(events=events):
                    rows = self.rows(events)
                    self.assertEqual([("running", 0, us(20), ""), ("waiting", us(20), us(50), "b"), ("running", us(50), us(100), "")],
                                     rows["a"][:3])
                    self.assertEqual(("running", us(20), us(50), ""), rows["b"][0])

    def test_begin_and_end__pairs_of_no_length__stay_pairs(self):
        rows = self.rows('[{"ph":"B","name":"a","pid":1,"tid":1,"ts":0},{"ph":"B","name":"b","pid":1,"tid":1,"ts":5},'
                         '{"ph":"E","pid":1,"tid":1,"ts":5},{"ph":"E","pid":1,"tid":1,"ts":9}]')
        self.assertEqual(("running", us(5), us(5), ""), rows["b"][0])
        self.assertEqual(("running", us(5), us(9), ""), rows["a"][2])

    def test_times__with_a_clock_from_1970__keep_their_nanoseconds(self):
        rows = self.rows('[{"ph":"X","name":"a","pid":1,"tid":1,"ts":1763800000000000.125,"dur":0.375}]')
        self.assertEqual(("running", 0, 375, ""), rows["a"][0])

    def test_flow__into_a_slice__wakes_it(self):
        rows = self.rows('[{"ph":"X","name":"a","pid":1,"tid":1,"ts":0,"dur":10},{"ph":"s","id":1,"name":"f","pid":1,"tid":1,"ts":5},'
                         '{"ph":"f","id":1,"name":"f","pid":1,"tid":2,"ts":7},{"ph":"X","name":"b","pid":1,"tid":2,"ts":7,"dur":1}]')
        self.assertEqual(("ready", us(7), us(7), "a"), rows["b"][0])

    def test_picture__of_a_trace__says_what_it_cannot_say(self):
        text = b'[{"ph":"X","name":"a\\u001b[2J","pid":1,"tid":"t","ts":0,"dur":1}]'
        result = run("view", self.write("x.json", text))
        self.assertEqual(0, result.status)
        self.assertIn(b"does not say who was ready", result.out)
        self.assertNotIn(b"\033", result.out)
        for args in ((), ("--json",)):
            self.assertIn(b"does not say who was ready", run("stats", self.path("x.json"), *args).out)


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

    CHROME = [
        ("[{]", "expected a key, found ']'"),
        ("[1]", "expected an event"),
        ("{}", "expected 'traceEvents'"),
        ('{"traceEvents":{}}', "expected a list"),
        ('{"traceEvents":[', "found the end"),
        ('[{"name":"a"}]', "expected 'ph'"),
        ('[{"ph":"X"}]', "expected 'ts'"),
        ('[{"ph":"X","ts":"soon"}]', "microseconds"),
        ('[{"ph":"X","ts":1e300}]', "microseconds"),
        ('[{"ph":"X","ts":-1e17}]', "microseconds"),
        ('[{"ph":"X","ts":Infinity}]', "found 'I'"),
        ('[{"ph":"X","ts":1,"dur":-1}]', "'dur' from 0 on"),
        ("[] []", "expected the end"),
        ('[\n\n{"ph":"B" "ts":1}]', "line 3, byte 13"),
        ('[{"args":' + "[" * 70, "64 levels"),
    ]

    def test_pipe__of_anything_else__is_refused(self):
        for text in (b"", b"hello\n", b"\x89GTT\r\n\x1a\n", b"\0" * 100):
            with self.subTest(text=text):
                self.assert_error(run("stats", "-", given=text), UNREADABLE, "expected")

    def test_pipe__of_a_recording_that_is_cut__is_called_what_it_is(self):
        """And not by the name of the temporary file that it went through."""
        with open(self.record(), "rb") as file:
            cut = file.read(5000)
        for command in (("stats",), ("view", "--plain"), ("check",)):
            with self.subTest(command=command):
                result = run(*command, "-", given=cut)
                self.assert_error(result, UNREADABLE, "cannot read 'standard input': truncated")

    def test_ctf__damaged__says_where(self):
        self.assertEqual(0, run("export", "semaphore", "-o", self.path("x.ctf")).status)
        stream = self.path("x.ctf/stream")
        with open(stream, "rb") as file:
            good = file.read()
        for bad, sentence in (
            (good[:100], "the end of its packet"),
            (good[:20], "0xc1fc1fc1"),
            (b"x" + good[1:], "0xc1fc1fc1"),
            (good[:24] + b"\xff" * 16 + good[40:], "the sizes of a packet"),
            (good[:48] + b"\xff\xff" + good[50:], "metadata describes"),
        ):
            with self.subTest(sentence=sentence):
                self.write("x.ctf/stream", bad)
                self.assert_error(run("stats", self.path("x.ctf")), UNREADABLE, sentence)
        self.write("x.ctf/metadata", b"/* CTF 1.8 */ somebody's")
        self.assert_error(run("stats", self.path("x.ctf")), UNREADABLE, "ganttop has written")

    def test_chrome__malformed__says_where(self):
        for text, sentence in self.CHROME:
            with self.subTest(text=text):
                self.assert_error(run("stats", self.write("bad.json", text.encode())), UNREADABLE, sentence)

    def test_jsonl__malformed__says_where(self):
        for text, sentence in self.JSONL:
            with self.subTest(text=text[:200]):
                result = run("stats", self.write("bad.jsonl", text.encode()))
                self.assert_error(result, UNREADABLE, sentence)


if __name__ == "__main__":
    unittest.main()
