#!/usr/bin/env python3
"""Runs a Python lesson on CPython's own asyncio, with a clock that jumps instead of waiting.

usage: virtual_time.py LESSON.py [name=value ...]

Prints what the lesson logs, one `TIME TASK TEXT` a line, and a last line that says how it ended. TIME is in
virtual milliseconds and exact: the clock counts whole nanoseconds, and it moves only when the loop would
otherwise wait, or by a time.sleep. CPython decides the order of everything; only what it leaves open is fixed
here: timers of one deadline fire in the order of their creation, asyncio.run and a task group cancel their
tasks in that order too, and wait and as_completed keep the order of their arguments. In all of these CPython
iterates over a set.

Threads are real, and take turns: one runs until it sleeps or ends, and only then the next. So what a pool does
is as repeatable as the rest.
"""
import asyncio
import asyncio.events
import concurrent.futures
import itertools
import os
import runpy
import selectors
import sys
import threading
import time
import weakref

NS = 1_000_000_000


def to_ns(seconds):
    return round(seconds * NS)


def to_seconds(ns):
    return ns / NS


class Job(threading.Thread):
    """One call on a thread of a pool. It has a clock of its own, which may be behind that of a blocked loop."""

    _number = itertools.count()

    def __init__(self, pool, future, call):
        super().__init__(daemon=True)
        self.pool, self.future, self.call = pool, future, call
        self.number = next(self._number)
        self.now_ns = 0
        self.is_over = False
        self._go = threading.Semaphore(0)
        self._stopped = threading.Semaphore(0)

    def begin(self, now_ns):
        """Start the thread; returns False when the call was cancelled before a thread was free for it."""
        if not self.future.set_running_or_notify_cancel():
            return False
        self.now_ns = now_ns
        self.start()
        return True

    def step(self):
        """Let the thread run until it sleeps or is over; to be called when its time has come."""
        self._go.release()
        self._stopped.acquire()

    def sleep(self, ns):
        self.now_ns += ns
        self._stopped.release()
        self._go.acquire()

    def run(self):
        self._go.acquire()
        try:
            result = self.call()
        except BaseException as error:
            self.future.set_exception(error)
        else:
            self.future.set_result(result)
        self.is_over = True
        self._stopped.release()


class World:
    """The clock, and the threads that live by it."""

    def __init__(self):
        self.now_ns = 0
        self.jobs = []

    def next_ns(self):
        """Return when the next thread wants to run; None if there is none."""
        return min((job.now_ns for job in self.jobs), default=None)

    def run_due(self):
        """Let every thread run whose time has come, the earliest first."""
        while due := [job for job in self.jobs if job.now_ns <= self.now_ns]:
            job = min(due, key=lambda job: (job.now_ns, job.number))
            job.step()
            if job.is_over:
                self.jobs.remove(job)
                job.pool.end(job)

    def run_all(self):
        """Move the clock on until no thread is at work."""
        while self.jobs:
            self.now_ns = max(self.now_ns, self.next_ns())
            self.run_due()

    def time(self):
        thread = threading.current_thread()
        return to_seconds(thread.now_ns if isinstance(thread, Job) else self.now_ns)

    def sleep(self, seconds):
        thread = threading.current_thread()
        if isinstance(thread, Job):
            thread.sleep(to_ns(seconds))
        else:
            self.now_ns += to_ns(seconds)


world = World()


class Pool(concurrent.futures.Executor):
    """A thread pool on the virtual clock; what finds no free thread waits in line."""

    def __init__(self, max_workers=4, **_):
        self.free = max_workers
        self.line = []

    def submit(self, fn, /, *args, **kwargs):
        future = concurrent.futures.Future()
        self.line.append(Job(self, future, lambda: fn(*args, **kwargs)))
        self._begin(world.now_ns)
        return future

    def end(self, job):
        self.free += 1
        self._begin(job.now_ns)

    def _begin(self, now_ns):
        while self.free and self.line:
            job = self.line.pop(0)
            if job.begin(now_ns):
                self.free -= 1
                world.jobs.append(job)


class ThreadLock:
    """The lock of lesson.py on the virtual clock: who waits for it is not at work."""

    def __init__(self):
        self.line = []

    def acquire(self):
        job = threading.current_thread()
        self.line.append(job)
        if self.line[0] is not job:
            world.jobs.remove(job)
            job.sleep(0)

    def release(self):
        job = self.line.pop(0)
        if self.line:
            self.line[0].now_ns = job.now_ns
            world.jobs.append(self.line[0])


class Timer(asyncio.events.TimerHandle):
    """A timer that yields to one of the same deadline that was made before it."""

    __slots__ = ("number",)
    _number = itertools.count()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.number = next(self._number)

    def __lt__(self, other):
        return (self._when, self.number) < (other._when, other.number)


