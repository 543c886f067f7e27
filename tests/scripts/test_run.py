"""The runner of the tests counts truly: what it calls passed was run and ended well."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tree import Tree  # noqa: E402

ONE_WELL = "[==========] 1 test(s) run.\n[ RUN      ] a\n[       OK ] a\n[  PASSED  ] 1 test(s).\n"
ONE_BADLY = "[ RUN      ] b\n[  ERROR   ] --- 1 != 2\n[  FAILED  ] b\n"


class Runner(unittest.TestCase):
    def run_tests(self, programs=(), scripts=(), *arguments, **env):
        """`programs`: (name, what it prints, how it ends); `scripts`: (name, text). Returns (status, lines)."""
        with Tree("tests/run") as tree:
            tree.write("ganttop", "#!/bin/sh\n", executable=True)
            for name, prints, ends in programs:
                tree.write(f"tests/unit/{name}.c", "")
                tree.write(f"build/release/tests/unit/{name}", f"#!/bin/sh\ncat << 'END'\n{prints}END\n{ends}\n", True)
            for name, text in scripts:
                tree.write(f"tests/unit/{name}", text)
            status, output = tree.run("bash", "tests/run", *(arguments or ("release",)), **env)
            return status, output.splitlines()

    def test_program__all_well__its_tests_are_counted(self):
        status, lines = self.run_tests([("test_a", ONE_WELL + ONE_WELL, "exit 0")])
        self.assertEqual((status, lines[-1]), (0, "2 passed, 0 failed"))

    def test_program__one_fails__output_is_shown(self):
        status, lines = self.run_tests([("test_a", ONE_WELL + ONE_BADLY, "exit 1")])
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed"))
        self.assertIn("      | [  ERROR   ] --- 1 != 2", lines)

    def test_program__crashes_within_a_test__that_test_failed(self):
        status, lines = self.run_tests([("test_a", ONE_WELL + "[ RUN      ] b\n", "kill -SEGV $$")])
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed"))
        self.assertIn("killed by signal 11", "\n".join(lines))

    def test_program__all_tests_well_but_bad_status__one_failed(self):
        status, lines = self.run_tests([("test_a", ONE_WELL, "exit 23")])
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed"))

    def test_program__runs_no_test__failed(self):
        status, lines = self.run_tests([("test_a", "", "exit 0")])
        self.assertEqual((status, lines[-1]), (1, "0 passed, 1 failed"))

    def test_program__does_not_end__failed_after_the_limit(self):
        status, lines = self.run_tests([("test_a", ONE_WELL, "sleep 60")], LIMIT_S="1")
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed"))
        self.assertIn("no end within 1 s", "\n".join(lines))

    def test_program__not_built__failed(self):
        with Tree("tests/run") as tree:
            tree.write("tests/unit/test_gone.c", "")
            status, output = tree.run("bash", "tests/run", "release")
        self.assertEqual((status, output.splitlines()[-1]), (1, "0 passed, 1 failed"))
        self.assertIn("not built: build/release/tests/unit/test_gone", output)

    def test_script__its_own_count__taken(self):
        status, lines = self.run_tests([], [("a.sh", "echo '7 passed, 0 failed'\n")])
        self.assertEqual((status, lines[-1]), (0, "7 passed, 0 failed"))

    def test_script__unittest_with_a_failure__counted(self):
        text = (
            "import unittest\nclass T(unittest.TestCase):\n    def test_a(self): pass\n"
            "    def test_b(self): self.fail()\n    def test_c(self): raise OSError\nunittest.main()\n"
        )
        status, lines = self.run_tests([], [("test_a.py", text)])
        self.assertEqual((status, lines[-1]), (1, "1 passed, 2 failed"))

    def test_script__unittest_with_failing_subtests__one_test_failed(self):
        text = (
            "import unittest\nclass T(unittest.TestCase):\n    def test_a(self): pass\n    def test_b(self):\n"
            "        for i in range(5):\n            with self.subTest(i): self.fail()\nunittest.main()\n"
        )
        status, lines = self.run_tests([], [("test_a.py", text)])
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed"))

    def test_script__only_a_status__counts_as_one(self):
        status, lines = self.run_tests([], [("a.sh", "exit 0\n"), ("b.sh", "exit 1\n")])
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed"))

    def test_script__its_environment__pinned(self):
        text = (
            'test "$LC_ALL $TERM $TZ" = "C.UTF-8 xterm-256color UTC" && test -z "${NO_COLOR+x}${LINES+x}${COLUMNS+x}" &&\n'
            'test -d "$HOME" && test "$HOME" != /nowhere && test -x "$GANTTOP"\n'
        )
        status, lines = self.run_tests([], [("a.sh", text)], NO_COLOR="1", LINES="9", COLUMNS="9", HOME="/nowhere")
        self.assertEqual((status, lines[-1]), (0, "1 passed, 0 failed"))

    def test_arguments__a_folder__only_it_is_run(self):
        status, lines = self.run_tests(
            [("test_a", ONE_WELL, "exit 0"), ("test_b", ONE_BADLY, "exit 1")], [], "release", "tests/unit/test_a"
        )
        self.assertEqual((status, lines[-1]), (0, "1 passed, 0 failed"))

    def test_nothing_to_run__is_not_success(self):
        status, lines = self.run_tests([], [])
        self.assertEqual((status, lines[-1]), (1, "0 passed, 0 failed"))

    def test_arguments__neither_flavour_nor_test__usage(self):
        status, lines = self.run_tests([], [], "fastest")
        self.assertEqual((status, lines), (2, ["tests/run: 'fastest' is neither a flavour nor below tests/"]))


if __name__ == "__main__":
    unittest.main()
