#!/usr/bin/env python3
"""The little language at the command line: what a mistake is answered with, parameters, what goes beyond the oracle, and the recording
that knows the line of every step.
"""
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile
import unittest

import pair
import program_gen

PAGE = pair.ROOT / "docs" / "language.md"

# A program, and the answer behind `FILE:`.
MISTAKES = [
    ("def main {\n  sleeep 5\n}\nrun main\n", "2:3: expected an operation, found 'sleeep'"),
    ("def main {\n  sleep\n}\nrun main\n", "2:8: expected a time in ms, found the end of the line"),
    ("def main {\n\tsleep x\n}\nrun main\n", "2:8: expected a time in ms from 0 to 1000000000000, found 'x'"),
    ("def main {\n  sleep -1\n}\nrun main\n", "2:9: expected a time in ms from 0 to 1000000000000, found '-1'"),
    ("def main {\n  sleep 5 6\n}\nrun main\n", "2:11: expected the end of the line, found '6'"),
    ("def main {\n  log \u009b31m\n}\nrun main\n", "2:7: expected text, found a control character"),
    ("def main {\n  log é\u2028x\n}\nrun main\n", "2:8: expected text, found a separator of lines"),
    ("def main {\n  log é {\n}\nrun main\n", "2:9: expected the end of the line, found '{'"),
    ("def main {\n  acquire L\n}\nrun main\n",
     "2:11: expected the name of a lock, semaphore or condition, found 'L'"),
    ("event L\ndef main {\n  acquire L\n}\nrun main\n",
     "3:11: expected a lock, semaphore or condition, not the event that line 1 declares, found 'L'"),
    ("def main {\n  spawn a b\n}\nrun main\n", "2:11: expected the name of a def, found 'b'"),
    ("def main {\n  spawn a\n}\nrun main\n", "2:10: expected the name of a def, found the end of the line"),
    ("def main {\n  try {\n", "3:1: expected '}', found the end of the program"),
    ("def main {\n  try {\n    return x\n  }\n}\nrun main\n",
     "3:5: expected an operation that may stand inside a block, found 'return'"),
    ("def main {\n  reraise\n}\nrun main\n",
     "2:3: expected an operation that may stand outside of except, found 'reraise'"),
    ("def main {\n  group\n}\nrun main\n", "2:8: expected '{', found the end of the line"),
    ("def main {\n  group x {\n  }\n}\nrun main\n", "2:9: expected '{', found 'x'"),
    ("def main {\n  repeat {\n  }\n}\nrun main\n", "2:9: expected a number, found '{'"),
    ("def main {\n  repeat 2 {\n  } finally {\n  }\n}\nrun main\n",
     "3:5: expected the end of the line, found 'finally'"),
    ("def main {\n  try {\n  } except foo {\n  }\n}\nrun main\n",
     "3:12: expected cancelled, timeout, error or any, found 'foo'"),
    ("def main {\n  try {\n  } except any {\n  } except any {\n  }\n}\nrun main\n",
     "4:5: expected one except at most, found 'except'"),
    ("def main {\n  log \"abc\n}\nrun main\n", "2:7: expected a closing \", found the end of the line"),
    ("def main {\n  log \x1b[2J\n}\nrun main\n", "2:7: expected text, found the control character 0x1b"),
    ("def main {\n  wait_all h\n}\nrun main\n",
     "2:12: expected a time in ms or '-', from 0 to 1000000000000, found 'h'"),
    ("def main {\n  await\n}\nrun main\n", "2:8: expected the name of a handle, found the end of the line"),
    ("def main {\n}\n", "3:1: expected run and the name of a body, found the end of the program"),
    ("def main {\n}\ndef main {\n}\nrun main\n", "3:5: expected a body of another name, found 'main'"),
    ("lock L\nlock L\nrun main\n", "2:6: expected an object of another name, found 'L'"),
    ("run main\nrun main\n", "2:1: expected one 'run' at most, found 'run'"),
    ("run x\n", "1:5: expected the name of a def, found 'x'"),
    ("lok L\n", "1:1: expected a declaration, def or run, found 'lok'"),
    ("lock L 5\ndef main {\n}\nrun main\n", "1:8: expected the end of the line, found '5'"),
    ("barrier B 0\ndef main {\n}\nrun main\n", "1:11: expected parties from 1 to 1000000, found '0'"),
    ("param N 0\nbarrier B $N\ndef main {\n}\nrun main\n",
     "1:9: expected a default from 1 to 1000000, found '0'"),
    ("sem S $M\ndef main {\n}\nrun main\n", "1:7: expected the name of a parameter behind the $, found '$M'"),
    ("def main {\n" + "  group {\n" * 70 + "run main\n", "65:1: expected at most 64 blocks in each other, found more"),
    ("def main {\n  log" + " x" * 300 + "\n}\nrun main\n", "2:519: expected at most 257 words in a line, found more"),
    ("def main {\n  spawn " + "h" * 65 + " main\n}\nrun main\n",
     "2:9: expected a name of at most 64 bytes, found '" + "h" * 40 + "...'"),
]

