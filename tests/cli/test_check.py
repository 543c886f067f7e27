"""`check` and `stats`: what they find, what they count, their exit status, and what they are asked wrongly."""

import json
import unittest

import cli
import recording as r
from cli import UNREADABLE, USAGE, Case, run

MS = 1_000_000


def check(*args):
    """Return the exit status and the kinds that were found, in their order."""
    result = run("check", *args, "--json")
    return result.status, [finding["kind"] for finding in json.loads(result.out)["findings"]]


class Check(Case):
    def test_status__found_or_not__says_so(self):
        self.assertEqual((0, []), check("semaphore"))
        self.assertEqual((1, ["blocked-loop"]), check("blocking"))
        self.assertEqual(1, run("check", "blocking").status)
        self.assertEqual(0, run("check", "semaphore").status)

    def test_text__blocked_loop__names_kind_time_place_and_task(self):
        text = run("check", "blocking").out.decode("utf-8")
        for word in ("250 ms", "blocked-loop", "scenarios/blocking.c:32", "report ran for 1000 ms", "1 finding"):
            self.assertIn(word, text)
        self.assert_clean(text.encode("utf-8"))
        self.assertLessEqual(max(len(line) for line in text.splitlines()), 80)
        self.assertIn("no findings", run("check", "semaphore").out.decode("utf-8"))

    def test_deadlock__names_the_circle_and_exits_1(self):
        text = " ".join(run("check", "deadlock").out.decode("utf-8").split())
        self.assertIn("B to A waits for account A, held by A to B; A to B waits for account B, held by B to A", text)

    def test_choice__warn_and_allow__in_their_order(self):
        both = ["blocked-loop", "late-timeout"]
        rows = [
            ((), both),
            (("-W", "late-timeout"), ["late-timeout"]),
            (("-A", "late-timeout"), ["blocked-loop"]),
            (("-W", "late-timeout", "-W", "blocked-loop"), both),
            (("-W", "late-timeout,blocked-loop"), both),
            (("--warn=deadlock",), []),
            (("-A", "all"), []),
            (("-A", "all", "-W", "late-timeout"), ["late-timeout"]),
            (("-W", "all", "-A", "blocked-loop"), ["late-timeout"]),
            (("-A", "blocked-loop", "--allow", "late-timeout"), []),
        ]
        for args, wanted in rows:
            with self.subTest(args=args):
                self.assertEqual((1 if wanted else 0, wanted), check("late-timeout", *args))

    def test_limit__moved__moves_what_is_found(self):
        self.assertEqual((0, []), check("starts-late", "--limit", "blocked-loop=100.001"))
        self.assertEqual((1, ["blocked-loop"]), check("starts-late", "--limit", "blocked-loop=100"))
        status, kinds = check("herd", "--limit", "blocked-loop=20")
        self.assertEqual((1, {"blocked-loop"}), (status, set(kinds)))

    def test_settings__clock_and_policy__reach_the_run(self):
        self.assertEqual((0, []), check("deadlock", "--set", "ordered=1"))
        self.assertEqual((0, []), check("semaphore", "--policy", "lifo", "--seed", "3"))
        self.assertEqual((1, ["blocked-loop"]), check("starts-late", "--clock", "paced", "--speed", "100", "-W", "blocked-loop"))

    def test_file__recording_of_a_lesson__same_findings_as_the_lesson(self):
        for lesson in ("late-timeout", "race", "deadlock", "pool-full", "never-awaited"):
            with self.subTest(lesson=lesson):
                path = self.record(lesson)
                first, second = run("check", lesson, "--json"), run("check", path, "--json")
                one, two = json.loads(first.out), json.loads(second.out)
                self.assertEqual((path, lesson), (two.pop("target"), one.pop("target")))
                self.assertEqual(one, two)

    def test_output__to_a_file__is_the_report(self):
        out = self.path("report.json")
        result = run("check", "blocking", "--json", "-o", out)
        self.assertEqual((1, b""), (result.status, result.out))
        with open(out, encoding="utf-8") as file:
            self.assertEqual("blocked-loop", json.load(file)["findings"][0]["kind"])
        path = self.record()
        self.assert_error(run("check", path, "-o", path), USAGE, "it is what is being read")
        self.assertEqual(0, run("check", path).status)

    def test_time__of_a_finding__is_that_of_its_task_in_the_export(self):
        finding = json.loads(run("check", "blocking", "--json").out)["findings"][0]
        lines = [line for line in cli.events("blocking") if line.get("task") == finding["lane"]["id"]]
        self.assertIn("running", [line.get("state") for line in lines if line["t"] == finding["t"]])
        self.assertIn("done", [line.get("state") for line in lines if line["t"] == finding["end"]])

    def test_usage__wrong_words__one_line(self):
        rows = [
            (("check",), "needs LESSON|FILE"),
            (("check", "blocking", "-W", "slow"), "unknown finding 'slow'; known: all, deadlock"),
            (("check", "blocking", "-A", ""), "unknown finding ''"),
            (("check", "blocking", "-W", "deadlock,"), "unknown finding ''"),
            (("check", "blocking", "--limit", "blocked-loop"), "want blocked-loop=MS"),
            (("check", "blocking", "--limit", "blocked-loop=0"), "want blocked-loop=MS"),
            (("check", "blocking", "--limit", "blocked-loop=1e3"), "want blocked-loop=MS"),
            (("check", "blocking", "--limit", "starvation=-1"), "want starvation=N"),
            (("check", "blocking", "--limit", "deadlock=1"), "has no limit"),
            (("check", "blocking", "--limit", "all=1"), "has no limit"),
            (("check", "blocking", "-f", "json"), "'--format' is not for 'check'"),
            (("stats", "blocking", "-W", "deadlock"), "'--warn' is not for 'stats'"),
            (("check", "blokking"), "blocking"),
            (("check", "blocking", "--set", "block=never"), "block"),
        ]
        for args, word in rows:
            with self.subTest(args=args):
                self.assert_error(run(*args), USAGE, word)

    def test_file__damaged_or_missing__exit_3(self):
        with open(self.record(), "rb") as file:
            good = file.read()
        bad = self.write("bad.gtt", r.put(good, r.first(good, r.STATE) + 8, "=I", 77))
        for command in ("check", "stats"):
            self.assert_error(run(command, bad), UNREADABLE, "bad.gtt")
            self.assert_error(run(command, self.write("text.gtt", b"hello\n" * 2000)), UNREADABLE, "text.gtt")
            self.assert_error(run(command, self.path("none.gtt")), UNREADABLE, "none.gtt")

    def test_names__hostile__never_reach_the_terminal(self):
        with open(self.record("blocking"), "rb") as file:
            data = file.read()
        evil = self.write("evil.gtt", data.replace(b"report", b"\x1b[31m\x07"))
        for args in (("check", evil), ("stats", evil), ("check", evil, "--json"), ("stats", evil, "--json")):
            result = run(*args)
            self.assertIn(result.status, (0, 1), result.err)
            self.assertNotIn(b"\x1b[31m", result.out)
            self.assert_clean(result.out)

    def test_killed__in_a_blocking_step__the_step_is_open_and_named(self):
        """What a killed program leaves: its recording without an end, cut where the step runs and the ticks have stopped."""
        with open(self.record("blocking"), "rb") as file:
            data = bytearray(file.read())
        ends = [offset for offset, kind, _, _ in r.slots(data) if kind == r.END]
        data[ends[-1] + 31] = 0
        status, kinds = check(self.write("killed.gtt", bytes(data)))
        self.assertEqual((1, ["blocked-loop"]), (status, kinds))
        self.assertEqual("unfinished", json.loads(run("check", self.path("killed.gtt"), "--json").out)["status"])


