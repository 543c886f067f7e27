#!/usr/bin/env python3
"""No lesson claims a number that its recording does not show.

Every number in a lesson's text, in its notes, and in what is asked and explained, is looked for in the recording: a time, a time between
two events, a number that is logged, a level, how often a line is logged, how many tasks there are, a parameter. What is not there is
either the tempting answer that the text speaks of, or explained in KNOWN. And what a text says to try is a setting that the lesson takes.
"""
import collections
import json
import os
import re
import subprocess
import unittest

GANTTOP = os.environ.get("GANTTOP", "./ganttop")

# Numbers that no event of the default recording is: lesson, and what they are.
KNOWN = {
    "no-yield": {8: "a chapter"},
    "concurrent": {100: "a moment to look at", 600: "the tempting answer", 1500: "a value to try"},
    "background": {1200: "the tempting answer"},
    "create-then-await": {250: "a moment to look at"},
    "semaphore": {4: "Task 4", 9: "a value to try", 10: "a value to try", 500: "a value to try", 1000: "a value to try"},
    "rate-semaphore": {25: "starts a second: 5 in each 200 ms (test_course.py)"},
    "nested-semaphore": {250: "a moment to look at"},
    "worker-pool": {334: "the tempting answer"},
    "shield-shutdown": {300: "what is left of 500 at 200"},
    "fire-and-forget": {400: "what is left of 500 at 100"},
    "late-timeout": {420: "from the deadline, 100, to 520"},
    "pool-full": {4: "of Python's formula", 32: "of Python's formula"},
    "processes": {1000: "of cpu-bound"},
    "gil": {3.13: "a version of Python"},
    "retry-storm": {36: "with jitter=1 (test_course.py)", 97: "with jitter=1 (test_course.py)"},
    "rate-client": {1900: "a value to try", 10: "with call=1900 (test_course.py)"},
    "crawler": {8: "page 8"},
    "scraper": {80: "1048 less 968", 968: "9676 by 10"},
    "timeout-decorator": {600: "three limits of 200"},
    "rate-monitor": {4000: "where the next look would be", 12: "89 less 77", 7: "of worker 2", 14: "of worker 1"},
    "policies": {3: "a value to try"},
}
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
SMALL = 2  # one, two: words rather than measurements


def lessons():
    listed = subprocess.run([GANTTOP, "list", "--json"], capture_output=True, text=True, check=True)
    return [lesson for lesson in json.loads(listed.stdout) if not lesson["real_clock"]]


def numbers(text):
    return {float(number) for number in NUMBER.findall(text)}


def shown(lesson):
    """Return every number that the recording of the lesson shows, times in ms."""
    done = subprocess.run([GANTTOP, "export", lesson["name"], "-f", "jsonl"], capture_output=True, text=True, check=False)
    facts, times, said, n_tasks = set(), set(), collections.Counter(), 0
    for event in map(json.loads, done.stdout.splitlines()):
        times.add(event.get("t", 0) / 1e6)
        n_tasks += event["ev"] == "task"
        if event["ev"] == "log":
            facts |= numbers(event["text"])
            said[event["text"]] += 1
        for key in ("value", "waiters"):
            if event["ev"] in ("level", "var") and isinstance(event.get(key), int):
                facts.add(float(event[key]))
    facts |= times | {round(later - earlier, 3) for later in times for earlier in times if later > earlier}
    facts |= {float(count) for count in said.values()} | {float(n_tasks), float(n_tasks - 1)}
    return facts | {float(param["default"]) for param in lesson["params"]}


def claims(lesson):
    """Yield the texts of a lesson without what is quoted (others say that), set, or code."""
    yield lesson["text"] + lesson["notes"]
    for point in lesson["points"]:
        ask = point["ask"].split("What is to be seen")[0]  # the cells are held against the recording by test_answer
        yield ask + " " + point["because"]


def claimed(lesson):
    found = set()
    for text in claims(lesson):
        for quiet in (r"[a-z]+=\d+", r'"[^"]*"', r"`[^`]*`", r"\{[a-z]+\}"):
            text = re.sub(quiet, "", text)
        found |= {number for number in numbers(text) if number > SMALL}
    return found


class Numbers(unittest.TestCase):
    def test_every_number__is_in_the_recording_or_explained(self):
        for lesson in lessons():
            with self.subTest(lesson["name"]):
                unknown = claimed(lesson) - shown(lesson) - set(KNOWN.get(lesson["name"], ()))
                self.assertFalse(unknown, "no event, level, line or parameter is that")

    def test_known__is_still_said(self):
        by_name = {lesson["name"]: lesson for lesson in lessons()}
        for name, known in KNOWN.items():
            with self.subTest(name):
                self.assertFalse({float(number) for number in known} - claimed(by_name[name]))

    def test_what_is_to_be_tried__is_a_setting(self):
        for lesson in lessons():
            names = "|".join(param["name"] for param in lesson["params"])
            texts = lesson["text"] + lesson["notes"]
            for setting in sorted(set(re.findall(rf"(?<![\w{{])((?:{names})=-?\d+)", texts))):
                with self.subTest(lesson=lesson["name"], setting=setting):
                    done = subprocess.run([GANTTOP, "export", lesson["name"], "--set", setting, "-f", "jsonl"],
                                          capture_output=True, text=True, check=False)
                    self.assertIn(done.returncode, (0, 1), done.stderr)
                    self.assertIn('"ev":"end"', done.stdout)
            for setting in re.findall(r"--set ([\w-]+=\S+)", texts):
                self.assertRegex(setting, rf"^({names})=", lesson["name"])


if __name__ == "__main__":
    unittest.main()
