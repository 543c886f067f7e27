"""What a recording says, from its JSONL export: the yardstick that all other exports are held against."""

import collections
import json
import os
import subprocess

PROGRAM = os.path.abspath(os.environ.get("GANTTOP") or "ganttop")

Interval = collections.namedtuple("Interval", "task state begin end")


def ganttop(*args, status=(0, 1)):
    """Run the program; a lesson that fails or deadlocks on purpose is exported all the same."""
    done = subprocess.run([PROGRAM, *args], stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
    if done.returncode not in status or b"Sanitizer" in done.stderr:
        raise RuntimeError(f"ganttop {' '.join(args)}: status {done.returncode}: {done.stderr.decode()}")
    return done.stdout


class Truth:
    """The events of one recording, and the intervals that they make."""

    def __init__(self, jsonl):
        self.events = [json.loads(line) for line in jsonl.decode().splitlines()]
        self.meta = self.events[0]
        self.end = max(event["t"] for event in self.events)
        self.names = {e["task"]: e.get("name", "") for e in self.events if e["ev"] == "task"}
        self.intervals = self.make_intervals()

    def make_intervals(self):
        now, made = {}, []
        for event in self.events:
            if event["ev"] != "state":
                continue
            task = event["task"]
            if task in now:
                made.append(Interval(task, now[task][0], now[task][1], event["t"]))
            now[task] = (event["state"], event["t"])
            if event["state"] == "done":
                made.append(Interval(task, "done", event["t"], event["t"]))
                del now[task]
        made += [Interval(task, state, begin, self.end) for task, (state, begin) in now.items()]
        return sorted(made)

    def states(self):
        """The intervals without the instants at which tasks end."""
        return [i for i in self.intervals if i.state != "done"]

    def count(self, ev):
        """How many records of a kind there are. JSONL tells a wait for several as one line with all of them."""
        if ev == "await":
            return sum(len(event.get("awaited", ())) + len(event.get("awaited_objects", ())) for event in self.events)
        return sum(1 for event in self.events if event["ev"] == ev)


def difference(wanted, found):
    """One line on how two lists of intervals differ, or None."""
    wanted, found = sorted(wanted), sorted(found)
    if wanted == found:
        return None
    missing, extra = sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted))
    return f"{len(wanted)} intervals wanted, {len(found)} found; missing {missing[:2]}, not wanted {extra[:2]}"
