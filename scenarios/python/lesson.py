"""What every lesson in this folder uses: its parameters, and a line of output with the time and the task.

Each lesson runs by itself, in real time, with nothing but Python 3.11 or later:

    python3 semaphore.py
    python3 semaphore.py tasks=9 permits=3 hold=500
"""
import asyncio
import sys
import threading
import time
from types import SimpleNamespace

_START = time.monotonic()


def params(**defaults):
    """Return the parameters by name: `defaults`, and over them the words `name=value` of the command line.

    All of them are whole numbers; times are in milliseconds.
    """
    values = dict(defaults)
    for word in sys.argv[1:]:
        name, _, value = word.partition("=")
        if name not in values:
            sys.exit(f"{sys.argv[0]}: no parameter '{name}'; it has {', '.join(values)}")
        if not value.removeprefix("-").isdecimal():
            sys.exit(f"{sys.argv[0]}: '{word}': not a whole number")
        values[name] = int(value)
    return SimpleNamespace(**values)


def log(text):
    """Print one line: the time in ms since the start, the name of the running task, and `text`."""
    now = (time.monotonic() - _START) * 1000
    print(line(now, task_name(), text), flush=True)


def task_name():
    """Return the name of the running task; asyncio.run calls its own one Task-1, we call it main."""
    task = asyncio.current_task()
    if task is None:
        return "loop"
    return "main" if task.get_name() == "Task-1" else task.get_name()


def line(ms, name, text):
    """Return the line that `log` prints."""
    return f"{ms:8.1f}  {name:<10}  {text}"


class Random:
    """A sequence of numbers that is the same for the same seed, here and in the lessons in C."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 8) % n


class ThreadLock:
    """A lock for threads that is handed to the first in line; threading.Lock promises no order."""

    def __init__(self):
        self._line = []
        self._guard = threading.Lock()

    def acquire(self):
        turn = threading.Semaphore(0)
        with self._guard:
            self._line.append(turn)
            if self._line[0] is turn:
                turn.release()
        turn.acquire()

    def release(self):
        with self._guard:
            self._line.pop(0)
            if self._line:
                self._line[0].release()