class Stats(Case):
    def stats(self, *args):
        result = run("stats", *args, "--json")
        self.assertEqual(b"", result.err)
        return json.loads(result.out)

    def test_semaphore__known_numbers(self):
        s = self.stats("semaphore")
        self.assertEqual((900 * MS, 1500 * MS, 1_666_666), (s["makespan_ns"], s["sequential_ns"], s["speedup_ppm"]))
        last = s["tasks"][-1]
        self.assertEqual(("Task 4", 900 * MS, 0), (last["name"], last["waiting_ns"], last["ready_ns"]))
        self.assertEqual({"permits": 600 * MS, "sleep": 300 * MS}, {w.get("name", w["on"]): w["ns"] for w in last["waits"]})
        self.assertEqual((3, 1200 * MS, 600 * MS), tuple(s["objects"][0][key] for key in ("waits", "wait_ns", "wait_max_ns")))
        self.assertEqual([(0, 300 * MS), (300 * MS, 600 * MS), (600 * MS, 900 * MS)], [(p["begin"], p["end"]) for p in s["critical_path"]])

    def test_every_lesson__adds_up(self):
        for lesson in cli.some(cli.lessons()):
            with self.subTest(lesson=lesson):
                s = json.loads(run("stats", lesson, "--json").out)
                for task in s["tasks"]:
                    self.assertEqual(task["life_ns"], task["running_ns"] + task["ready_ns"] + task["waiting_ns"])
                    self.assertEqual(task["waiting_ns"], sum(wait["ns"] for wait in task["waits"]))
                    self.assertEqual(task["life_ns"], task["end"] - task["born"])
                self.assertEqual(s["loop"]["running_ns"], sum(task["running_ns"] for task in s["tasks"]))
                self.assertEqual(s["sequential_ns"], sum(part["work_ns"] for part in s["concurrency"]))
                path = s["critical_path"]
                self.assertTrue(all(a["end"] == b["begin"] for a, b in zip(path, path[1:])))
                self.assertLessEqual(sum(part["end"] - part["begin"] for part in path), s["makespan_ns"])

    def test_text__every_lesson__fits_80_columns(self):
        for lesson in cli.some(cli.repeatable(cli.lessons())):
            for ascii_only in ((), ("--ascii",)):
                with self.subTest(lesson=lesson, ascii_only=ascii_only):
                    result = run("stats", lesson, *ascii_only)
                    self.assertIn(result.status, (0, 1), result.err)
                    self.assert_clean(result.out)
                    lines = result.out.decode("utf-8").splitlines()
                    self.assertLessEqual(max(map(len, lines)), 80, max(lines, key=len))
                    if ascii_only:
                        result.out.decode("ascii")

    def test_status__deadlock__is_1_as_for_any_run(self):
        self.assertEqual(1, run("stats", "deadlock").status)
        self.assertEqual(0, run("stats", self.record("deadlock")).status)


if __name__ == "__main__":
    unittest.main()
