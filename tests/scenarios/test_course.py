#!/usr/bin/env python3
"""The lines that each lesson of the course promises: who says what, and when, with the default parameters.

The twins agree with their lessons line by line (test_twins.py), so a lesson and its twin could change together. This is the
table that they are not to leave: the numbers that the course names.
"""
import glob
import json
import os
import signal
import subprocess
import tempfile
import unittest

GANTTOP = os.environ.get("GANTTOP", "./ganttop")

# lesson, or "lesson name=value": lines as "ms task text", in the order of the log. Each must be there, others may stand between.
COURSE = {
    "hello": ["0 main Hello, world", "1000 main Goodbye, world", "1000 main greet returned WORLD"],
    "never-awaited": ["100 main send ends", "300 main 1 of 2 mails were sent"],
    "chain": ["500 main processes 21", "700 main the result is 42"],
    "calculator": ["100 main 1 + 2 = 3", "200 main 3 + 4 = 7"],
    "callbacks": ["0 loop called soon", "100 loop called later", "200 main is done"],
    "call-order": ["0 loop soon 1", "0 loop soon 2", "0 task the task", "0 main after sleep(0), 1", "0 loop later 0"],
    "starts-late": ["0 main created Task 2", "100 Task 0 starts", "100 Task 1 starts", "100 Task 2 starts"],
    "no-yield": ["50 hog await 0 is over", "150 hog await 2 is over", "150 other has its turn"],
    "sequential": ["1000 main A has its answer", "1500 main B has its answer", "1800 main C has its answer"],
    "concurrent": ["300 fetch C C has its answer", "500 fetch B B has its answer", "1000 fetch A A has its answer"],
    "create-task": ["1000 B ends", "2000 A ends"],
    "background": ["200 main waits for the task", "1000 background is done"],
    "create-then-await": ["500 Task 1 ends", "500 Task 2 starts", "1000 Task 2 ends"],
    "gather": ["100 B ends with 2", "200 C ends with 3", "300 A ends with 1", "300 main results: 1 2 3"],
    "gather-error": ["0 main gather raised ValueError: B is broken", "100 A ends as if nothing had happened"],
    "taskgroup-error": ["0 A is cancelled", "0 C is cancelled", "0 main the group raised 1 error"],
    "gather-exceptions": ["100 main A: a result", "100 main B: ValueError: B is broken", "100 main C: a result"],
    "taskgroup": ["1000 main is behind the group"],
    "wait-first": ["100 main A is pending", "100 main C is pending", "200 C is done", "300 A is done"],
    "as-completed": ["100 main result 1 of 3: 1", "200 main result 2 of 3: 2", "300 main result 3 of 3: 3"],
    "comprehension": ["50 main f(0) = 0", "250 main f(4) = 16"],
    "semaphore": ["0 Task 1 Acquired semaphore", "300 Task 2 Acquired semaphore", "600 Task 4 Acquired semaphore",
                  "900 Task 4 Releasing semaphore"],
    "race": ["300 main the counter is 3 of 6"],
    "lock": ["600 main the counter is 6 of 6"],
    "no-lock-needed": ["100 main the counter is 10 of 10"],
    "event": ["500 waiter 1 goes on", "500 waiter 2 goes on"],
    "condition": ["200 consumer 1 takes an item", "200 consumer 2 wakes, sees 0"],
    "barrier": ["100 runner 1 arrives", "300 runner 3 goes on, was number 2", "300 runner 2 goes on, was number 1"],
    "rate-semaphore": ["0 request 5 start 5", "200 request 10 start 10", "400 main 10 requests in 400 ms"],
    "token-bucket": ["0 request 1 start 1", "800 request 5 start 5", "1800 request 10 start 10"],
    "token-bucket naive=1 burst=5 requests=15": ["0 request 5 start 5", "200 request 15 start 15"],
    "deadlock": ["100 A to B wants its second lock", "100 loop deadlock"],
    "nested-semaphore": ["200 page 0.0.0 has a permit", "300 loop deadlock"],
    "herd": [f"{100 + ms} Task {i} is done, {ms} ms after the event" for i, ms in enumerate((20, 40, 60, 80, 100))],
    "priority-inversion": ["50 high wants the lock", "280 high has the lock, after 230 ms"],
    "check-then-act": ["100 main the backend was called 8 times"],
    "queue": ["0 producer put 2", "0 consumer got 0", "0 producer put 3", "500 consumer got the sentinel"],
    "producers-consumers": ["100 consumer 1 takes 1.1", "100 consumer 2 takes 2.1", "300 main the producers are done"],
    "slow-consumers": ["9000 producer item 9, backlog 1", "11000 main all items are done"],
    "worker-pool": ["0 worker 1 job 0", "100 worker 1 job 3", "200 worker 1 job 6", "300 worker 1 job 9",
                    "400 main all jobs are done"],
    "pipeline": ["280 save item 0", "430 save item 1", "1030 save item 5"],
    "join-hang": ["100 consumer skips item 2", "200 loop deadlock"],
    "priority-queue": ["10 guest orders 1", "100 server serves 1", "200 server serves 6"],
    "wait-for": ["500 operation cancelled", "500 main timed out, going on without it"],
    "cancel": ["500 main cancel: requested", "500 worker cancelled, cleans up", "600 main the worker was cancelled"],
    "swallow": ["250 main has a result all the same"],
    "slow-cleanup": ["100 operation cancelled, closes its files", "400 main timed out"],
    "shield": ["100 waiter cancelled", "500 work is done"],
    "shield-shutdown": ["200 save is cancelled: half of it is saved"],
    "shutdown": ["500 heartbeat stops after 2 of 5 steps", "500 main the service is down"],
    "fire-and-forget": ["100 sender is cancelled: the report is lost"],
    "late-timeout": ["520 main timed out after 520 ms"],
    "timeout-no-await": ["300 main there was no timeout"],
    "blocking": ["200 ticker 3 tick 2", "1250 ticker 1 tick 3, 950 ms late"],
    "to-thread": ["300 ticker 1 tick 3", "1250 report has computed"],
    "executor": ["600 job B has the result", "1000 job A has the result"],
    "pool-full": [f"{ms} job {i} has the result" for i, ms in enumerate((100, 100, 200, 200, 300), 1)],
    "thread-cancel": ["100 saver is cancelled", "500 main the file is saved"],
    "cpu-bound": ["250 Task 0 is done", "1000 Task 3 is done"],
    "processes": ["250 Task 0 is done", "250 Task 3 is done"],
    "gil": ["985 Task 0 has the result", "1000 Task 3 has the result"],
    "sleep-is-a-lower-bound": [f"{ms} Task {i} slept for {ms} ms" for i, ms in enumerate((50, 70, 90, 110), 1)],
    "retry": ["150 main try 2", "350 main try 3", "450 main has an answer"],
    "downloader": ["1000 main all 30 chunks are there"],
    "countdown": ["3000 tea rings", "5000 egg rings"],
    "context-manager": ["300 badly closed", "300 badly behind it: no such table", "400 well closed"],
    "iterator": ["100 main has 1", "300 main has 3", "300 main is behind the loop"],
    "generator": ["300 main is behind the loop", "300 aclose finally: closes the connection"],
    "generator close=1": ["300 main finally: closes the connection", "300 main is behind the loop"],
    "benchmark": ["1000 main one after the other: 1000 ms", "1020 main together: 20 ms", "1280 main on threads: 260 ms"],
    "policies": ["310 main waiting: 190 ms on average, 250 ms at most"],
    "policies policy=1": ["310 main waiting: 55 ms on average, 190 ms at most"],
    "starvation": ["200 old has its turn at last, at 200 ms"],
    "fairness": ["520 main the longest that a polite one stood ready: 120 ms"],
}

