"""Another order than asyncio's: a queue of what is ready that gives out one task an iteration, chosen by a policy.

asyncio has no place for this; the lessons of chapter 8 put it into the loop by hand. Callbacks of the loop keep their
order and go first.
"""
import asyncio
import weakref

NAMES = ("fifo", "lifo", "priority", "random")
MASK = 2**64 - 1

priority = weakref.WeakKeyDictionary()  # task: a number, the highest goes first


class Ready:
    """Takes the place of the deque in which the loop keeps its handles."""

    def __init__(self, choose):
        self.choose = choose
        self.handles = []
        self.batch = []

    def append(self, handle):
        self.handles.append(handle)

    def clear(self):
        self.handles.clear()

    def __bool__(self):
        return bool(self.handles)

    def __len__(self):
        """How many the loop is to run in this iteration; it asks once, when the iteration begins."""
        tasks = [handle for handle in self.handles if task_of(handle)]
        self.batch = [handle for handle in self.handles if not task_of(handle)]
        if tasks:
            self.batch.append(self.choose(tasks))
        return len(self.batch)

    def popleft(self):
        handle = self.batch.pop(0)
        self.handles.remove(handle)
        return handle


def task_of(handle):
    """Return the task whose step the handle is; None for a callback."""
    owner = getattr(handle._callback, "__self__", None)
    return owner if isinstance(owner, asyncio.Task) else None


def last(handles):
    return handles[-1]


def highest(handles):
    return max(handles, key=lambda handle: priority.get(task_of(handle), 0))


class Chance:
    """splitmix64, as in the runtime: a seed gives the same run everywhere."""

    def __init__(self, seed=0):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & MASK
        return z ^ z >> 31

    def __call__(self, handles):
        chosen = None
        for n, handle in enumerate(handles, 1):
            if self.next() % n == 0:
                chosen = handle
        return chosen


def use(number):
    """Put a policy into the running loop; 0 leaves it as it is."""
    chance = Chance()
    chance.next()  # the runtime has chosen main already
    choose = (None, last, highest, chance)[number]
    if choose:
        asyncio.get_running_loop()._ready = Ready(choose)
