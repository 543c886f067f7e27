"""What a run leaves behind: the same bytes each time, the right end, and something readable whatever happened."""

import contextlib
import json
import os
import random
import resource
import select
import signal
import subprocess
import time
import unittest

import cli
import recording as r
from cli import FLAVOUR, PATIENCE_S, Case, finish, run, start

MS = 1_000_000
FORMATS = ("jsonl", "text", "chrome", "svg")


class End(unittest.TestCase):
    """The times that the lessons are known for."""

    ROWS = [
        (("sequential",), 1800),
        (("concurrent",), 1000),
        (("semaphore",), 900),
        (("semaphore", "--set", "tasks=9", "--set", "permits=3", "--set", "hold=500"), 1500),
        (("semaphore", "--set", "tasks=10", "--set", "permits=3", "--set", "hold=1000"), 4000),
        (("shield",), 500),
    ]

    def test_export__last_event__is_at_the_known_time(self):
        for args, end_ms in self.ROWS:
            with self.subTest(args=args):
                self.assertEqual(end_ms * MS, cli.events(*args)[-1]["t"])

    def test_export__parameters__are_in_the_first_line(self):
        first = cli.events("semaphore", "--set", "tasks=9")[0]
        self.assertEqual("9", str(first["params"]["tasks"]))
        self.assertEqual("2", str(first["params"]["permits"]))


class Same(Case):
    """The same lesson, parameters and seed: the same bytes."""

    def test_export__twice__the_same_bytes(self):
        for number, lesson in enumerate(cli.some(cli.repeatable(cli.lessons()))):
            for form in FORMATS if number % 8 == 0 else ("jsonl",):
                with self.subTest(lesson=lesson, form=form):
                    one, two = run("export", lesson, "-f", form), run("export", lesson, "-f", form)
                    self.assertIn(one.status, (0, 1), one.err)  # 1: a lesson on deadlock
                    self.assertTrue(one.out)
                    self.assertEqual(one.out, two.out)

    def test_record__twice__the_same_bytes(self):
        for lesson in cli.some(cli.repeatable(cli.lessons())):
            with self.subTest(lesson=lesson):
                with open(self.record(lesson, "1.gtt"), "rb") as one, open(self.record(lesson, "2.gtt"), "rb") as two:
                    self.assertEqual(one.read(), two.read())

    def test_export__of_the_recording_and_of_the_lesson__the_same(self):
        for form in FORMATS:
            with self.subTest(form=form):
                self.assertEqual(
                    run("export", "queue", "-f", form).out, run("export", self.record("queue"), "-f", form).out
                )

    def test_export__to_a_file__what_standard_output_gets(self):
        for form in FORMATS:
            result = run("export", "queue", "-f", form, "-o", self.path("out"))
            self.assertEqual((0, b""), (result.status, result.out))
            with open(self.path("out"), "rb") as file:
                self.assertEqual(run("export", "queue", "-f", form).out, file.read())

    def test_export__another_locale_and_zone__the_same_bytes(self):
        for form in ("jsonl", "chrome", "svg"):
            env = {"LC_ALL": "C", "TZ": "Asia/Tokyo", "PATH": "/usr/bin:/bin", "TERM": "dumb", "NO_COLOR": "1"}
            self.assertEqual(run("export", "queue", "-f", form).out, run("export", "queue", "-f", form, env=env).out)

    def test_paced__same_events_as_virtual(self):
        """Pacing holds the virtual clock to wall time; it does not change what happens, or when."""
        path = self.path("paced.gtt")
        result = run("run", "semaphore", "--clock", "paced", "--speed", "10", "--plain", "-o", path)
        self.assertEqual(0, result.status, result.err)
        self.assertEqual(cli.events("semaphore")[1:], cli.events(path)[1:])

    def test_view__a_finished_recording__is_not_changed_by_it(self):
        path = self.record()
        with open(path, "rb") as file:
            before = file.read()
        os.chmod(path, 0o444)
        self.assertEqual(0, run("view", "--plain", path).status)
        with open(path, "rb") as file:
            self.assertEqual(before, file.read())


