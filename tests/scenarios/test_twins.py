#!/usr/bin/env python3
"""Every lesson in C against its twin in Python: the same lines, in the same order, at the same times.

usage: test_twins.py [LESSON ...]      all of them when none is named

The C lesson runs as `ganttop export LESSON -f jsonl`, where its clock is virtual; the program is $GANTTOP, or
./ganttop. The twin runs on CPython's asyncio through virtual_time.py. Each pair runs with its defaults and with
the settings of the table below, which change what happens and not just when. Where the two disagree, the twin
is right. Lessons that need the real clock run on it, both; of their lines only the times are left out.

What the twins print on CPython 3.11, the reference, is kept in twins.txt: for machines whose Python is another
one, and to be seen as a diff when a lesson changes. GOLDEN=write, with all lessons, writes it anew.
"""
import concurrent.futures
import functools
import json
import multiprocessing
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
KEPT = HERE / "twins.txt"
IS_REFERENCE = sys.version_info[:2] == (3, 11) and sys.implementation.name == "cpython"
if IS_REFERENCE:
    import virtual_time
GANTTOP = os.environ.get("GANTTOP", str(ROOT / "ganttop"))
TIME_LIMIT_S = 60
REAL = {"fetch", "files"}  # real sockets and files: their times are the machine's own

