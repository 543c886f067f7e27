"""Every function of ganttop.h is called by the programs that test_memory.c runs with each of their allocations failing."""
import re
import unittest

from test_misuse_table import ROOT, prototypes

# Types of functions; what GT_RELEASE_AT_EXIT calls by itself, which the programs use for everything that it takes; what a program in C++ has for
# GT_OPTIONS_INIT.
ELSEWHERE = {"gt_body", "gt_callback", "gt_done_callback", "gt_future_callback", "gt_gen_body", "gt_predicate", "gt_cleanup_run",
             "gt_options", "gt_options_init"}


class Table(unittest.TestCase):
    def setUp(self):
        programs = [*(ROOT / "tests/runtime").glob("bodies*.c"), ROOT / "tests/runtime/test_memory.c"]
        self.text = "".join(path.read_text() for path in programs)

    def test_every_function_is_called(self):
        called = set(re.findall(r"\b(gt_\w+)\(", self.text))
        public = {name for name, _ in prototypes() if not name.startswith("gt_cleanup_")}
        self.assertGreater(len(public), 170)
        self.assertEqual(sorted(public - called - ELSEWHERE), [])

    def test_everything_that_a_scope_gives_back_is_given_back(self):
        kinds = {name.removeprefix("gt_cleanup_") for name, _ in prototypes() if name.startswith("gt_cleanup_")} - {"run"}
        given = set(re.findall(r"struct gt_(\w+) \*(\w+)", self.text))
        names = set(re.findall(r"GT_RELEASE_AT_EXIT\((\w+)\)", self.text))
        self.assertEqual(sorted(kinds - {kind for kind, name in given if name in names}), [])


if __name__ == "__main__":
    unittest.main()
