"""Every function of ganttop.h that takes a handle stands in the table of test_misuse.c."""
import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HANDLES = ("task", "lock", "sem", "event", "cond", "barrier", "queue", "future", "gen", "coro", "timer", "timeout",
           "group", "completion", "thread_lock", "file", "listener", "stream", "process")

# Those that end a scope are looked at by themselves, gt_gen_create's kin only hand a handle out, and the cleanups keep one for later.
ELSEWHERE = {"gt_timeout_exit", "gt_group_exit"}


def prototypes():
    """Yield the name and the parameters of every function of the header."""
    text = (ROOT / "runtime/ganttop.h").read_text()
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"^#.*?[^\\]$", "", text, flags=re.S | re.M)
    for match in re.finditer(r"\b(gt_[a-z_]+)\(((?:[^()]|\([^()]*\))*)\)", text):
        yield match.group(1), match.group(2)


class Table(unittest.TestCase):
    def test_every_function_that_takes_a_handle_is_in_it(self):
        table = set(re.findall(r"X\((gt_\w+),", (ROOT / "tests/runtime/test_misuse.c").read_text()))
        takes = {name for name, parameters in prototypes()
                 if any(re.search(rf"struct gt_{handle} \*(?:const )?\w*(\[|,|$)", parameters) for handle in HANDLES)}
        takes = {name for name in takes if not name.startswith("gt_cleanup_") and name not in ("gt_tasks", "gt_done_callback", "gt_future_callback", "gt_gen_body")}
        self.assertGreater(len(takes), 90)
        self.assertEqual(sorted(takes - table - ELSEWHERE), [])


if __name__ == "__main__":
    unittest.main()
