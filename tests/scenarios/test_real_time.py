#!/usr/bin/env python3
"""What the lessons in real time say of themselves, and what is right in their questions, held against real runs.

No two of these runs are the same, so what they claim is a shape: an order, a limit, and times that are lower bounds.
"""
import json
import os
import subprocess
import tempfile
import unittest

GANTTOP = os.environ.get("GANTTOP", "./ganttop")


def events(lesson, *settings):
    """Run a lesson and return its recording, a dict an event."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "run.gtt")
        sets = [word for setting in settings for word in ("--set", setting)]
        subprocess.run([GANTTOP, "run", lesson, *sets, "--plain", "-o", path], check=True, capture_output=True)
        out = subprocess.run([GANTTOP, "export", path, "-f", "jsonl"], check=True, capture_output=True, text=True)
        return [json.loads(line) for line in out.stdout.splitlines()]


class Fetch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.events = events("fetch")
        cls.names = {event["task"]: event["name"] for event in cls.events if event["ev"] == "task"}

    def waits(self, name, kind):
        return [i for i, event in enumerate(self.events)
                if event["ev"] == "state" and event.get("on") == kind and self.names[event["task"]] == name]

    def test_a_request__goes_in_the_order_of_the_question(self):
        connect, read = self.waits("main", "connect"), self.waits("main", "read")
        order = [connect[0], read[0], self.waits("serve", "sleep")[0], connect[1]]
        self.assertEqual(sorted(order), order)

    def test_nobody__waits_to_write(self):
        self.assertFalse([event for event in self.events if event.get("on") == "write"])
        self.assertTrue(self.waits("server", "accept"))

    def test_both_ways__take_no_less_than_is_said(self):
        after, together = [event["t"] for event in self.events if event["ev"] == "log"]
        self.assertGreaterEqual(after, 20 * 20_000_000)
        self.assertGreaterEqual(together - after, 20_000_000)

    def test_together__all_have_asked_before_one_is_answered(self):
        begun = [event["task"] for event in self.events if event["ev"] == "state" and event["state"] == "running"
                 and self.names[event["task"]].startswith("request")]
        self.assertEqual([f"request {i + 1}" for i in range(20)], [self.names[task] for task in begun[:20]])


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.events = events("files")

    def test_threads__four_at_most(self):
        busy = {event["worker"] for event in self.events if event["ev"] == "worker" and event["state"] == "busy"}
        self.assertTrue(0 < len(busy) <= 4, busy)

    def test_log__as_the_lesson_says(self):
        said = [event["text"] for event in self.events if event["ev"] == "log"]
        self.assertEqual(["10 files written", "655360 bytes read", "all removed"], said)


if __name__ == "__main__":
    unittest.main()