# Beside the defaults: what to set, chosen so that ties, empty lists and reversed orders come up.
SETTINGS = {
    "hello": ["pause=0", "pause=1"],
    "never-awaited": ["wait=0 after=0", "after=60000"],
    "chain": ["fetch=0", "process=0"],
    "calculator": ["wait=0", "wait=7"],
    "callbacks": ["later=0", "later=200", "later=300", "sleep=0"],
    "call-order": ["yields=0", "yields=1", "yields=5"],
    "starts-late": ["work=0", "work=50 wait=0", "tasks=20 wait=3"],
    "no-yield": ["awaits=0", "work=0"],
    "task-tools": ["pause=0", "a=150 b=150", "b=100 pause=100", "pause=600"],
    "sequential": ["a=10 b=0 c=20", "a=0 b=0 c=0"],
    "concurrent": ["a=100 b=100 c=100", "a=0 b=1 c=0"],
    "create-task": ["a=10 b=20", "a=10 b=10", "a=0 b=0"],
    "background": ["own=1500", "own=1000", "background=0 own=0"],
    "create-then-await": ["tasks=0", "tasks=3 wait=0"],
    "gather": ["a=100 b=100 c=100", "a=0 b=0 c=1"],
    "gather-error": ["fails=50", "fails=100", "fails=150", "wait=0"],
    "taskgroup-error": ["fails=50", "fails=100", "fails=150", "wait=0"],
    "gather-exceptions": ["fails=50", "fails=100", "fails=150", "wait=0"],
    "taskgroup": ["tasks=0", "tasks=1", "wait=0 tasks=5"],
    "wait-first": ["a=100", "a=0 b=0 c=0", "b=500 c=500"],
    "as-completed": ["a=100 c=100", "a=0 b=0 c=0", "a=1 b=2 c=3"],
    "comprehension": ["calls=0", "wait=0"],
    "semaphore": ["tasks=9 permits=3 hold=500", "tasks=4 permits=1 hold=0", "tasks=3 permits=5"],
    "race": ["tasks=5", "tasks=1", "gap=0", "times=0"],
    "lock": ["tasks=5", "tasks=1", "gap=0", "times=0"],
    "no-lock-needed": ["tasks=1", "gap=0 tasks=3"],
    "event": ["clear=1", "waiters=5 at=0", "at=0 clear=1"],
    "condition": ["recheck=0", "items=0", "every=0 items=5", "every=0 recheck=0"],
    "barrier": ["parties=4", "apart=0", "tasks=6", "tasks=5", "parties=1"],
    "rate-semaphore": ["requests=23 permits=4", "hold=0", "permits=100"],
    "token-bucket": ["naive=1", "burst=5 requests=15", "burst=5 requests=15 naive=1", "rate=3", "rate=7 burst=2"],
    "deadlock": ["ordered=1", "work=0", "work=0 ordered=1"],
    "nested-semaphore": ["permits=5", "inside=0", "links=2 depth=2", "links=2 depth=3 inside=0", "permits=1 work=0"],
    "herd": ["at=0", "work=0", "tasks=1"],
    "priority-inversion": ["bursts=0", "steps=1 step=80", "steps=0", "step=0 burst=0"],
    "check-then-act": ["share=1", "tasks=1", "call=0", "call=0 share=1"],
    "queue": ["capacity=1", "capacity=0 items=7", "items=0", "consume=0 items=9"],
    "producers-consumers": ["consumers=1", "consumers=10 work=0", "every=0 items=5", "work=100 items=9"],
    "slow-consumers": ["consumers=1", "every=0 items=5", "work=0", "items=0"],
    "worker-pool": ["workers=1 jobs=3", "workers=20", "jobs=0", "work=0 jobs=7"],
    "pipeline": ["decode=60", "capacity=100", "capacity=1 save=300", "download=0 decode=0 save=0", "items=0"],
    "bounded": ["capacity=1", "produce=100", "produce=0", "consume=0", "items=0"],
    "unbounded": ["produce=100", "produce=0", "consume=0", "produce=200"],
    "join-hang": ["skip=0", "skip=3", "work=0", "items=0"],
    "priority-queue": ["at=0", "urgent=9", "at=100", "at=500", "work=0"],
    "wait-for": ["work=100 limit=500", "work=500 limit=500", "work=500 limit=499"],
    "timeout": ["second=100", "first=1000", "first=1000 second=0", "first=600 second=400", "first=0 second=1001"],
    "cancel": ["cleanup=0", "work=100 at=500", "work=500 at=500", "at=0"],
    "cancel-before-start": ["turns=1", "turns=2"],
    "swallow": ["rest=0", "work=20", "work=50", "limit=300"],
    "slow-cleanup": ["cleanup=0", "work=50", "work=100"],
    "shield": ["work=100 at=500", "work=100 at=100", "at=0"],
    "shield-shutdown": ["main=0", "main=500", "main=600"],
    "shutdown": ["at=0", "at=200", "at=1000", "at=5000", "steps=0"],
    "fire-and-forget": ["main=0", "main=500", "main=600"],
    "late-timeout": ["block=0", "answer=50", "answer=100", "at=100 block=50", "at=500"],
    "timeout-no-await": ["awaits=1", "awaits=2", "work=50", "work=100 awaits=3", "work=50 awaits=5"],
    "lost-error": ["fails=300", "fails=0", "main=0"],
    "blocking": ["at=200 block=300", "tickers=1 every=0 ticks=5", "at=0 block=1", "ticks=0"],
    "to-thread": ["at=200 block=300", "tickers=1 every=0 ticks=5 at=0", "block=1", "ticks=0"],
    "executor": ["a=600", "a=0 b=0", "a=0 b=5"],
    "pool-full": ["pool=5", "jobs=20", "pool=1 jobs=3", "block=0"],
    "thread-cancel": ["at=300", "at=400", "later=0", "later=100", "at=0", "work=0"],
    "processes": ["pool=2", "tasks=9 pool=4", "tasks=1", "work=0"],
    "gil": ["tasks=9 pool=2", "work=7 slice=3", "work=0", "tasks=64 pool=64 work=20 slice=5000"],
    "cpu-bound": ["tasks=1", "work=0"],
    "spinner": ["every=50", "every=0", "look=0", "turns=0"],
    "sleep-is-a-lower-bound": ["sleep=0", "work=0", "tasks=1"],
    "retry": ["failures=0", "failures=9", "tries=1", "call=0 gap=0 failures=3"],
    "retry-storm": ["jitter=1", "jitter=1 seed=7 clients=50", "capacity=20", "gap=1 clients=12"],
    "downloader": ["chunks=1", "every=100", "chunk=0 chunks=4", "files=1 every=1"],
    "countdown": ["tea=5000", "tea=0 egg=0", "every=700", "tea=1500 egg=1500"],
    "crawler": ["seed=2", "pages=100 permits=5 links=2", "links=0", "load=0 pages=30", "permits=1 seed=7"],
    "scraper": ["permits=100", "pages=7 permits=3 seed=5", "pages=1"],
    "context-manager": ["cancel=150", "cancel=350", "cancel=50", "cancel=400", "use=0 close=0", "cancel=100"],
    "timeout-decorator": ["report=100", "query=200", "limit=1", "limit=150 ping=150", "limit=50 ping=0"],
    "rate-monitor": ["work=100", "every=70 run=700", "workers=1 work=1000", "run=0"],
    "iterator": ["values=0", "stop=0 after=0", "stop=9"],
    "generator": ["close=1", "after=0", "stop=0", "stop=5", "values=0", "apart=0 values=1000 stop=1"],
    "benchmark": ["requests=1 wait=0", "pool=64 requests=200", "pool=1"],
    "policies": ["policy=1", "policy=2", "policy=3"],
    "starvation": ["policy=0", "work=10", "policy=3", "arrivals=0", "every=0 policy=2"],
    "fairness": ["pieces=10", "polite=0", "steps=1 long=0", "polite=20 pieces=100"],
    "fetch": ["requests=1 work=0", "requests=50 work=1"],
    "files": ["files=1", "files=20 size=0", "size=300"],
    "rate-client": ["call=2000", "call=0", "rate=3 requests=7", "rate=1000 call=1", "requests=1"],
}


