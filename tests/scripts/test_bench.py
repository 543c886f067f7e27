"""The scripts of bench/: memory is touched within what is there, the table has the columns that were measured, and the floor does its work."""
import os
import platform
import shlex
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "bench"))
import compare  # noqa: E402
import warm  # noqa: E402

MIB = 1 << 20


class Warm(unittest.TestCase):
    def touch(self, most_bytes, available_bytes):
        with mock.patch.object(warm, "available_bytes", return_value=available_bytes):
            return warm.touch(most_bytes)

    def test_touch__enough_is_there__all_that_was_asked_for(self):
        self.assertEqual(self.touch(2 * MIB, 64 * MIB), 2 * MIB)

    def test_touch__less_is_there__half_of_it_in_whole_pages(self):
        n_bytes = self.touch(64 * MIB, 2 * MIB + 3)
        self.assertEqual(n_bytes, MIB)

    def test_touch__nothing_to_touch__nothing_is(self):
        self.assertEqual([self.touch(0, MIB), self.touch(MIB, 0), self.touch(1, MIB)], [0, 0, 0])

    def test_available__a_limit_of_the_group__counts(self):
        limits = {"/sys/fs/cgroup/memory.max": 3 * MIB, "/sys/fs/cgroup/memory.current": MIB}
        with mock.patch.object(warm, "read_number", side_effect=limits.get):
            self.assertEqual(warm.available_bytes(), 2 * MIB)
            limits["/sys/fs/cgroup/memory.current"] = 4 * MIB
            self.assertEqual(warm.available_bytes(), 0)

    def test_warm__not_a_number__said_with_status_2(self):
        for word in ("x", "-1", ""):
            done = subprocess.run(
                [sys.executable, os.path.join(ROOT, "bench", "warm.py"), word],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            self.assertEqual((done.returncode, done.stdout), (2, f"warm: '{word}' is not a number of MiB\n"))


class Table(unittest.TestCase):
    def cells(self, found, names, workload):
        """Return what stands in the row of a workload, by the name of the column."""
        values = {(workload, "ns", name): value for name, value in found.items()}
        lines = compare.table(values, names, [workload])
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        self.assertEqual(len({len(row) for row in rows}), 1, lines)
        return dict(zip(rows[0], rows[2]))

    def test_table__with_the_floor__two_columns_and_two_ratios(self):
        found = {"off": 8.0, "on": 30.0, "floor": 4.0, "floor on": 10.0, "Go": 80.0}
        row = self.cells(found, ["off", "on", "floor", "floor on", "Go"], "yield-2")
        self.assertEqual((row["floor"], row["floor on"]), ("4.0", "10.0"))
        self.assertEqual((row["off / floor"], row["on / floor on"]), ("2.00", "3.00"))
        self.assertEqual(row["off / Go (target)"], "0.10 (reached: 0.21)")

    def test_table__without_the_floor__no_column_of_it(self):
        row = self.cells({"off": 8.0, "on": 30.0}, ["off", "on"], "yield-2")
        self.assertFalse([name for name in row if "floor" in name])

    def test_table__work_that_the_floor_does_not_know__empty_cells(self):
        values = {("timers", "cpu_ms", "off"): 300.0, ("lateness", "earliest_us", "off"): 12.0}
        lines = compare.table(values, ["off", "on", "floor", "floor on"], ["timers", "lateness"])
        self.assertEqual(len({line.count("|") for line in lines}), 1, lines)
        self.assertNotIn("0.00", "".join(lines))


@unittest.skipUnless(platform.machine() in ("x86_64", "AMD64"), "its switch is written for x86-64")
class Floor(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.program = os.path.join(cls.folder.name, "peers", "floor")
        os.mkdir(os.path.dirname(cls.program))
        sources = [os.path.join(ROOT, "bench", name) for name in ("peers/floor.c", "measure.c")]
        command = [*shlex.split(os.environ.get("CC", "cc")), "-O2", "-std=c11", "-D_GNU_SOURCE", "-I", ROOT, "-o", cls.program, *sources]
        subprocess.run(command, check=True)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def records(self, workload):
        command = [self.program, workload, "on"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=100)
        return compare.results(done.stdout)["records"]

    def test_floor__recorded__as_many_records_as_bench_runtimes_says(self):
        for workload, n in (("yield-2", 2), ("spawn-join", 7), ("alive-4000", 7), ("queue-1", 3.33), ("lock", 9.01)):
            with self.subTest(workload):
                self.assertAlmostEqual(self.records(workload), n, places=2)

    def test_floor__not_recorded__a_time_and_no_records(self):
        done = subprocess.run([self.program, "queue-100"], stdout=subprocess.PIPE, text=True, check=True)
        self.assertEqual(list(compare.results(done.stdout)), ["ns"])

    def test_floor__unknown_work__answered_with_nothing(self):
        for words in (["timers"], ["timers", "on"], [""], []):
            done = subprocess.run([self.program, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            self.assertEqual((done.returncode, done.stdout), (0, b""))

    def test_find_floor__there_broken_and_missing__only_the_first_is_taken(self):
        self.assertEqual(compare.find_floor(self.folder.name), self.program)
        with tempfile.TemporaryDirectory() as other:
            self.assertIsNone(compare.find_floor(other))
            os.mkdir(os.path.join(other, "peers"))
            os.symlink("/bin/false", os.path.join(other, "peers", "floor"))
            self.assertIsNone(compare.find_floor(other))


if __name__ == "__main__":
    unittest.main()