class Killed(Case):
    """kill -9 of the recording program leaves everything up to its last transition."""

    def wait_for_writer(self, path, process, enough):
        """The writer's process id, once it has published `enough` slots."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and process.poll() is None:
            with contextlib.suppress(FileNotFoundError):  # it is made twice: by the viewer, then by the writer
                with open(path, "rb") as file:
                    data = file.read()
                if len(data) > r.HEADER_BYTES and len(list(r.slots(data))) >= enough:
                    return r.number(data, r.PID)
            time.sleep(0.005)
        self.fail("the program records nothing")

    def kill_and_read(self, enough):
        path = self.path("killed.gtt")
        process = start("run", "semaphore", "--clock", "paced", "--plain", "-o", path)
        pid = self.wait_for_writer(path, process, enough)
        self.assertGreater(pid, 0)
        os.kill(pid, signal.SIGKILL)
        return path, finish(process)

    def test_kill__while_recording__a_prefix_of_the_whole_run(self):
        whole = cli.events("semaphore")
        path, result = self.kill_and_read(30)
        self.assertEqual(1, result.status, result)
        self.assertIn(b"killed", result.out + result.err)
        read = run("export", path, "-f", "jsonl")
        self.assertEqual((0, b""), (read.status, read.err))
        lines = [json.loads(line) for line in read.out.splitlines()]
        if lines[-1]["ev"] == "end":
            self.assertEqual("killed", lines.pop()["status"])
        self.assertGreater(len(lines), 10)
        self.assertLess(len(lines), len(whole))
        self.assertEqual(whole[1 : len(lines)], lines[1:])

    def test_kill__at_many_moments__always_a_prefix(self):
        """KILLS=500 is the long run. The moment is where the file stands, not the clock, so that all of a run is met."""
        n = int(os.environ.get("KILLS", "20"))
        settings = ("--set", "tasks=40", "--set", "hold=10")
        full = self.path("full.gtt")
        run("run", "semaphore", *settings, "--clock", "virtual", "--plain", "-o", full)
        whole = [json.loads(line) for line in run("export", full, "-f", "jsonl").out.splitlines()][1:]
        with open(full, "rb") as file:
            n_slots = len(list(r.slots(file.read())))
        chance = random.Random(int(os.environ.get("SEED", "6")))
        seen = set()
        for i in range(n):
            path = self.path(f"killed-{i}.gtt")
            process = start("run", "semaphore", *settings, "--clock", "paced", "--plain", "-o", path)
            pid = self.wait_for_writer(path, process, chance.randrange(1, n_slots * 3 // 4))
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            finish(process)
            read = run("export", path, "-f", "jsonl")
            self.assertEqual((0, b""), (read.status, read.err))
            lines = [json.loads(line) for line in read.out.splitlines()][1:]
            if lines and lines[-1]["ev"] == "end" and lines[-1]["status"] == "killed":
                lines.pop()
            self.assertEqual(whole[: len(lines)], lines)
            seen.add(len(lines))
            os.unlink(path)
        self.assertGreater(len(seen), 3)  # what happens at one time is published at once

    def test_kill__of_a_ring__always_a_whole_recording(self):
        n = int(os.environ.get("KILLS", "20"))
        settings = ("--set", "ticks=1000", "--set", "every=1")
        chance = random.Random(int(os.environ.get("SEED", "7")))
        for i in range(n):
            path = self.path(f"ring-{i}.gtt")
            process = start("run", "blocking", *settings, "--clock", "paced", "--speed", "20", "--plain", "--ring", "64k",
                            "-o", path)
            pid = self.wait_for_writer(path, process, chance.randrange(100, 1000))
            for _ in range(chance.randrange(0, 2000)):
                os.path.exists(path)  # a moment that is nobody's
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            finish(process)
            self.assertLessEqual(os.path.getsize(path), 65536)
            read = run("export", path, "-f", "jsonl")
            self.assertEqual((0, b""), (read.status, read.err))
            events = [json.loads(line) for line in read.out.splitlines()]
            tasks = {e["task"] for e in events if e["ev"] == "task"}
            self.assertLessEqual({e["task"] for e in events if e["ev"] == "state"}, tasks)

    def test_two_writers__one_file__the_second_is_refused(self):
        path = self.path("one.gtt")
        first = start("run", "semaphore", "--clock", "paced", "--plain", "-o", path)
        self.wait_for_writer(path, first, 5)
        second = run("run", "hello", "--plain", "-o", path)
        self.assertEqual(1, second.status)
        self.assertIn(b"another program is recording into it", second.err)
        self.assertEqual(1, second.err.count(b"\n"))
        self.assertEqual(0, finish(first).status)
        self.assertIn(b'"end"', run("export", path, "-f", "jsonl").out)

    def test_kill__while_recording__view_shows_it(self):
        path, _ = self.kill_and_read(30)
        for args in (("view", "--plain", path), ("export", path, "-f", "svg"), ("export", path, "-f", "text")):
            with self.subTest(args=args[0]):
                result = run(*args)
                self.assertEqual((0, b""), (result.status, result.err))
                self.assertIn(b"five tasks, two permits" if args[-1] == "svg" else b"Task 4", result.out)

    def test_kill__of_the_whole_program__leaves_no_process(self):
        """The child dies with the viewer, or ends by itself; and the recording is readable."""
        path = self.path("killed.gtt")
        process = start("run", "semaphore", "--clock", "paced", "--plain", "-o", path)
        pid = self.wait_for_writer(path, process, 30)
        process.kill()
        finish(process)
        end = time.monotonic() + PATIENCE_S
        while os.path.exists(f"/proc/{pid}") and not self.is_zombie(pid):
            self.assertLess(time.monotonic(), end, "the lesson runs on alone")
            time.sleep(0.01)
        self.assertEqual(0, run("export", path, "-f", "jsonl").status)

    def is_zombie(self, pid):
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii") as file:
                return file.read().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            return True


class Full(Case):
    """A full disk costs the recording and one message, not the run."""

    def run_on(self, path, *args, **options):
        return run("run", "blocking", "--set", "ticks=1000", "--set", "every=10", "--clock", "virtual", "--plain",
                   "-o", path, *args, **options)

    def assert_one_message(self, result):
        self.assertEqual(0, result.status, result)
        self.assertEqual(1, result.err.count(b"\n"), result.err)
        self.assertRegex(result.err, rb"No space|File too large|too large|full")
        self.assertTrue(result.out)

    def limit(self, n):
        def limited():
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_FSIZE, (n, n))

        return limited

    def test_file_size_limit__one_message_and_exit_0(self):
        # under ThreadSanitizer no program begins when files may have no bytes: its own memory is one
        least = () if FLAVOUR == "tsan" else (0,)
        for n in (*least, 2048, 4096, 10000, 65536, 200000):
            with self.subTest(limit=n):
                self.assert_one_message(self.run_on(self.path("full.gtt"), preexec_fn=self.limit(n)))

    def test_small_disk__one_message_and_exit_0(self):
        disk = self.path("disk")
        os.mkdir(disk)
        if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk],
                                          stderr=subprocess.DEVNULL, check=False).returncode:
            self.skipTest("may not mount")
        try:
            self.assert_one_message(self.run_on(os.path.join(disk, "full.gtt")))
            result = run("view", "--plain", os.path.join(disk, "full.gtt"))
            self.assertIn(result.status, (0, 3))
        finally:
            subprocess.run(["umount", disk], check=True)

    def test_dev_full__one_message(self):
        result = self.run_on("/dev/full")
        self.assertIn(result.status, (0, 1, 3))
        self.assertEqual(1, result.err.count(b"\n"), result.err)

    def test_export__standard_output_full__one_line_and_exit_1(self):
        for form in FORMATS:
            with self.subTest(form=form), open("/dev/full", "wb") as full:
                result = run("export", "semaphore", "-f", form, stdout=full)
                self.assertEqual(1, result.status)
                self.assertEqual(1, result.err.count(b"\n"), result.err)
                self.assertIn(b"No space", result.err)


class Pipe(Case):
    def test_reader_goes_away__quiet(self):
        """As with `| head -1`: no message, no core, and no waiting."""
        commands = [("list",), ("run", "semaphore", "--plain"), ("explain", "semaphore"), ("--help",)]
        commands += [("export", "blocking", "--set", "ticks=1000", "-f", form) for form in FORMATS]
        for command in commands:
            with self.subTest(command=command):
                ends = os.pipe()
                os.close(ends[0])
                with os.fdopen(ends[1], "wb") as closed:
                    result = run(*command, stdout=closed)
                self.assertEqual(b"", result.err)
                self.assertIn(result.status, (0, 1, -signal.SIGPIPE, 128 + signal.SIGPIPE))

    def test_standard_streams__closed__an_output_that_is_lost_is_an_error(self):
        for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
            with self.subTest(closed=closed):
                done = subprocess.run(["sh", "-c", f'"$0" run semaphore --plain -o "$1" {closed}', cli.PROGRAM,
                                       self.path("x.gtt")], capture_output=True, timeout=PATIENCE_S, check=False)
                self.assertEqual(1 if closed in (">&-", "<&- >&- 2>&-") else 0, done.returncode)
                if closed == ">&-":
                    self.assertEqual(b"ganttop: cannot write standard output: Bad file descriptor\n", done.stderr)
                read = run("export", self.path("x.gtt"), "-f", "jsonl")
                self.assertEqual(0, read.status, read.err)

    def test_export__a_growing_recording__ends(self):
        """A snapshot of what is there; it does not wait for the run's end."""
        path = self.path("growing.gtt")
        process = start("run", "semaphore", "--clock", "paced", "--speed", "0.1", "--plain", "-o", path)
        try:
            end = time.monotonic() + PATIENCE_S
            while not (os.path.exists(path) and os.path.getsize(path) > r.HEADER_BYTES):
                self.assertLess(time.monotonic(), end)
                time.sleep(0.005)
            result = run("export", path, "-f", "jsonl")
            self.assertEqual(0, result.status, result.err)
            self.assertIsNone(process.poll())
        finally:
            process.terminate()
            finish(process)

    def test_terminate__plain_run__ends_at_once(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(signal=number):
                process = start("run", "semaphore", "--clock", "paced", "--speed", "0.01", "--plain", "-o", self.path("s.gtt"))
                while not os.path.exists(self.path("s.gtt")):
                    select.select([], [], [], 0.005)
                process.send_signal(number)
                self.assertNotEqual(0, finish(process).status)
                os.remove(self.path("s.gtt"))


if __name__ == "__main__":
    unittest.main()
