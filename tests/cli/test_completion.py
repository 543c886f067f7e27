"""Completion in bash: what the program's own help names is offered, and files where files are meant."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest

import cli

SCRIPT = os.path.join(os.path.dirname(__file__), "..", "..", "completions", "ganttop.bash")
PROBE = """
. "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_ganttop ganttop "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@unittest.skipUnless(shutil.which("bash"), "no bash")
class Bash(unittest.TestCase):
    def offered(self, *words):
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(os.path.abspath(cli.PROGRAM), os.path.join(folder, "ganttop"))
            for name in ("a.gtt", "b.gts", "c.json"):
                with open(os.path.join(folder, name), "w", encoding="ascii"):
                    pass
            path = folder + os.pathsep + os.environ["PATH"]
            done = subprocess.run(
                ["bash", "-c", PROBE, "probe", os.path.abspath(SCRIPT), "ganttop", *words],
                env={**os.environ, "PATH": path}, cwd=folder, capture_output=True, text=True, timeout=60, check=True)
            self.assertEqual("", done.stderr)
            return set(done.stdout.split())

    def test_first_word__nothing_typed__every_command_of_the_help(self):
        commands = set(re.findall(r"^  ganttop ([a-z]+)", cli.run("--help").out.decode(), re.M))
        self.assertIn("compare", commands)
        self.assertEqual(commands, self.offered(""))

    def test_option__of_each_command__those_that_its_help_names(self):
        for command, some in (("run", {"--share", "--quiz", "--policy", "-o"}), ("export", {"--from", "-f"}),
                              ("worksheet", {"--key"}), ("compare", {"--set"}), ("view", {"--axis"})):
            with self.subTest(command=command):
                offered = self.offered(command, "-")
                self.assertLessEqual(some, offered)
                self.assertEqual(offered, {word for word in offered if word in cli.run(command, "--help").out.decode()})

    def test_operand__lessons_and_the_files_that_fit(self):
        rows = (("run", {"semaphore", "b.gts"}, {"a.gtt"}), ("view", {"a.gtt", "c.json"}, {"semaphore"}),
                ("compare", {"semaphore", "a.gtt"}, set()), ("explain", {"semaphore"}, {"a.gtt"}))
        for command, wanted, unwanted in rows:
            with self.subTest(command=command):
                offered = self.offered(command, "")
                self.assertLessEqual(wanted, offered)
                self.assertFalse(unwanted & offered)

    def test_value__of_an_option__what_it_takes(self):
        rows = ((("export", "semaphore", "-f", ""), "perfetto"), (("worksheet", "sharing", "-f", ""), "md"),
                (("check", "-W", "bl"), "blocked-loop"), (("run", "semaphore", "--policy", "m"), "manual"))
        for words, wanted in rows:
            with self.subTest(words=words):
                self.assertIn(wanted, self.offered(*words))


if __name__ == "__main__":
    unittest.main()
