#!/usr/bin/env python3
"""Traces that other programs have made, a few events of each; what such files may look like; and files that are no traces."""

import csv
import gzip
import io
import json
import os
import unittest

import cli
from cli import Case, UNREADABLE, run

SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "samples")
SLICE = '{"ph":"X","pid":1,"tid":1,"name":"a","ts":1,"dur":2}'


def ms(n):
    return round(n * 1_000_000)


class Rows(Case):
    def rows(self, path):
        """Name of the lane -> list of (state, begin, end)."""
        result = run("export", path, "-f", "csv")
        self.assertEqual((0, b""), (result.status, result.err))
        rows = {}
        for row in csv.DictReader(io.StringIO(result.out.decode())):
            rows.setdefault(row["name"], []).append((row["state"], int(row["begin_ns"]), int(row["end_ns"])))
        return rows

    def levels(self, path):
        """Name of the object -> its levels."""
        names, levels = {}, {}
        for line in map(json.loads, run("export", path, "-f", "jsonl").out.splitlines()):
            if line["ev"] == "object":
                names[line["object"]] = line["name"]
            elif line["ev"] == "level":
                levels.setdefault(names[line["object"]], []).append(line["value"])
        return levels

    def rows_of(self, text):
        return self.rows(self.write("x.json", text if isinstance(text, bytes) else text.encode()))


class Samples(Rows):
    """tests/cli/samples: cut from what node 20, Go 1.19, Chromium 156 and perf 6.1 have written."""

    def test_node__async_hooks_and_slices(self):
        rows = self.rows(os.path.join(SAMPLES, "node.json"))
        self.assertEqual(("running", 0, ms(13.238)), rows["V8.DeserializeIsolate"][0])
        self.assertEqual(("waiting", ms(30.438), ms(42.937)), rows["Timeout"][0])

    def test_go__goroutines_on_processors(self):
        rows = self.rows(os.path.join(SAMPLES, "go.json"))
        self.assertEqual([("ready", 11_824, 11_824), ("running", 11_824, 48_365)], rows["G1 runtime.main"][:2])
        self.assertIn(4, self.levels(os.path.join(SAMPLES, "go.json"))["Goroutines.Runnable"])

    def test_chromium__names_behind_their_use_ids_of_two_kinds_slices_without_end(self):
        rows = self.rows(os.path.join(SAMPLES, "chromium.json"))
        self.assertEqual(("waiting", 0, ms(679.305)), rows["Startup.LoadTime.ProcessCreateToApplicationStart"][0])
        self.assertEqual(("running", ms(748.201), ms(748.216)), rows["RunLoop::Run"][0])
        self.assertIn("Chrome_IOThread", rows)

    def test_perf__of_a_command_that_sleeps(self):
        rows = self.rows(os.path.join(SAMPLES, "perf.txt"))
        self.assertEqual(("ready", 56_000, 82_000), rows["sleep-2723"][0])
        self.assertEqual("done", rows["sleep-2723"][-1][0])

    def test_threads_of_others__are_not_judged_as_a_loop(self):
        """A compiler that computes for 206 ms blocks nobody, and what cannot be placed is no fault of a disk."""
        for name in ("perf.txt", "chromium.json"):
            with self.subTest(name=name):
                path = os.path.join(SAMPLES, name)
                self.assertEqual(0, run("check", path).status)
                self.assertNotIn(b"blocks", run("view", path).out.split("▓".encode())[0])
        self.assertIn(b"6 events left out", run("view", os.path.join(SAMPLES, "chromium.json")).out)

    def test_origin__is_kept_by_our_own_lines(self):
        lines = run("export", os.path.join(SAMPLES, "perf.txt"), "-f", "jsonl").out
        self.assertEqual("sched", json.loads(lines.splitlines()[0])["origin"])
        self.assertEqual(lines, run("export", "-", "-f", "jsonl", given=lines).out)
        self.assertEqual(0, run("check", "-", given=lines).status)


