#!/usr/bin/env python3
"""The export command: which format is meant, what a part is, and that a file appears whole or not at all."""

import csv
import io
import json
import os
import resource
import signal
import stat
import unittest

from cli import PROGRAM, USAGE, Case, run, some

MS = 10**6
EXTENSIONS = {
    "x.jsonl": b'{"t":0', "x.csv": b"kind,", "x.json": b'{"displayTimeUnit"', "x.pftrace": b"\x0a",
    "x.speedscope.json": b'{"$schema"', "x.sqlite": b"SQLite format 3", "x.db": b"SQLite format 3",
    "x.otlp.json": b'{"resourceSpans"', "x.mmd": b"gantt", "x.html": b"<!DOCTYPE html>", "x.htm": b"<!DOCTYPE html>",
    "x.txt": b" semaphore", "x.ansi": b" \033[", "x.svg": b"<svg", "x.cast": b'{"version":2', "X.SVG": b"<svg",
}
FORMATS = ("jsonl", "csv", "chrome", "perfetto", "speedscope", "ctf", "sqlite", "otlp", "mermaid", "html", "text", "ansi",
           "svg", "asciicast")


def rows(*args):
    result = run("export", "semaphore", "-f", "csv", *args)
    return list(csv.DictReader(io.StringIO(result.out.decode())))


class Choice(Case):
    def test_picture__of_a_part__has_the_log_of_the_part(self):
        page = run("export", "semaphore", "-f", "text", "--from", "300ms", "--to", "500ms").out.decode()
        self.assertIn("300.0  Task 2  Acquired semaphore", page)
        self.assertNotIn("0.0  Task 0  Acquired semaphore", page)
        self.assertIn("0.0  Task 0  Acquired semaphore", run("export", "semaphore", "-f", "text", "--to", "500ms").out.decode())

    def test_asciicast__light__is_painted_for_a_light_page_and_says_so(self):
        dark, light = (run("export", "semaphore", "-f", "asciicast", "--theme", theme).out.splitlines() for theme in ("dark", "light"))
        self.assertNotIn("theme", json.loads(dark[0]))
        theme = json.loads(light[0])["theme"]
        self.assertEqual("#ffffff", theme["bg"])
        self.assertIn(len(theme["palette"].split(":")), (8, 16))
        self.assertNotEqual(dark[1:], light[1:])

    def test_asciicast__every_frame__is_of_a_replay_and_the_last_one_has_the_deadlock(self):
        lines = run("export", "deadlock", "-f", "asciicast").out.splitlines()
        film = [json.loads(line) for line in lines]
        frames = [event[2] for event in film[1:] if event[1] == "o"]
        self.assertIn("replay", frames[0])
        self.assertNotIn("past", "".join(frames))
        self.assertIn("wait for ever", frames[-1])

    def test_items_of_queues__in_the_state_and_in_jsonl__are_the_numbers_that_were_put(self):
        state = ("-f", "text", "--rows", "24", "--cols", "100", "--panes", "state", "--at", "150ms")
        self.assertIn("3 of 3: next out 2, then 3, 4; in line producer", run("export", "queue", *state).out.decode())
        self.assertIn("2: next out 6, then 7; in line main", run("export", "priority-queue", *state).out.decode())
        levels = [json.loads(line) for line in run("export", "queue", "-f", "jsonl").out.splitlines() if b'"ev":"level"' in line]
        items = [(level["op"], level["item"]) for level in levels if "op" in level]
        taken = [item for op, item in items if op == "take"]
        self.assertEqual([0, 1, 2, 3, 4, -1], taken)
        self.assertEqual(taken, [item for op, item in items if op == "put"])

    def test_at__behind_the_end__is_the_end(self):
        end = run("export", "semaphore", "-f", "text").out
        self.assertEqual(end, run("export", "semaphore", "-f", "text", "--at", "900ms").out)
        self.assertEqual(end, run("export", "semaphore", "-f", "text", "--at", "5s").out)

    def test_extension__without_f__chooses_the_format(self):
        for name, begin in some(list(EXTENSIONS.items())):
            with self.subTest(name=name):
                path = self.path(name)
                self.assertEqual((0, b""), run("export", "semaphore", "-o", path)[::2])
                with open(path, "rb") as file:
                    self.assertEqual(begin, file.read(len(begin)))

    def test_extension__f_is_given__f_wins(self):
        path = self.path("x.svg")
        run("export", "semaphore", "-o", path, "-f", "csv")
        with open(path, "rb") as file:
            self.assertEqual(b"kind,", file.read(5))

    def test_extension__unknown_or_none__lists_the_formats(self):
        for name in ("x", "x.docx", "x.", ".svg", "svg"):
            with self.subTest(name=name):
                self.assert_error(run("export", "semaphore", "-o", self.path(name)), USAGE, "jsonl", "asciicast", name)
                self.assertEqual([], os.listdir(self.path("")))

    def test_help__every_format__is_named_and_works(self):
        text = run("export", "--help").out.decode()
        listed = [line.split()[0] for line in text[text.index("formats,"):].splitlines()[1:] if line]
        self.assertEqual(sorted(FORMATS), sorted(listed))


