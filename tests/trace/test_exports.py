#!/usr/bin/env python3
"""Exports of real lessons, read by somebody else's JSON parser: what the readers of the formats insist on."""

import json
import os
import subprocess
import unittest

PROGRAM = os.path.abspath(os.environ.get("GANTTOP") or "ganttop")
LESSONS = ["concurrent", "semaphore", "cancel", "queue", "blocking", "to-thread"]


def export(lesson, form):
    done = subprocess.run([PROGRAM, "export", lesson, "-f", form], stdin=subprocess.DEVNULL,
                          capture_output=True, check=True, timeout=60)
    return done.stdout.decode("utf-8")


class Jsonl(unittest.TestCase):
    def test_every_line__is_an_object_with_t_and_ev(self):
        for lesson in LESSONS:
            events = [json.loads(line) for line in export(lesson, "jsonl").splitlines()]
            self.assertEqual(events[0]["ev"], "meta", lesson)
            self.assertEqual(events[0]["format"], "ganttop", lesson)
            self.assertNotIn("started", events[0], lesson)
            self.assertEqual(events[-1]["ev"], "end", lesson)
            times = [event["t"] for event in events]
            self.assertEqual(times, sorted(times), lesson)
            self.assertTrue(all(isinstance(event["ev"], str) for event in events), lesson)

    def test_two_exports__are_the_same_bytes(self):
        self.assertEqual(export("semaphore", "jsonl"), export("semaphore", "jsonl"))


class Chrome(unittest.TestCase):
    def events(self, lesson):
        trace = json.loads(export(lesson, "chrome"))
        return trace["traceEvents"]

    def test_slices__of_a_row_follow_each_other(self):
        for lesson in LESSONS:
            rows = {}
            for event in self.events(lesson):
                if event["ph"] == "X":
                    rows.setdefault(event["tid"], []).append((event["ts"], event["ts"] + event["dur"]))
            self.assertGreater(len(rows), 1, lesson)
            for slices in rows.values():
                for before, after in zip(slices, slices[1:]):
                    self.assertLessEqual(before[1], after[0] + 1e-6, lesson)

    def test_arrows__begin_and_end_inside_a_slice(self):
        for lesson in LESSONS:
            events = self.events(lesson)
            arrows = [event for event in events if event["ph"] in "sf"]
            slices = [event for event in events if event["ph"] == "X"]
            for arrow in arrows:
                self.assertTrue(
                    any(s["tid"] == arrow["tid"] and s["ts"] <= arrow["ts"] <= s["ts"] + s["dur"] + 1e-6
                        for s in slices), (lesson, arrow))
            ends = {}
            for arrow in arrows:
                ends.setdefault(arrow["id"], []).append(arrow["ph"])
            self.assertTrue(all(pair == ["s", "f"] for pair in ends.values()), lesson)

    def test_rows__are_named_and_ordered(self):
        for lesson in LESSONS:
            events = self.events(lesson)
            named = {e["tid"] for e in events if e["name"] == "thread_name"}
            ordered = {e["tid"]: e["args"]["sort_index"] for e in events if e["name"] == "thread_sort_index"}
            self.assertEqual(named, set(ordered), lesson)
            self.assertEqual(len(set(ordered.values())), len(ordered), lesson)
            self.assertTrue({e["tid"] for e in events if e["ph"] == "X"} <= named, lesson)

    def test_levels__are_numbers(self):
        levels = [e for e in self.events("semaphore") if e["ph"] == "C" and e["name"] == "permits"]
        self.assertTrue(levels)
        self.assertTrue(all(isinstance(e["args"]["value"], int) for e in levels))


if __name__ == "__main__":
    unittest.main()