# What the texts and notes of the lessons say of other settings: "try --set ...".
COURSE |= {
    "never-awaited after=60000": ["60100 main 1 of 2 mails were sent"],
    "callbacks later=300": ["200 main is done", "200 loop finished"],
    "starts-late work=0": ["0 main has worked, and waits now", "0 Task 0 starts", "0 Task 2 starts"],
    "background own=1500": ["1000 background is done", "1500 main had to wait for 0 ms"],
    "semaphore tasks=9 permits=3 hold=500": ["1500 Task 8 Releasing semaphore", "1500 loop finished"],
    "semaphore tasks=10 permits=3 hold=1000": ["4000 Task 9 Releasing semaphore", "4000 loop finished"],
    "event clear=1": ["500 main clears it at once", "500 waiter 1 goes on", "500 waiter 2 goes on"],
    "condition recheck=0": ["200 consumer 2 fails: pop from empty list", "200 loop failed"],
    "barrier parties=4": ["300 runner 3 arrives", "300 loop deadlock"],
    "rate-semaphore requests=100": ["800 request 25 start 25", "1000 request 26 start 26"],
    "token-bucket naive=1": ["0 request 1 start 1", "200 request 2 start 2", "200 request 10 start 10"],
    "token-bucket burst=5": ["0 request 5 start 5", "200 request 6 start 6", "400 request 7 start 7"],
    "deadlock ordered=1": ["200 A to B is done", "400 B to A is done", "400 loop finished"],
    "nested-semaphore permits=5": ["500 page 0 is done", "500 loop finished"],
    "nested-semaphore permits=5 depth=5": ["500 loop deadlock"],
    "nested-semaphore inside=0": ["500 page 0 is done", "500 loop finished"],
    "priority-inversion bursts=0": ["80 high has the lock, after 30 ms"],
    "priority-inversion steps=1 step=80": ["95 high has the lock, after 0 ms"],
    "check-then-act share=1": ["100 main the backend was called 1 times"],
    "queue capacity=1": ["0 producer put 0", "0 consumer got 0", "0 producer put 1", "100 consumer got 1", "100 producer put 2"],
    "queue capacity=0": ["0 producer put 4", "0 producer put the sentinel", "0 consumer got 0"],
    "slow-consumers consumers=1": ["9000 producer item 9, backlog 5", "20000 main all items are done"],
    "slow-consumers consumers=2": ["9000 producer item 9, backlog 1", "11000 main all items are done"],
    "pipeline decode=60": ["430 save item 3", "510 save item 4", "590 save item 5"],
    "pipeline capacity=100": ["1030 save item 5", "1030 loop finished"],
    "join-hang skip=0": ["300 main all items are done"],
    "cancel cleanup=0": ["500 main worker done: no", "500 worker cancelled, cleans up", "500 main the worker was cancelled"],
    "cancel-before-start turns=1": ["0 worker begins", "0 main cancels the worker", "0 worker finally"],
    "timeout-no-await awaits=1": ["300 main there was no timeout"],
    "timeout-no-await awaits=2": ["300 main timed out"],
    "pool-full pool=5": ["100 job 5 has the result", "100 loop finished"],
    "pool-full jobs=20": ["1000 job 20 has the result"],
    "processes pool=2": ["250 Task 1 is done", "500 Task 3 is done"],
    "retry-storm": ["700 main 50 tries, at most 15 in the same 10 ms after the first"],
    "retry-storm jitter=1": ["97 main 36 tries, at most 3 in the same 10 ms after the first"],
    "retry-storm gap=50": ["350 main 50 tries, at most 15 in the same 10 ms after the first"],
    "rate-client": ["4100 main 20 requests in 4100 ms, at most 2 open"],
    "rate-client call=1900": ["5700 main 20 requests in 5700 ms, at most 10 open"],
    "scraper": ["1048 main 9676 ms of loading in 1048 ms, at most 10 open"],
    "scraper permits=100": ["150 main 9676 ms of loading in 150 ms, at most 100 open"],
    "rate-monitor": ["1000 monitor 25 operations", "3000 monitor 26 operations", "3500 main 89 operations in all"],
    "context-manager cancel=150": ["150 main cancels the first", "150 well closing", "250 well closed"],
    "context-manager cancel=350": ["300 well closing", "350 main cancels the first", "350 loop finished"],
    "benchmark pool=50": ["1040 main on threads: 20 ms"],
    "policies policy=2": ["70 urgent is done, and was kept waiting for 10 ms", "310 main waiting: 73 ms on average, 190 ms at most"],
    "policies policy=3": ["310 loop finished"],
    "starvation policy=0": ["0 old has its turn at last, at 0 ms"],
    "starvation work=10": ["20 old has its turn at last, at 20 ms"],
    "fairness pieces=10": ["160 polite 3 has made its 4 steps", "520 greedy has made its 4 steps"],
    "crawler": ["500 main 12 pages, 36 links, 500 ms"],
    "crawler seed=2": ["0 page 0 loads"],
}


