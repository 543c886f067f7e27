"""The rules that a JSONL export keeps, checked line by line and independently of the program's own validator.

The words come from trace/vocabulary.h, the fields and the rules from DESIGN's description of the log:
one task runs at a time, a task goes ready -> running -> waiting | ready | done and waiting -> ready, time never goes
back, nothing is named before it is made.
"""

import os
import re

HEADER = os.path.join(os.path.dirname(__file__), "..", "..", "trace", "vocabulary.h")

NEXT = {
    None: {"ready"},
    "ready": {"running"},
    "running": {"waiting", "ready", "done"},
    "waiting": {"ready"},
    "done": set(),
}

# Fields that every line of a kind has, with their types. bool is not an int here.
FIELDS = {
    "meta": {"format": str, "version": int, "title": str, "source": str, "clock": str, "params": dict, "seed": int, "policy": str},
    "task": {"task": int, "name": str, "parent": int},
    "state": {"task": int, "state": str},
    "cancel": {"task": int, "by": int, "phase": str},
    "object": {"object": int, "kind": str, "name": str},
    "level": {"object": int, "value": int, "waiters": int},
    "hold": {"object": int, "task": int, "held": (bool, int)},
    "scope": {"task": int, "scope": int, "kind": str, "open": (bool, int)},
    "call": {"name": str, "phase": str},
    "tick": {"phase": str, "ready": int},
    "worker": {"worker": int, "state": str},
    "var": {"name": str, "value": int, "task": int, "op": str},
    "log": {"task": int, "text": str},
    "mark": {"name": str, "text": str},
    "coro": {"object": int, "task": int, "phase": str},
    "error": {"task": int, "phase": str},
    "lost": {"count": int},
    "end": {"status": str},
}


def vocabulary():
    """The words of each list of trace/vocabulary.h: {"STATES": {"ready", ...}, ...}."""
    with open(HEADER, encoding="utf-8") as file:
        text = file.read()
    lists = {}
    for name, body in re.findall(r"#define TRACE_(\w+)\(X\)\s((?:.*\\\n)*.*\n)", text):
        lists[name] = set(re.findall(r'X\(\w+, \d+, "([^"]+)"\)', body))
    return lists


WORDS = vocabulary()


