#!/usr/bin/env python3
"""Writes a random program of the language in LANGUAGE.md, of another temper than program_gen.py: each seed has a mood, and does what
the mood is about far too often.

usage: wild_gen.py SEED [SIZE]     SIZE 1 (small) to 5 (large), 2 if left out

The same SEED and SIZE give the same text. Every program ends or deadlocks: a body spawns and awaits only bodies that stand after it,
and the number of tasks that a program can make is bounded. Beyond program_gen.py there are: blocks ten deep; errors in the tails of a
try; cancellation at every tick, of oneself and of main; many timers of one instant; handles that everybody uses anew; tasks that
outlive main; times of days.
"""
import random
import sys

MAX_TASKS = 300
DAYS = 300_000_000  # far beyond 10^9 the oracle cannot tell a time from the next one: its clock is added to as a float

# What each mood is about: weights over those that all have.
BASE = {"sleep": 8, "log": 2, "raise": 1, "call": 1, "spawn": 4, "await": 3, "several": 4, "wait_for": 2, "shield": 2, "cancel": 3, "lock": 3,
        "event": 2, "cond": 2, "queue": 4, "barrier": 2, "future": 3, "try": 4, "timeout": 3, "group": 3, "with": 2, "repeat": 1, "busy": 1}
MOODS = {
    "nest": {"try": 30, "timeout": 22, "group": 22, "with": 12, "shield": 8, "several": 8, "repeat": 4},
    "ticks": {"sleep": 30, "cancel": 30, "try": 14, "spawn": 10, "shield": 8, "wait_for": 8, "several": 8},
    "timers": {"sleep": 20, "call": 16, "timeout": 18, "wait_for": 14, "several": 14, "busy": 8},
    "tails": {"try": 40, "raise": 18, "cancel": 10, "timeout": 8, "group": 8},
    "queues": {"queue": 60, "cancel": 14, "timeout": 10, "try": 10},
    "sync": {"lock": 20, "cond": 24, "event": 14, "with": 14, "cancel": 12, "timeout": 8},
    "barriers": {"barrier": 50, "cancel": 14, "timeout": 12, "try": 10, "spawn": 12},
    "names": {"spawn": 40, "cancel": 20, "await": 14, "several": 16},
    "leave": {"spawn": 30, "shield": 14, "try": 20, "sleep": 14, "group": 6},
    "stuck": {"lock": 20, "with": 16, "event": 12, "future": 14, "queue": 12},
    "futures": {"future": 50, "cancel": 12, "timeout": 12, "try": 10, "several": 6},
    "groups": {"group": 50, "raise": 10, "cancel": 12, "try": 12, "timeout": 8, "sleep": 14},
    "limits": {"timeout": 50, "wait_for": 22, "busy": 8, "try": 16, "sleep": 14, "shield": 8},
    "huge": {"sleep": 30, "timeout": 16, "wait_for": 14, "call": 8, "several": 8},
}