class Path(Case):
    """The critical path of starts-late: its last task is ready for 100 ms while main computes, then sleeps for 50."""

    def test_path__of_pictures__is_drawn_and_said_when_asked_for(self):
        said = "critical path: 150 ms, waiting 50 ms (33 %), ready 100 ms (67 %)"
        for words in (["export", "starts-late", "-f", "text"], ["export", "starts-late", "-f", "svg"],
                      ["run", "starts-late", "--plain", "--clock", "virtual"]):
            with self.subTest(words=words):
                plain, path = run(*words).out.decode(), run(*words, "--path").out.decode()
                self.assertEqual((False, True), ("━" in plain, "━" in path))
                if "svg" not in words:
                    self.assertEqual((False, True), (said in plain, said in path))

    def test_path__of_a_narration__is_told_part_by_part(self):
        text = run("run", "starts-late", "--narrate", "--path", "--clock", "virtual").out.decode()
        self.assertIn("\nFrom 0 ms to 100 ms: Task 2 is ready, main runs.\nFrom 100 ms to 150 ms: Task 2 sleeps.\n", text)

    def test_path__of_a_page__stands_in_its_data(self):
        page = run("export", "starts-late", "-f", "html").out.decode()
        self.assertIn('"path":[[0,100000000,4,"ready"],[100000000,150000000,4,"waiting"]]', page)
        part = run("export", "starts-late", "-f", "html", "--from", "120").out.decode()
        self.assertIn('"path":[[100000000,150000000,4,"waiting"]]', part)


class Part(Case):
    def test_from_and_to__with_any_unit__clip_the_intervals(self):
        for first, last in (("250", "400"), ("250ms", "0.4s"), ("250000us", "400000000ns"), ("0.25 s", "400 ms")):
            with self.subTest(first=first):
                found = rows("--from", first, "--to", last)
                self.assertTrue(found)
                for row in found:
                    self.assertLessEqual(250 * MS, int(row["begin_ns"]))
                    self.assertLessEqual(int(row["end_ns"]), 400 * MS)
                self.assertEqual(5, sum(row["begin_ns"] == str(250 * MS) and row["state"] == "waiting" for row in found
                                        if row["name"] != "main"))

    def test_from_and_to__on_the_axis_of_events__begin_and_end_there(self):
        page = run("export", "semaphore", "-f", "text", "--axis", "order", "--from", "250", "--to", "700").out.decode()
        ruler = next(line for line in page.splitlines() if "order ms" in line)
        self.assertEqual(["order", "ms", "300", "600"], ruler.split()[:4])

    def test_two_parts__make_the_whole(self):
        spans = {}
        for row in rows("--to", "450") + rows("--from", "450"):
            key = row["kind"], row["id"], row["state"]
            spans[key] = spans.get(key, 0) + int(row["duration_ns"])
        whole = {}
        for row in rows():
            key = row["kind"], row["id"], row["state"]
            whole[key] = whole.get(key, 0) + int(row["duration_ns"])
        self.assertEqual(whole, spans)

    def test_tasks__by_name_pattern_or_id__only_those(self):
        for patterns, names in (("main", {"main"}), ("Task *", {f"Task {n}" for n in range(5)}), ("main,Task 4", {"main", "Task 4"}),
                                ("#2", {"Task 0"}), ("loop", {"loop"})):
            with self.subTest(patterns=patterns):
                self.assertEqual(names, {row["name"] for row in rows("--tasks", patterns)})

    def test_part__of_every_format__is_smaller_and_well(self):
        for form in some(FORMATS):
            with self.subTest(form=form):
                whole, part = self.path(f"whole.{form}"), self.path(f"part.{form}")
                run("export", "semaphore", "-f", form, "-o", whole)
                result = run("export", "semaphore", "-f", form, "-o", part, "--from", "290", "--to", "310ms", "--tasks", "Task 2")
                self.assertEqual((0, b""), (result.status, result.err))
                self.assertLess(size(part), size(whole) + 1)

    def test_jsonl__of_a_part__begins_with_what_was_in_force(self):
        out = run("export", "semaphore", "-f", "jsonl", "--from", "450", "--to", "500", "--tasks", "Task 4").out
        events = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(["meta", "object", "task", "level", "state"], sorted({e["ev"] for e in events}, key=["meta", "object", "task", "level", "state"].index))
        self.assertTrue(all(e["t"] == 450 * MS for e in events[1:]))
        self.assertEqual(("waiting", "semaphore"), [(e["state"], e["on"]) for e in events if e["ev"] == "state"][0])

    def test_part__wrong__one_line(self):
        for args, words in ((("--from", "500", "--to", "400"), ["nothing"]), (("--from", "99s"), ["900000000"]),
                            (("--tasks", "nobody"), ["nobody"]), (("--from", "soon"), ["soon"]), (("--to", "0"), ["--to"]),
                            (("--to", "1.5ns"), ["1.5ns"]), (("--from", "99999999999999999999"), ["from"]), (("--tasks", ""), ["tasks"])):
            with self.subTest(args=args):
                self.assert_error(run("export", "semaphore", "-f", "csv", *args), USAGE, *words)