class Checker:
    """Give it every line; `wrong` lists what is not so, with the number of the line."""

    def __init__(self):
        self.wrong = []
        self.number = 0
        self.t = 0
        self.states = {}
        self.objects = {}
        self.running = None
        self.ended = False
        self.open = {}  # what has begun: ticks, calls, busy workers

    def say(self, text):
        self.wrong.append(f"line {self.number}: {text}")

    def check(self, lines):
        for line in lines:
            self.number += 1
            self.line(line)
        self.at_end()
        return self.wrong

    def line(self, line):
        kind = line.get("ev")
        if kind not in FIELDS:
            return self.say(f"unknown ev {kind!r}")
        if (self.number == 1) != (kind == "meta"):
            self.say("the first line and only it is meta")
        if self.ended:
            self.say(f"{kind} after the end")
        self.time(line)
        for field, its in FIELDS[kind].items():
            value = line.get(field)
            if not isinstance(value, its) or (its is int and isinstance(value, bool)):
                return self.say(f"{kind}: field {field} is {value!r}")
        getattr(self, "on_" + kind)(line)

    def time(self, line):
        t = line.get("t")
        if not isinstance(t, int) or isinstance(t, bool) or t < 0:
            return self.say(f"t is {t!r}")
        if t < self.t:
            self.say(f"time goes back from {self.t} to {t}")
        self.t = t

    def word(self, words, value, what):
        if value not in WORDS[words]:
            self.say(f"{what} {value!r} is not in the vocabulary")

    def known_task(self, task, what):
        if task != 0 and task not in self.states:
            self.say(f"{what}: task {task} was not made yet")

    def known_object(self, number, what):
        if number is not None and number not in self.objects:
            self.say(f"{what}: object {number} was not made yet")

    def on_meta(self, line):
        self.word("CLOCKS", line["clock"], "clock")
        if line["format"] != "ganttop" or line["version"] != 1:
            self.say("not format ganttop, version 1")
        if (line["clock"] == "virtual") == ("started" in line):
            self.say("started is given unless the clock is virtual")

    def on_task(self, line):
        if line["task"] in self.states or line["task"] <= 0:
            self.say(f"task {line['task']} is made twice, or is the loop")
        self.known_task(line["parent"], "parent")
        self.states[line["task"]] = None

    def on_state(self, line):
        task, state = line["task"], line["state"]
        self.word("STATES", state, "state")
        if task not in self.states:
            return self.say(f"state of task {task}, which was not made yet")
        before = self.states[task]
        if state not in NEXT[before]:
            self.say(f"task {task} goes from {before} to {state}")
        self.states[task] = state
        if state == "running":
            if self.running is not None:
                self.say(f"tasks {self.running} and {task} run at once")
            self.running = task
        elif self.running == task:
            self.running = None
        getattr(self, "on_" + state)(line)

    def on_running(self, line):
        if self.open.get("tick") is not True:
            self.say(f"task {line['task']} runs outside of an iteration of the loop")

    def on_ready(self, line):
        self.word("WHYS", line.get("why"), "why")
        self.known_task(line.get("by", 0), "by")
        self.known_object(line.get("object"), "ready")

    def on_waiting(self, line):
        on = line.get("on")
        self.word("ONS", on, "on")
        if on == "task" and "awaits" not in line:
            self.say("on a task, and not which")
        self.known_task(line.get("awaits", 0), f"on {on}")
        for task in line.get("awaited", []):
            self.known_task(task, f"on {on}")
        self.known_object(line.get("object"), f"on {on}")
        if on == "sleep" and "until" not in line:
            self.say("a sleep without until")
        if "until" in line and line["until"] < line["t"]:
            self.say(f"until {line['until']} is before now")

    def on_done(self, line):
        self.word("OUTCOMES", line.get("outcome"), "outcome")

    def on_cancel(self, line):
        self.word("CANCEL_PHASES", line["phase"], "phase")
        self.known_task(line["task"], "cancel")
        self.known_task(line["by"], "cancelled by")

    def on_object(self, line):
        self.word("OBJECT_KINDS", line["kind"], "kind")
        if line["object"] in self.objects or line["object"] <= 0:
            self.say(f"object {line['object']} is made twice")
        self.objects[line["object"]] = line

    def on_level(self, line):
        self.known_object(line["object"], "level")
        if line["waiters"] < 0 or line["value"] < 0:
            self.say("a level below 0")
        made = self.objects.get(line["object"], {})
        if made.get("kind") in ("semaphore", "queue") and made.get("capacity", 0) > 0:
            limit = made["capacity"]
            if made["kind"] == "queue" and line["value"] > limit:
                self.say(f"{line['value']} items in a queue of {limit}")

    def on_hold(self, line):
        self.known_object(line["object"], "hold")
        self.known_task(line["task"], "hold")

    def on_scope(self, line):
        self.word("SCOPE_KINDS", line["kind"], "kind")
        self.known_task(line["task"], "scope")

    def pair(self, what, begins):
        if self.open.get(what, False) == begins:
            self.say(f"{what} {'begins' if begins else 'ends'} twice")
        self.open[what] = begins

    def on_call(self, line):
        self.word("PHASES", line["phase"], "phase")
        self.pair("call", line["phase"] == "begin")
        if self.running is not None:
            self.say(f"a callback while task {self.running} runs")

    def on_tick(self, line):
        self.word("PHASES", line["phase"], "phase")
        self.pair("tick", line["phase"] == "begin")
        if self.running is not None:
            self.say(f"an iteration {line['phase']}s while task {self.running} runs")

    def on_worker(self, line):
        self.word("WORKER_STATES", line["state"], "state")
        self.pair(f"worker {line['worker']}", line["state"] == "busy")
        self.known_task(line.get("task", 0), "worker")

    def on_var(self, line):
        self.word("VAR_OPS", line["op"], "op")
        self.known_task(line["task"], "var")

    def on_log(self, line):
        self.known_task(line["task"], "log")

    def on_mark(self, line):
        pass

    def on_coro(self, line):
        self.known_object(line["object"], "coro")
        self.word("CORO_PHASES", line["phase"], "phase")

    def on_error(self, line):
        self.word("ERROR_PHASES", line["phase"], "phase")
        if self.states.get(line["task"]) != "done":
            self.say("error: the task is not done")

    def on_lost(self, line):
        self.say(f"{line['count']} records are lost")

    def on_end(self, line):
        self.word("STATUSES", line["status"], "status")
        self.ended = True
        left = sorted(task for task, state in self.states.items() if state != "done")
        if line["status"] == "finished" and left:
            self.say(f"finished, but tasks {left} are not done")

    def at_end(self):
        if not self.ended:
            self.say("no end")