class Wild:
    def __init__(self, seed, size):
        self.seed, self.size = seed, size
        attempt = 0
        while True:
            self.r = random.Random(f"wild/{seed}/{size}/{attempt}")
            self.plan()
            lines = self.write()
            if self.n_tasks <= MAX_TASKS:
                self.lines = lines
                return
            attempt += 1

    def text(self):
        return "\n".join(self.lines) + "\n"

    # ---- What there is

    def plan(self):
        r = self.r
        self.mood = r.choice(sorted(MOODS))
        self.weights = {op: BASE[op] + MOODS[self.mood].get(op, 0) for op in BASE}
        self.care = r.choice((0, 0.3, 0.6, 0.9))  # how much is caught at the top of a body
        self.max_depth = r.choice((3, 5, 10)) if self.mood != "nest" else r.choice((7, 10, 14))
        self.n_bodies = r.randint(2, 2 + 2 * self.size)
        n_handles = r.randint(1, 3) if self.mood == "names" else r.randint(2, 3 + 2 * self.size)
        self.handles = {f"h{i}": r.randint(1, self.n_bodies - 1) for i in range(n_handles)}
        many = {"queues": ("queue", "lifo", "prio"), "sync": ("lock", "sem", "bsem", "cond", "event"), "barriers": ("barrier",),
                "stuck": ("lock", "sem", "event", "future"), "futures": ("future",)}.get(self.mood, ())
        self.objects = {kind: [f"{kind}{i}" for i in range(r.randint(1, 3) if kind in many else r.randint(0, 1))]
                        for kind in ("lock", "sem", "bsem", "event", "cond", "queue", "lifo", "prio", "barrier", "future")}

    def write(self):
        r, lines = self.r, []
        for kind, names in self.objects.items():
            for name in names:
                number = {"sem": r.randint(0, 3), "bsem": r.randint(0, 3), "queue": r.choice((0, 1, 1, 2)), "lifo": r.choice((0, 1, 2)),
                          "prio": r.choice((0, 1, 2)), "barrier": r.randint(1, 4)}.get(kind)
                lines.append(f"{kind} {name}" + ("" if number is None else f" {number}"))
        cost = {}
        for body in reversed(range(self.n_bodies)):
            self.out, self.body, self.times, self.cost, self.known = [], body, 1, 1, cost
            self.budget = r.randint(3, 6 + 4 * self.size)
            if body == 0:
                self.open_main()
            self.block(1, False, first=True)
            end = self.out + ([f"  return r{body}"] if r.random() < 0.5 else [])
            lines += [f"def {f'b{body}' if body else 'main'} {{"] + end + ["}"]
            cost[body] = self.cost
        self.n_tasks = cost[0]
        return lines + ["run main"]

    def open_main(self):
        for handle in self.handles:
            for _ in range(self.r.choice((0, 1, 1, 1, 2, 3) if self.mood in ("names", "leave") else (0, 1, 1, 1, 1))):
                self.spawn(1, handle)
            if self.r.random() < 0.2:
                self.emit(1, f"sleep {self.ms()}")

    # ---- Words

    def emit(self, depth, line):
        self.out.append("  " * depth + line)

    def ms(self):
        return self.r.choice({"ticks": (0, 0, 0, 1, 2), "timers": (10, 10, 10, 20), "limits": (0, 5, 10, 10, 20),
                              "huge": (0, 0, 1, 86_400_000, 90_000_000, 100_000_001, DAYS)}.get(self.mood, (0, 0, 1, 5, 10, 10, 20, 30)))

    def pick(self, *kinds):
        names = [n for k in kinds for n in self.objects[k]]
        return self.r.choice(names) if names else None

    def later(self):
        return [h for h, b in self.handles.items() if b > self.body]

    def some(self):
        later = self.later()
        names = self.r.choices(later, k=self.r.randint(1, 4)) if self.r.random() < 0.3 else \
            self.r.sample(later, self.r.randint(1, min(4, len(later))))
        return " ".join(names)

    def spawn(self, depth, handle, op="spawn"):
        body = self.handles[handle]
        self.cost += self.times * self.known.get(body, 1)
        self.emit(depth, f"{op} {handle} b{body}")

    # ---- Statements

    def block(self, depth, grouped, first=False):
        for _ in range(self.r.randint(1, 3) + (self.budget // 3 if first else 0)):
            if self.budget <= 0 and not first:
                self.emit(depth, f"sleep {self.ms()}")
                return
            if first and self.r.random() < self.care:
                self.guarded(depth, grouped)
            else:
                self.statement(depth, grouped)

    def guarded(self, depth, grouped):
        """A statement that does not end the body, whatever it ends with; seldom for long."""
        limit = self.r.choice((0, 15, 40, 100)) if self.r.random() < 0.6 else None
        self.emit(depth, "try {")
        if limit is not None:
            self.emit(depth + 1, f"timeout {limit} {{")
        self.statement(depth + 2, grouped)
        if limit is not None:
            self.emit(depth + 1, "}")
        self.emit(depth, "} except any {")
        self.emit(depth, "}")

    def statement(self, depth, grouped):
        self.budget -= 1
        ops = list(self.weights)
        if depth >= self.max_depth:
            ops = [op for op in ops if op not in ("try", "timeout", "group", "with", "repeat")]
        op = self.r.choices(ops, [self.weights[o] for o in ops])[0]
        getattr(self, "do_" + op)(depth, grouped)

    def do_sleep(self, depth, grouped):
        self.emit(depth, f"sleep {self.ms()}")

    def do_busy(self, depth, grouped):
        self.emit(depth, f"busy {self.r.choice((0, 1, 10, 25))}")

    def do_log(self, depth, grouped):
        self.emit(depth, f"log m{self.r.randint(0, 99)}")

    def do_raise(self, depth, grouped):
        self.emit(depth, f"raise E{self.r.randint(0, 9)}")

    def do_call(self, depth, grouped):
        self.emit(depth, self.r.choice((f"call_soon c{self.r.randint(0, 99)}", f"call_later {self.ms()} c{self.r.randint(0, 99)}")))

    def do_spawn(self, depth, grouped):
        if self.later():
            self.spawn(depth, self.r.choice(self.later()), "gspawn" if grouped and self.r.random() < 0.7 else "spawn")

    def do_await(self, depth, grouped):
        if self.later():
            self.emit(depth, f"await {self.r.choice(self.later())}")

    def do_wait_for(self, depth, grouped):
        if self.later():
            self.emit(depth, f"wait_for {self.r.choice(self.later())} {self.ms()}")

    def do_shield(self, depth, grouped):
        if self.later():
            self.emit(depth, f"shield {self.r.choice(self.later())}")

    def do_several(self, depth, grouped):
        if self.later():
            op = self.r.choice(("gather", "gather_ex", "as_completed", "wait_first", "wait_all", "wait_exc"))
            limit = f" {self.r.choice(('-', '-', str(self.ms())))}" if op.startswith("wait") else ""
            self.emit(depth, f"{op}{limit} {self.some()}")

    def do_cancel(self, depth, grouped):
        for _ in range(self.r.choice((1, 1, 1, 2, 3))):
            self.emit(depth, f"cancel {self.r.choice(list(self.handles) * 3 + ['main'])}")
            if self.r.random() < 0.4:
                self.emit(depth, "sleep 0")

    def do_lock(self, depth, grouped):
        name = self.pick("lock", "sem", "bsem", "cond")
        if not name:
            return
        for op in self.r.choice((("acquire", "release"), ("acquire", "release"), ("acquire", "sleep", "release"), ("acquire",), ("release",),
                                 ("acquire", "release", "release"), ("release", "acquire"))):
            self.emit(depth, f"sleep {self.ms()}" if op == "sleep" else f"{op} {name}")

    def do_event(self, depth, grouped):
        name = self.pick("event")
        if name:
            for op in self.r.choice((("set",), ("clear",), ("ewait",), ("ewait",), ("set", "clear"), ("clear", "ewait"))):
                self.emit(depth, f"{op} {name}")

    def do_cond(self, depth, grouped):
        name = self.pick("cond")
        if not name:
            return
        bare = self.r.random() < 0.15
        if not bare:
            self.emit(depth, f"with {name} {{")
        for _ in range(self.r.choice((1, 1, 2))):
            self.emit(depth + (not bare), self.r.choice((f"cwait {name}", f"cwait {name}", f"notify {name} {self.r.randint(0, 3)}",
                                                         f"notify_all {name}", f"sleep {self.ms()}", f"release {name}")))
        if not bare:
            self.emit(depth, "}")

    def do_queue(self, depth, grouped):
        name = self.pick("queue", "lifo", "prio")
        if not name:
            return
        for _ in range(self.r.choice((1, 1, 2, 4))):
            op = self.r.choice(("put", "put", "put", "get", "get", "get", "put_nowait", "get_nowait", "task_done", "task_done", "join"))
            self.emit(depth, f"{op} {name}" + (f" {self.r.choice((0, 1, 2, 3, 50, -1))}" if op.startswith("put") else ""))

    def do_barrier(self, depth, grouped):
        name = self.pick("barrier")
        if name:
            self.emit(depth, f"{self.r.choice(('bwait', 'bwait', 'bwait', 'bwait', 'babort', 'breset'))} {name}")

    def do_future(self, depth, grouped):
        name = self.pick("future")
        if name:
            op = self.r.choice(("fset", "fraise", "fcancel", "fwait", "fwait", "fwait"))
            self.emit(depth, f"{op} {name}" + (f" v{self.r.randint(0, 9)}" if op in ("fset", "fraise") else ""))

    def do_try(self, depth, grouped):
        r = self.r
        self.emit(depth, "try {")
        self.block(depth + 1, grouped)
        for tail in r.choice((("except",), ("finally",), ("except", "finally"), ("except", "finally"))):
            if tail == "finally":
                self.emit(depth, "} finally {")
                self.block(depth + 1, grouped)
                if self.mood == "tails" and r.random() < 0.3:
                    self.emit(depth + 1, f"raise F{r.randint(0, 9)}")
            else:
                self.emit(depth, f"}} except {r.choice(('cancelled', 'cancelled', 'timeout', 'error', 'any', 'any'))} {{")
                if r.random() < 0.7:
                    self.block(depth + 1, grouped)
                if r.random() < 0.4:
                    self.emit(depth + 1, "reraise")
        self.emit(depth, "}")

    def do_timeout(self, depth, grouped):
        self.emit(depth, f"timeout {self.ms()} {{")
        self.block(depth + 1, grouped)
        self.emit(depth, "}")

    def do_group(self, depth, grouped):
        if not self.later():
            return
        self.emit(depth, "group {")
        for _ in range(self.r.randint(0, 3)):
            self.spawn(depth + 1, self.r.choice(self.later()), "gspawn")
        self.block(depth + 1, True)
        self.emit(depth, "}")

    def do_with(self, depth, grouped):
        name = self.pick("lock", "sem", "bsem", "cond")
        if name:
            self.emit(depth, f"with {name} {{")
            self.block(depth + 1, grouped)
            self.emit(depth, "}")

    def do_repeat(self, depth, grouped):
        n = self.r.randint(0, 3)
        self.times *= max(n, 1)
        self.emit(depth, f"repeat {n} {{")
        self.block(depth + 1, grouped)
        self.emit(depth, "}")
        self.times //= max(n, 1)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__.split("\n\n")[1])
    sys.stdout.write(Wild(sys.argv[1], int(sys.argv[2]) if len(sys.argv) == 3 else 2).text())


if __name__ == "__main__":
    main()
