"""Every lesson's export keeps the rules of the log, under its defaults and at the limits of its parameters."""

import copy
import json
import unittest

import cli
import truth
from cli import Case, run


class Rules(unittest.TestCase):
    """The checker itself: each rule is broken once."""

    GOOD = [
        {"t": 0, "ev": "meta", "format": "ganttop", "version": 1, "title": "", "source": "", "clock": "virtual",
         "params": {}, "seed": 0, "policy": "fifo"},
        {"t": 0, "ev": "task", "task": 1, "name": "main", "parent": 0},
        {"t": 0, "ev": "state", "task": 1, "state": "ready", "by": 0, "why": "start"},
        {"t": 0, "ev": "task", "task": 2, "name": "other", "parent": 1},
        {"t": 0, "ev": "state", "task": 2, "state": "ready", "by": 1, "why": "start"},
        {"t": 0, "ev": "tick", "phase": "begin", "ready": 1},
        {"t": 0, "ev": "state", "task": 1, "state": "running"},
        {"t": 0, "ev": "state", "task": 1, "state": "waiting", "on": "sleep", "until": 5},
        {"t": 0, "ev": "tick", "phase": "end", "ready": 0},
        {"t": 5, "ev": "state", "task": 1, "state": "ready", "by": 0, "why": "timer"},
        {"t": 5, "ev": "tick", "phase": "begin", "ready": 2},
        {"t": 5, "ev": "state", "task": 1, "state": "running"},
        {"t": 5, "ev": "state", "task": 1, "state": "done", "outcome": "result", "value": ""},
        {"t": 5, "ev": "state", "task": 2, "state": "running"},
        {"t": 5, "ev": "state", "task": 2, "state": "done", "outcome": "result", "value": ""},
        {"t": 5, "ev": "tick", "phase": "end", "ready": 0},
        {"t": 5, "ev": "end", "status": "finished"},
    ]

    def test_rules__a_good_run__nothing_wrong(self):
        self.assertEqual([], truth.Checker().check(self.GOOD))

    def test_rules__each_broken_once__is_found(self):
        breaks = [
            ("drop", 0), ("drop", 1), ("drop", 2), ("drop", 5), ("drop", 6), ("drop", 8), ("drop", 12), ("drop", 16),
            (6, "state", "waiting"), (7, "on", "nothing"), (7, "until", -1), (9, "t", -3), (8, "t", 7), (2, "why", "whim"),
            (12, "state", "ready"), (12, "outcome", "luck"), (3, "parent", 9), (3, "task", 1), (16, "status", "well"),
            (5, "ev", "tock"), (0, "version", 2), (0, "clock", "sun"), (1, "name", None),
        ]
        for change in breaks:
            lines = copy.deepcopy(self.GOOD)
            if change[0] == "drop":
                del lines[change[1]]
            else:
                lines[change[0]][change[1]] = change[2]
            with self.subTest(change=change):
                self.assertNotEqual([], truth.Checker().check(lines))

    def test_vocabulary__is_read_from_the_header(self):
        self.assertEqual({"ready", "running", "waiting", "done"}, truth.WORDS["STATES"])
        self.assertIn("queue-get", truth.WORDS["ONS"])
        self.assertEqual({"begin", "end"}, truth.WORDS["PHASES"])


class Lessons(Case):
    def assert_true_to_the_rules(self, *args):
        self.assertEqual([], truth.Checker().check(cli.events(*args))[:10], args)

    def test_every_lesson__defaults__keeps_the_rules(self):
        names = cli.lessons()
        self.assertGreaterEqual(len(names), 9)
        for name in names:
            with self.subTest(lesson=name):
                self.assert_true_to_the_rules(name)

    def test_every_lesson__each_parameter_at_its_limits__keeps_the_rules(self):
        settings = [
            (lesson["name"], f"{parameter['name']}={parameter[limit]}")
            for lesson in json.loads(run("list", "--json").out)
            for parameter in lesson["params"]
            for limit in ("min", "max")
        ]
        for name, setting in cli.some(settings):
            with self.subTest(lesson=name, setting=setting):
                self.assert_true_to_the_rules(name, "--set", setting)

    def test_every_lesson__logged_lines__say_what_the_plain_output_says(self):
        for name in cli.some(cli.lessons()):
            logs = [line["text"] for line in cli.events(name) if line["ev"] == "log"]
            plain = run("run", name, "--plain").out.decode("utf-8")
            with self.subTest(lesson=name):
                self.assertTrue(logs)
                self.assertIn(logs[-1][:20], plain)


if __name__ == "__main__":
    unittest.main()