def lessons():
    """Return the names of all lessons, in the order of the course."""
    text = (ROOT / "scenarios" / "lessons.def").read_text(encoding="utf-8")
    words = [line.split("(")[1].split(")")[0] for line in text.splitlines() if line.startswith("SCN_LESSON(")]
    return [word.replace("_", "-") for word in words]


def twin_path(lesson):
    """Return the twin's path; a name that Python's library has too carries an underscore."""
    name = lesson.replace("-", "_")
    folder = ROOT / "scenarios" / "python"
    path = folder / f"{name}.py"
    return path if path.exists() else folder / f"{name}_.py"


def check_names():
    """Return the twins that Python would find in place of a module of its own."""
    twins = (ROOT / "scenarios" / "python").glob("*.py")
    return sorted(path.name for path in twins if path.stem in sys.stdlib_module_names)


def milliseconds(ns):
    return f"{ns / 1_000_000:.6f}".rstrip("0").rstrip(".")


def run(command):
    return subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT_S, check=False)


def lines_of_real_twin(lesson, settings):
    """Return what the twin prints by itself: `- TASK TEXT`, and how it ended."""
    done = run([sys.executable, str(twin_path(lesson)), *settings])
    if done.returncode != 0:
        raise RuntimeError(f"the twin ended with status {done.returncode}: {done.stderr.strip()}")
    columns = [line.split(maxsplit=1)[1].split("  ", 1) for line in done.stdout.splitlines()]
    return [f"- {name} {text.lstrip()}" for name, text in columns] + ["- loop finished"]