class Variants(Rows):
    """One slice from 1,000 to 3,000 ns, written in all the ways that are seen."""

    SAME = {
        "an array without its end": f"[{SLICE},\n",
        "a comma before the end": f"[{SLICE},]",
        "a byte order mark": b"\xef\xbb\xbf[" + SLICE.encode() + b"]",
        "lines of Windows": f"[\r\n{SLICE}\r\n]\r\n",
        "times that are texts": '[{"ph":"X","pid":1,"tid":1,"name":"a","ts":"1","dur":"2.0"}]',
        "times with exponents": '[{"ph":"X","pid":1,"tid":1,"name":"a","ts":1e0,"dur":0.2E+1}]',
        "ids that are texts": '[{"ph":"X","pid":"one","tid":"two","name":"a","ts":1,"dur":2}]',
        "no ids": '[{"ph":"X","name":"a","ts":1,"dur":2}]',
        "ids that are nothing": '[{"ph":"X","pid":null,"tid":null,"id":null,"cat":null,"name":"a","ts":1,"dur":2}]',
        "strange args": '[{"ph":"X","pid":1,"tid":1,"name":"a","ts":1,"dur":2,"args":"__stripped__"}]',
        "args in args": '[{"ph":"X","pid":1,"tid":1,"name":"a","ts":1,"dur":2,"args":{"x":{"y":[1,{"z":[[]]}]}}}]',
        "fields that nobody needs": '[{"ph":"X","pid":1,"tid":1,"name":"a","ts":1,"dur":2,"tts":3,"tdur":1,"cname":"good",'
                                    '"sf":7,"stack":["a"],"bind_id":"0x1","flow_out":true}]',
        "an object with everything": '{"displayTimeUnit":"ms","systemTraceEvents":"x","otherData":{"a":"b"},'
                                     f'"traceEvents":[{SLICE}],"stackFrames":{{}},"samples":[{{"cpu":0}}],"metadata":{{"n":[]}}}}',
        "a begin and an end": '[{"ph":"B","pid":1,"tid":1,"name":"a","ts":1},{"ph":"E","pid":1,"tid":1,"ts":3}]',
        "the end first": '[{"ph":"E","pid":1,"tid":1,"ts":3},{"ph":"B","pid":1,"tid":1,"name":"a","ts":1}]',
        "an end too many": f'[{SLICE},{{"ph":"E","pid":1,"tid":1,"ts":4}}]',
        "kinds that are not drawn": f'[{SLICE},{{"ph":"P","ts":2,"pid":1,"tid":1}},{{"ph":"V","ts":2,"pid":1,"tid":1}}]',
    }

    def test_one_slice__however_it_is_written(self):
        for what, text in self.SAME.items():
            with self.subTest(what=what):
                self.assertEqual(("running", 1000, 3000), self.rows_of(text)["a"][0])

    def test_slices_of_no_length__are_there(self):
        for dur in ('"dur":0', '"dur":null', '"x":1'):
            with self.subTest(dur=dur):
                rows = self.rows_of('[{"ph":"X","pid":1,"tid":1,"name":"a","ts":5,%s}]' % dur)
                self.assertEqual(0, rows["a"][0][2] - rows["a"][0][1])

    def test_a_slice_without_end__runs_to_the_end(self):
        rows = self.rows_of('[{"ph":"B","pid":1,"tid":1,"name":"a","ts":1},{"ph":"i","pid":1,"tid":1,"name":"b","ts":9}]')
        self.assertEqual(("running", 1000, 9000), rows["a"][0])

    def test_names__of_surrogates_and_controls__are_text(self):
        rows = self.rows_of('[{"ph":"X","pid":1,"tid":1,"name":"\\ud83d\\ude00 \\ud83d \\u001b[2J","ts":1,"dur":2}]')
        self.assertIn("\U0001f600 \ufffd \ufffd[2J", rows)

    def test_names_of_threads__behind_their_use__count(self):
        rows = self.rows_of(f'[{SLICE},{{"ph":"M","pid":1,"tid":1,"name":"thread_name","args":{{"name":"late"}}}}]')
        self.assertIn("late", rows)

    def test_counters__of_any_number__have_levels(self):
        path = self.write("x.json", b'[{"ph":"C","pid":1,"name":"q","ts":1,"args":{"a":1.5,"b":"text","c":-2}}]')
        self.assertEqual({"q.a": [2], "q.c": [-2]}, self.levels(path))


class Strangers(Case):
    """Files that people try all the same: the line says what they are."""

    FILES = [
        (gzip.compress(b"[]"), "zcat"),
        (b"\x28\xb5\x2f\xfd" + b"\0" * 60, "zstdcat"),
        (b"\xfd7zXZ\0" + b"\0" * 60, "xzcat"),
        (b"BZh91AY", "bzcat"),
        (b"PK\x03\x04" + b"\0" * 60, "unzip"),
        (b"PK\x05\x06" + b"\0" * 18, "zip"),
        (b"\x04\x22\x4d\x18" + b"\0" * 18, "lz4cat"),
        (b"\xd4\xc3\xb2\xa1\x02\0\x04\0" + b"\0" * 60, "pcap"),
        (b"\x0a\x0d\x0d\x0a\x1c\0\0\0" + b"\0" * 60, "pcap"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 60, "a program"),
        (b"x.json".ljust(257, b"\0") + b"ustar\x0000" + b"\0" * 200, "tar -x"),
        (b"\xc1\x1f\xfc\xc1" + b"\0" * 60, "the folder"),
        (b"<!DOCTYPE html><html></html>", "a browser"),
        (b"PERFILE2" + b"\0" * 60, "perf sched script"),
        (b"PERFFILE" + b"\0" * 60, "perf sched script"),
        (b"\x17\x08\x44tracing6\0" + b"\0" * 60, "trace-cmd report"),
        (b"go 1.19 trace\0\0\0", "go tool trace"),
        (b"SQLite format 3\0", "SQLite"),
        ("\ufeff[]".encode("utf-16-le"), "UTF-16"),
        (json.dumps({"nodes": [], "samples": []}).encode(), "CPU profile"),
        (json.dumps({"$schema": "", "shared": {}, "profiles": []}).encode(), "speedscope"),
        (json.dumps({"meta": {}, "threads": []}).encode(), "Firefox"),
        (json.dumps({"resourceSpans": []}).encode(), "OpenTelemetry"),
        (b'{"version": 2, "width": 80, "height": 24}\n[0.1,"o","x"]\n', "asciinema"),
    ]

    def test_strangers__are_named__in_a_file_and_in_a_pipe(self):
        for bytes_, word in self.FILES:
            with self.subTest(word=word):
                path = self.write("x", bytes_)
                self.assert_error(run("stats", path), UNREADABLE, word)
                self.assert_error(run("stats", "-", given=bytes_), UNREADABLE, word)

    def test_our_own_exports_that_cannot_be_read_back__are_named(self):
        for form, word in (("perfetto", "Perfetto"), ("speedscope", "speedscope"), ("otlp", "OpenTelemetry"), ("sqlite", "SQLite"),
                           ("asciicast", "asciicast")):
            with self.subTest(form=form):
                path = self.path("x")
                self.assertEqual(0, run("export", "semaphore", "-f", form, "-o", path).status)
                self.assert_error(run("view", path), UNREADABLE, word)


if __name__ == "__main__":
    unittest.main()