RACE = """\
title two tasks, one counter
question How much does it count?
param ROUNDS 3
param PAUSE 0
var total 0
def worker {
  repeat $ROUNDS {
    read total
    sleep $PAUSE
    write total +1
  }
}
def main {
  group {
    gspawn a worker
    gspawn b worker
  }
  read total
  log of $ROUNDS rounds each
}
run main
"""


def run(*words, text=None):
    return subprocess.run([pair.GANTTOP, *words], input=text, capture_output=True, text=True, timeout=60,
                          env={**os.environ, "TERM": "dumb"})


class Language(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, text, name="program.gts"):
        path = pathlib.Path(self.folder.name) / name
        path.write_text(text)
        return str(path)

    def log(self, text, *words):
        ran = run("run", self.write(text), "--log", *words)
        self.assertEqual(ran.stderr, "")
        return ran.stdout.splitlines()

    def test_mistake__every_kind__one_line_with_the_place(self):
        for text, answer in MISTAKES:
            with self.subTest(text=text):
                path = self.write(text)
                ran = run("run", path, "--log")
                self.assertEqual((ran.returncode, ran.stdout, ran.stderr), (3, "", f"ganttop: {path}:{answer}\n"))

    def test_mistake__without_log__the_same_line(self):
        path = self.write(MISTAKES[0][0])
        for command in ("run", "explain"):
            ran = run(command, path)
            self.assertEqual((ran.returncode, ran.stderr), (3, f"ganttop: {path}:{MISTAKES[0][1]}\n"))

    def test_file__unreadable__the_reason(self):
        missing = str(pathlib.Path(self.folder.name) / "missing.gts")
        self.assertEqual(run("run", missing).stderr, f"ganttop: cannot read '{missing}': No such file or directory\n")
        zero = self.write("lock L\0\n")
        self.assertEqual(run("run", zero).stderr, f"ganttop: {zero}:1:7: expected text, found the control character 0x00\n")
        large = self.write("#" * (1 << 20) + "\n")
        self.assertEqual(run("run", large).stderr, f"ganttop: cannot read '{large}': a program has at most 1 MiB\n")

    def test_damaged__every_kind_of_byte__refused_or_run(self):
        dice = random.Random(7)
        for seed in range(150):
            text = list(program_gen.Gen(str(seed), 1).text())
            for _ in range(dice.randint(1, 4)):
                at = dice.randrange(len(text))
                text[at] = dice.choice(["", "", "{", "}", "\n", " ", "'", '"', "\\", "#", "$", "é", "\x01", text[at] * 2])
            ran = run("run", "-", "--log", text="".join(text))
            with self.subTest(seed=seed):
                self.assertIn(ran.returncode, (0, 1, 3))
                if ran.returncode == 3:
                    self.assertRegex(ran.stderr, r"\Aganttop: -:[0-9]+:[0-9]+: expected .*, found .*\n\Z")
                else:
                    self.assertEqual(ran.stderr, "")

    def test_words__quotes_and_backslashes__as_in_the_oracle(self):
        lines = self.log("def main {\n  log 'a  b' \"c \\\" d\" e\\ f g'h'i\n  log\n  return 'two words'\n}\nrun main\n")
        self.assertEqual(lines[1:4], ["0 main log a  b c \" d e f ghi", "0 main log ", "0 main end two words"])

    def test_variable__read_then_pause__an_update_is_lost(self):
        lines = self.log(RACE)
        self.assertEqual([line for line in lines if line.startswith("0 main ")][-5:],
                         ["0 main group -> ok", "0 main read total", "0 main read total -> 3",
                          "0 main log of 3 rounds each", "0 main end None"])

    def test_param__set__counts_and_is_shown(self):
        lines = self.log(RACE, "--set", "ROUNDS=2", "--set", "PAUSE=7")
        self.assertIn("7 a sleep 7 -> ok", lines)
        self.assertIn("14 main read total -> 2", lines)
        self.assertIn("14 main log of 2 rounds each", lines)

    def test_param__set_beyond_what_its_uses_take__refused(self):
        path = self.write(RACE)
        for setting, reason in (
                ("ROUNDS=-1", f"parameter 'ROUNDS' of lesson '{path}': -1 is outside 0 to 1000000"),
                ("PAUSE=1000000001", f"parameter 'PAUSE' of lesson '{path}': 1000000001 is outside 0 to 1000000000"),
                ("NOISE=1", f"lesson '{path}' has no parameter 'NOISE'; it has ROUNDS, PAUSE")):
            ran = run("run", path, "--log", "--set", setting)
            self.assertEqual((ran.returncode, ran.stderr), (2, f"ganttop: {reason}\n"))

    def test_thread__more_than_the_pool_has__wait_in_line(self):
        lines = self.log("param pool 2\ndef job {\n  thread 30\n}\ndef main {\n  group {\n"
                         "    gspawn a job\n    gspawn b job\n    gspawn c job\n    sleep 10\n  }\n  block 5\n}\nrun main\n")
        for line in ("10 main sleep 10 -> ok", "30 a thread 30 -> ok", "30 b thread 30 -> ok", "60 c thread 30 -> ok",
                     "65 main block 5 -> ok"):
            self.assertIn(line, lines)

    def test_status__failure_and_deadlock__one(self):
        for text, status in (("def main {\n}\nrun main\n", 0), ("def main {\n  raise Boom\n}\nrun main\n", 1),
                             ("future F\ndef main {\n  fwait F\n}\nrun main\n", 1)):
            path = self.write(text)
            self.assertEqual(run("run", path, "--log").returncode, status)
            self.assertEqual(run("run", path, "--plain").returncode, status)

    def test_log__with_what_does_not_go_with_it__usage(self):
        path = self.write(RACE)
        for words in (["hello", "--log"], [path, "--log", "--clock", "real"], [path, "--log", "-o", "x.gtt"]):
            ran = run("run", *words)
            self.assertEqual((ran.returncode, ran.stdout, ran.stderr.count("\n")), (2, "", 1))

    def test_recording__every_step__has_its_line(self):
        path = self.write(RACE)
        ran = run("export", path, "-f", "jsonl")
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        records = [json.loads(line) for line in ran.stdout.splitlines()]
        meta = records[0]
        self.assertEqual((meta["title"], meta["question"], meta["source"], meta["params"]),
                         ("two tasks, one counter", "How much does it count?", path, {"ROUNDS": 3, "PAUSE": 0}))
        lines = RACE.splitlines()
        tasks = [r for r in records if r["ev"] == "task"]
        self.assertEqual([(r["name"], r["file"], lines[r["line"] - 1].split()[:2]) for r in tasks[1:]],
                         [("a", path, ["gspawn", "a"]), ("b", path, ["gspawn", "b"])])
        variables = [r for r in records if r["ev"] == "var"]
        self.assertEqual({(r["op"], lines[r["line"] - 1].split()[0]) for r in variables},
                         {("read", "read"), ("write", "write"), ("write", "var")})
        waits = [r for r in records if r["ev"] == "state" and r["state"] == "waiting"]
        self.assertEqual({(r["on"], lines[r["line"] - 1].split()[0]) for r in waits}, {("group", "group")})

    def test_documentation__its_programs_and_pictures__are_what_they_say(self):
        page = PAGE.read_text()
        blocks = re.findall(r"^```(\w*)\n(.*?)^```$", page, re.M | re.S)
        programs = [text for kind, text in blocks if kind == "gts"]
        pictures = [text for kind, text in blocks if kind == ""]
        self.assertEqual((len(programs), len(pictures)), (3, 2))
        self.assertIn("0 main read total -> 3", self.log(programs[2]))
        for name, program, picture in zip(("cafe.gts", "late.gts"), programs, pictures):
            ran = run("run", self.write(program, name), "--plain")
            # the legend and what stands below it are left out
            shown = "\n".join(line.rstrip() for line in ran.stdout.splitlines()).split("\n\n")[0] + "\n"
            page = page.replace(picture, shown)
            self.assertEqual(ran.returncode, 0)
        if os.environ.get("GOLDEN") == "write":
            PAGE.write_text(page)
        self.assertEqual(page, PAGE.read_text(), "GOLDEN=write rewrites the pictures")

    def test_explain__opening_comment__is_the_text(self):
        ran = run("explain", self.write("# Watch the counter.\n# Then look again.\n" + RACE))
        self.assertEqual(ran.returncode, 0)
        self.assertIn("Watch the counter.", ran.stdout)
        self.assertIn("How much does it count?", ran.stdout)
        self.assertIn("ROUNDS", ran.stdout)


if __name__ == "__main__":
    unittest.main()