def lines_of_twin(lesson, settings):
    """Run the twin in a copy of this process, which has asyncio loaded already; it ends by os._exit."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        child = os.fork()
        if child == 0:
            try:
                os.dup2(out.fileno(), 1)
                os.dup2(errors.fileno(), 2)
                signal.alarm(TIME_LIMIT_S)
                sys.argv = ["virtual_time.py", str(twin_path(lesson)), *settings]
                virtual_time.main()
            except SystemExit as error:
                print(error, file=sys.stderr, flush=True)
            finally:
                os._exit(1)  # it ends elsewhere when all is well
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        errors.seek(0)
        if status != 0:
            raise RuntimeError(f"the twin ended with status {status}: {errors.read().strip()}")
        return out.read().splitlines()


def read_kept():
    """Return what is in twins.txt, as lists of lines by title."""
    kept = {}
    if KEPT.exists():
        for part in KEPT.read_text(encoding="utf-8").split("== ")[1:]:
            title, *lines = part.splitlines()
            kept[title] = [line for line in lines if line]
    return kept


def write_kept(results):
    parts = [f"== {result.title}\n" + "".join(f"{line}\n" for line in result.twin) for result in results]
    KEPT.write_text("\n".join(parts), encoding="utf-8")


def lines_of_lesson(lesson, settings):
    sets = [word for setting in settings for word in ("--set", setting)]
    done = run([GANTTOP, "export", lesson, "-f", "jsonl", *sets])
    if done.returncode not in (0, 1):
        raise RuntimeError(f"ganttop export ended with status {done.returncode}: {done.stderr.strip()}")
    lines = list(rendered(json.loads(line) for line in done.stdout.splitlines()))
    return [f"- {line.split(maxsplit=1)[1]}" for line in lines] if lesson in REAL else lines


def rendered(records):
    """Yield a line for each `log` record, as virtual_time.py prints it, and one for the end."""
    names = {0: "loop"}
    for record in records:
        if record["ev"] == "task":
            names[record["task"]] = record["name"]
        elif record["ev"] == "log":
            yield f"{milliseconds(record['t'])} {names[record['task']]} {record['text']}"
        elif record["ev"] == "end":
            yield f"{milliseconds(record['t'])} loop {record['status']}"


def side_by_side(left, right):
    """Return the two lists beside each other, a mark on the lines that differ."""
    width = max([len(line) for line in left] + [20])
    rows = [f"  {'the lesson in C':<{width}}   its twin"]
    for i in range(max(len(left), len(right))):
        a = left[i] if i < len(left) else ""
        b = right[i] if i < len(right) else ""
        rows.append(f"{' ' if a == b else '>'} {a:<{width}} | {b}")
    return "\n".join(rows)


class Result:
    """One lesson, run with one set of settings: what its twin printed, and what is wrong (empty: nothing)."""

    def __init__(self, lesson, words, kept):
        self.title = f"{lesson} {words}".strip()
        self.twin = kept.get(self.title, [])
        try:
            ours = lines_of_lesson(lesson, words.split())
            if IS_REFERENCE:
                twin = lines_of_real_twin if lesson in REAL else lines_of_twin
                self.twin = twin(lesson, words.split())
            self.wrong = "" if ours == self.twin else side_by_side(ours, self.twin)
        except (RuntimeError, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
            self.wrong = str(error)
        if not self.wrong and kept.get(self.title) != self.twin and os.environ.get("GOLDEN") != "write":
            self.wrong = f"{KEPT.name} does not hold what the twin prints; write it anew with GOLDEN=write"


def result_of(pair, kept):
    return Result(*pair, kept)


def all_results(names):
    """Yield the results in the order of the course; as many at a time as there are processors."""
    kept = read_kept()
    pairs = [(lesson, words) for lesson in names for words in ["", *SETTINGS.get(lesson, [])]]
    fork = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=fork) as pool:
        yield from pool.map(functools.partial(result_of, kept=kept), pairs)


def main():
    names = sys.argv[1:] or lessons()
    failures = [f"scenarios/python/{name} hides a module of Python's library" for name in check_names()]
    failures += [f"{name}: no settings in the table of {pathlib.Path(__file__).name}" for name in names if name not in SETTINGS]
    for failure in failures:
        print(f"FAIL {failure}")
    if not IS_REFERENCE:
        print(f"this Python is not CPython 3.11: compared with {KEPT.name}")
    results = []
    for result in all_results(names):
        results.append(result)
        if result.wrong:
            print(f"FAIL {result.title}\n{result.wrong}")
    if IS_REFERENCE and os.environ.get("GOLDEN") == "write" and names == lessons():
        write_kept(results)
    n_failed = len(failures) + sum(bool(result.wrong) for result in results)
    print(f"{len(failures) + len(results) - n_failed} passed, {n_failed} failed")
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