class Selector(selectors.SelectSelector):
    """Where the loop would wait: moves the clock to what comes next, a timer or a thread."""

    loop = None

    def select(self, timeout=None):
        if timeout is None or timeout > 0:
            moments = [world.next_ns()]
            if self.loop._scheduled:
                moments.append(to_ns(self.loop._scheduled[0]._when))
            moments = [ns for ns in moments if ns is not None]
            if not moments:
                finish("deadlock")
            world.now_ns = max(world.now_ns, min(moments))
        world.run_due()
        return []


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        selector = Selector()
        super().__init__(selector)
        selector.loop = self
        self._clock_resolution = 1 / NS / 10
        self._pool = Pool()
        self._created = weakref.WeakKeyDictionary()

    def time(self):
        return to_seconds(world.now_ns)

    def call_at(self, when, callback, *args, context=None):
        return super().call_at(to_seconds(to_ns(when)), callback, *args, context=context)

    def create_task(self, coro, **kwargs):
        if type(coro).__name__ == "async_generator_athrow":
            kwargs["name"] = "aclose"  # the loop closes a generator that was let go; CPython gives it a number
        task = super().create_task(coro, **kwargs)
        self._created[task] = len(self._created)
        return task

    def run_in_executor(self, executor, func, *args):
        return super().run_in_executor(executor or self._pool, func, *args)

    async def shutdown_default_executor(self):
        """What asyncio.run does last: it waits for the threads."""
        world.run_all()

    def tasks_in_order(self):
        left = [task for task in self._created if not task.done()]
        return sorted(left, key=self._created.get)


class OrderedSet(dict):
    """As much of a set as asyncio needs, in the order in which things were added."""

    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)


class TaskGroup(asyncio.TaskGroup):
    """A task group that cancels its tasks in the order of their creation."""

    def __init__(self):
        super().__init__()
        self._tasks = OrderedSet()


class OwnRequests:
    """A task that counts only the cancellation requests made from now on."""

    def __init__(self, task):
        self.task, self.before = task, task.cancelling()
        self.cancel = task.cancel

    def uncancel(self):
        return max(0, self.task.uncancel() - self.before)


class Timeout(asyncio.Timeout):
    """The timeout of the later releases of 3.11, on any of them: a request from before the scope is not its own."""

    async def __aenter__(self):
        await super().__aenter__()
        if not hasattr(self, "_cancelling"):
            self._task = OwnRequests(self._task)
        return self


def timeout(delay):
    loop = asyncio.get_running_loop()
    return Timeout(None if delay is None else loop.time() + delay)


async def wait(fs, **kwargs):
    """asyncio.wait, whose two sets are in the order of the arguments."""
    fs = list(fs)
    done, _ = await cpython_wait(fs, **kwargs)
    first = [future for future in fs if future in done]
    return OrderedSet.fromkeys(first), OrderedSet.fromkeys(future for future in fs if future not in done)


cpython_wait = asyncio.wait


def as_completed(fs):
    """asyncio.as_completed, which takes what is done already in the order of the arguments."""
    done = asyncio.Queue()

    async def next_done():
        return (await done.get()).result()

    futures = [asyncio.ensure_future(future) for future in fs]
    for future in futures:
        future.add_done_callback(done.put_nowait)
    return [next_done() for _ in futures]


class Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        return Loop()


def exact_line(ms, name, text):
    number = f"{ms:.6f}".rstrip("0").rstrip(".")
    return f"{number} {name} {text}"


def finish(status):
    """Print how it ended and leave at once: a deadlocked lesson has tasks that can never be unwound."""
    print(exact_line(world.now_ns / 1_000_000, "loop", status), flush=True)
    os._exit(0)


def install():
    """Put the virtual clock under asyncio, time and the thread pools."""
    asyncio.events.TimerHandle = Timer
    asyncio.tasks.all_tasks = lambda loop: loop.tasks_in_order()
    asyncio.TaskGroup = TaskGroup
    asyncio.timeout = timeout
    asyncio.wait = wait
    asyncio.as_completed = as_completed
    asyncio.set_event_loop_policy(Policy())
    concurrent.futures.ThreadPoolExecutor = Pool
    concurrent.futures.ProcessPoolExecutor = Pool
    time.monotonic = time.perf_counter = world.time
    time.sleep = world.sleep


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__.split("\n\n")[1])
    if sys.version_info[:2] != (3, 11) or sys.implementation.name != "cpython":
        sys.exit("virtual_time.py: needs CPython 3.11, whose asyncio is the reference")
    path = sys.argv[1]
    sys.argv = sys.argv[1:]
    sys.path[0] = os.path.dirname(os.path.abspath(path))
    sys.dont_write_bytecode = True
    install()
    import lesson
    lesson.line = exact_line
    lesson.ThreadLock = ThreadLock
    try:
        runpy.run_path(path, run_name="__main__")
    except Exception as error:
        print(f"{path}: {error!r}", file=sys.stderr)
        finish("failed")
    finish("finished")


if __name__ == "__main__":
    main()