def lines_of(lesson):
    """Run the lesson and return its log, a line a record."""
    name, *settings = lesson.split()
    words = [word for setting in settings for word in ("--set", setting)]
    done = subprocess.run([GANTTOP, "export", name, "-f", "jsonl", *words], capture_output=True, text=True, check=False)
    names, lines = {0: "loop"}, []
    for record in map(json.loads, done.stdout.splitlines()):
        if record["ev"] == "task":
            names[record["task"]] = record["name"]
        elif record["ev"] == "log":
            lines.append(f"{record['t'] / 1e6:g} {names[record['task']]} {record['text']}")
        elif record["ev"] == "end":
            lines.append(f"{record['t'] / 1e6:g} loop {record['status']}")
    return lines


def texts_of(source):
    """Yield the time and the text of each line that is logged."""
    done = subprocess.run([GANTTOP, "export", source, "-f", "jsonl"], capture_output=True, text=True, check=False)
    for record in map(json.loads, done.stdout.splitlines()):
        if record["ev"] == "log":
            yield record["t"], record["text"]


class Course(unittest.TestCase):
    def test_every_row__its_lines_in_their_order(self):
        for lesson, wanted in COURSE.items():
            with self.subTest(lesson):
                rest = iter(lines_of(lesson))
                for line in wanted:
                    self.assertTrue(any(line == found for found in rest), f"'{line}' is not there, or not in its place")

    def test_programs__log_what_their_lessons_log(self):
        """The same text at the same time; who says it is a matter of names, which handles cannot have."""
        for name in ("semaphore", "gather_error", "wait_first", "deadlock", "shield"):
            with self.subTest(name):
                program = list(texts_of(f"scenarios/programs/{name}.gts"))
                self.assertTrue(program)
                self.assertEqual(program, list(texts_of(name.replace("_", "-"))))

    def test_shared_variables__are_recorded_by_name(self):
        for lesson, name, last in (("race", "counter", 3), ("lock", "counter", 6), ("no-lock-needed", "counter", 10),
                                   ("check-then-act", "calls", 8), ("downloader", "chunks", 30)):
            with self.subTest(lesson):
                done = subprocess.run([GANTTOP, "export", lesson, "-f", "jsonl"], capture_output=True, text=True, check=True)
                records = map(json.loads, done.stdout.splitlines())
                writes = [r["value"] for r in records if r["ev"] == "var" and r["name"] == name and r["op"] == "write"]
                self.assertEqual(writes[-1], last)

    def test_files__ended_from_outside_in_the_middle__leaves_nothing(self):
        """A hundred files of 4 MiB take long enough for a signal to come between them."""
        with tempfile.TemporaryDirectory() as folder:
            words = ["files", "--set", "files=100", "--set", "size=4096", "--clock", "real", "--record", os.devnull]
            lesson = subprocess.Popen(
                [GANTTOP, "_child", *words], stderr=subprocess.DEVNULL, env={**os.environ, "TMPDIR": folder}
            )
            while lesson.poll() is None and not glob.glob(f"{folder}/*/1"):
                pass  # bounded by the lesson's own end
            lesson.send_signal(signal.SIGTERM)
            lesson.wait(timeout=60)
            self.assertEqual(os.listdir(folder), [])


if __name__ == "__main__":
    unittest.main()