def size(path):
    names = [os.path.join(path, name) for name in os.listdir(path)] if os.path.isdir(path) else [path]
    return sum(os.path.getsize(name) for name in names)


def small_files():
    """Let no file grow beyond 600 bytes: a full disk, without the disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))


class Whole(Case):
    def setUp(self):
        super().setUp()
        self.recording = self.path("a.gtt")
        run("run", "semaphore", "--plain", "--clock", "virtual", "-o", self.recording)

    def test_disk_full__of_every_format__old_file_kept_and_nothing_left(self):
        for form in some(FORMATS):
            with self.subTest(form=form):
                path = self.path("kept")
                with open(path, "w", encoding="utf-8") as file:
                    file.write("old")
                if form == "ctf":
                    os.remove(path)
                result = run("export", self.recording, "-f", form, "-o", path, preexec_fn=small_files)
                self.assertEqual(1, result.status, result.err)
                self.assertEqual(1, result.err.count(b"\n"), result.err)
                self.assertIn(b"cannot write", result.err)
                self.assertRegex(result.err, rb"/kept['/]")
                self.assertEqual(["a.gtt"] if form == "ctf" else ["a.gtt", "kept"], sorted(os.listdir(self.path(""))))
                if form != "ctf":
                    with open(path, encoding="utf-8") as file:
                        self.assertEqual("old", file.read())

    def test_ctf__a_folder_of_its_own_kind__is_replaced(self):
        path = self.path("trace.ctf")
        for target in ("queue", "semaphore"):
            self.assertEqual((0, b""), run("export", target, "-o", path)[::2])
        self.assertEqual(["metadata", "stream"], sorted(os.listdir(path)))
        self.assertEqual(["a.gtt", "trace.ctf"], sorted(os.listdir(self.path(""))))

    def test_ctf__a_folder_with_something_else__is_left_alone(self):
        os.mkdir(self.path("mine"))
        with open(self.path("mine/letter"), "w", encoding="utf-8") as file:
            file.write("dear")
        self.assert_error(run("export", "semaphore", "-f", "ctf", "-o", self.path("mine")), 1, "mine")
        self.assert_error(run("export", "semaphore", "-f", "ctf", "-o", self.recording), 1, "a.gtt")
        self.assertEqual(["letter"], os.listdir(self.path("mine")))

    def test_ctf__to_standard_output__is_refused(self):
        self.assert_error(run("export", "semaphore", "-f", "ctf"), USAGE, "folder")

    def test_sqlite__to_standard_output__is_the_same_file(self):
        run("export", self.recording, "-o", self.path("x.sqlite"))
        with open(self.path("x.sqlite"), "rb") as file:
            self.assertEqual(file.read(), run("export", self.recording, "-f", "sqlite").out)

    def test_mode__of_what_is_written__is_the_users(self):
        for form in ("csv", "sqlite", "ctf"):
            with self.subTest(form=form):
                path = self.path(f"x-{form}")
                run("export", self.recording, "-f", form, "-o", path, preexec_fn=lambda: os.umask(0o027))
                self.assertEqual(0o750 if form == "ctf" else 0o640, stat.S_IMODE(os.stat(path).st_mode))

    def test_folder__is_not_there_or_not_writable__one_line(self):
        for form in ("csv", "sqlite", "ctf"):
            with self.subTest(form=form):
                self.assert_error(run("export", self.recording, "-f", form, "-o", self.path("none/x")), 1, "none/x")


if __name__ == "__main__":
    assert PROGRAM
    unittest.main()
