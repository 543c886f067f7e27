"""A walk on CPython's asyncio: the twin of walk.h. Random bytes call the API; each is asked for when it is needed, by whichever task or
callback runs then, so a single step out of order changes everything that follows.

The loop, its clock, and what CPython leaves to the order of sets are those of asyncio_oracle.py.
"""
import asyncio
import gc
import inspect
import pathlib
import re
import sys
import warnings
import weakref

import asyncio_oracle

HERE = pathlib.Path(__file__).resolve().parent
OPS = [(name, waits == "true") for name, waits in
       re.findall(r"^OP\((\w+), (\w+)\)$", (HERE / "walk_ops.def").read_text(encoding="utf-8"), re.MULTILINE)]
SLOTS, OTHERS, DEPTH = 40, 64, 3
WHEN = [asyncio.FIRST_COMPLETED, asyncio.FIRST_EXCEPTION, asyncio.ALL_COMPLETED]

_kept = []


class Circle(Exception):
    """Tasks wait for each other in a circle and one was cancelled: CPython recurses as deep as it can, which nobody copies."""
    was_made = False

    def __init__(self):
        Circle.was_made = True


class Boom(Exception):
    """What a walk raises; its name is its argument."""


class OrderedAgens:
    """A WeakSet with an order, that of creation, in which those that have ended are no more, whoever still refers to them."""

    def __init__(self, order):
        self.refs, self.order = {}, order

    def add(self, agen):
        self.refs[id(agen)] = weakref.ref(agen)

    def discard(self, agen):
        self.refs.pop(id(agen), None)

    def clear(self):
        self.refs.clear()

    def __len__(self):
        return sum(1 for _ in self)

    def __iter__(self):
        alive = [ref() for ref in self.refs.values()]
        return iter(sorted((a for a in alive if a is not None and a.ag_frame is not None), key=lambda agen: self.order[id(agen)]))


def as_completed(futures, timeout):
    """asyncio.as_completed of 3.11, line by line, with a dict in place of its set."""
    loop = asyncio.get_running_loop()
    done = asyncio.Queue()
    todo = dict.fromkeys(futures)
    timeout_handle = None

    def on_timeout():
        for f in todo:
            f.remove_done_callback(on_completion)
            done.put_nowait(None)
        todo.clear()

    def on_completion(f):
        if not todo:
            return
        del todo[f]
        done.put_nowait(f)
        if not todo and timeout_handle is not None:
            timeout_handle.cancel()

    async def wait_for_one():
        f = await done.get()
        if f is None:
            raise TimeoutError
        return f.result()

    for f in todo:
        f.add_done_callback(on_completion)
    if todo and timeout is not None:
        timeout_handle = loop.call_later(timeout, on_timeout)
    for _ in range(len(todo)):
        yield wait_for_one()


class Walker:
    def __init__(self, who, slot=0, depth=0):
        self.who, self.slot, self.depth = who, slot, depth
        self.ended = self.is_callback = False


class Thing:
    def __init__(self, number):
        self.number, self.n_busy, self.was_closed, self.is_over, self.it = number, 0, False, False, None
        self.has_refused = False  # a generator: to end


def word(e):
    if e is None:
        return "ok"
    if isinstance(e, asyncio.CancelledError):
        return "cancelled"
    if isinstance(e, (StopAsyncIteration, GeneratorExit)):
        return "stop"
    if isinstance(e, Boom):
        return e.args[0]
    if isinstance(e, BaseExceptionGroup):
        return "group(" + ",".join(word(x) for x in e.exceptions) + ")"
    return type(e).__name__


async def of(awaitable):
    """Await, and return what was raised, or None, and the value."""
    try:
        return None, await awaitable
    except BaseException as e:
        return clean(e), None


async def shutdown_of(task):
    """What `all_tasks` leaves out, like asyncio.run's own."""
    return await of(task)


def clean(e):
    if isinstance(e, RecursionError):
        raise Circle() from None
    return e.with_traceback(None)  # what it refers to must be able to go


def attempt(function, *arguments):
    """Call, and return whether it was refused, and its value."""
    try:
        return "ok", function(*arguments)
    except RecursionError:
        raise Circle() from None
    except Exception:
        return "refused", None


def ms(t):
    return -1 if t is None else t


class World:
    def __init__(self, tape, out):
        self.tape, self.at, self.out = tape, 0, out
        self.slots = []
        self.timers, self.timeouts, self.groups, self.coros, self.gens = [], [], [], [], []
        self.clock = asyncio_oracle._Clock()
        self.loop = asyncio_oracle.VirtualLoop(self.clock)
        self.gen_order = {}
        self.loop._asyncgens = OrderedAgens(self.gen_order)
        self.is_circle = False

    # ---- The ground

    def take(self):
        self.at += 1
        return self.tape[self.at - 1] if self.at <= len(self.tape) else 0

    def say(self, walker, text):
        self.out.append(f"{self.clock.now} {walker.who if walker else 'loop'} {text}")

    def fate(self, walker, what, e):
        self.say(walker, f"{what}: {word(e)}")
        if e is None or isinstance(e, StopAsyncIteration):
            return
        if self.take() % 4 < (3 if walker.slot else 1):
            raise e

    def pick(self):
        return self.take() % len(self.slots)

    def pick_later(self, walker):
        byte, n, first = self.take(), len(self.slots), walker.slot + 1
        return byte % n if byte < 32 or first >= n else first + byte % (n - first)

    def pick_thing(self, things):
        return things[self.take() % len(things)] if things else None

    def new_thing(self, things):
        if len(things) == OTHERS:
            return None
        things.append(Thing(len(things)))
        return things[-1]

    async def walk(self, walker, n=None):
        while n != 0 and not walker.ended:
            n = None if n is None else n - 1
            name, waits = OPS[self.take() % len(OPS)]
            if waits:
                await getattr(self, name)(walker)
            else:
                getattr(self, name)(walker)

    def walk_callback(self, walker, n):
        for _ in range(n):
            if walker.ended:
                return
            name, waits = OPS[self.take() % len(OPS)]
            if not waits:
                getattr(self, name)(walker)

    def end(self, walker):
        walker.ended = True

    async def body(self, slot):
        walker = Walker(f"a{slot}", slot)
        self.say(walker, "begin")
        for _ in range(0 if slot else self.take() % 5):
            self.spawn(walker)
        await self.go(walker)
        return self.take() % 10

    async def go(self, walker):
        try:
            await self.walk(walker)
        except BaseException as e:
            self.say(walker, f"end {word(e)}")
            raise clean(e)
        self.say(walker, "end ok")

    # ---- Tasks and futures

    def spawn(self, walker):
        n = len(self.slots)
        if n == SLOTS:
            return
        self.say(walker, f"spawn a{n}")
        self.slots.append(self.loop.create_task(self.body(n)))

    def future(self, walker):
        n, byte = len(self.slots), self.take()
        if n == SLOTS:
            return
        self.say(walker, f"future a{n}")
        self.slots.append(self.loop.create_future())
        if byte % 8:
            self.loop.call_later(byte // 8 % 8, self.settle, n, byte % 8)

    def settle(self, slot, kind):
        future = self.slots[slot]
        done = future.done()
        if kind == 6:
            attempt(future.cancel)
        elif kind == 5:
            attempt(future.set_exception, Boom("Late"))
        else:
            attempt(future.set_result, kind)
        self.say(None, f"settles a{slot} {int(done)}")

    async def sleep(self, walker):
        n = self.take() % 8
        self.say(walker, f"sleep {n}")
        e, _ = await of(asyncio.sleep(n))
        self.fate(walker, "slept", e)

    def got(self, walker, what, e, value):
        if not e:
            self.say(walker, f"got {value}")
        self.fate(walker, what, e)

    async def await_one(self, walker):
        i = self.pick_later(walker)
        self.say(walker, f"await a{i}")
        self.got(walker, "awaited", *await of(self.slots[i]))

    def pick_some(self, walker):
        n = self.take() % 5
        n = 2 if n == 4 else n
        some = [self.pick_later(walker) for _ in range(n)]
        return [self.slots[i] for i in some], "".join(f" a{i}" for i in some)

    async def gather(self, walker):
        some, text = self.pick_some(walker)
        keeps = self.take() % 2
        self.say(walker, f"gather{' all' if keeps else ''}{text}")
        try:
            outer = asyncio.gather(*some, return_exceptions=bool(keeps))
        except RecursionError:
            raise Circle() from None
        e, values = await of(outer)
        for value in [] if e else values:
            failed = isinstance(value, BaseException)
            self.say(walker, f"outcome {word(value if failed else None)} {0 if failed else value}" if keeps else f"value {value}")
        self.fate(walker, "gathered", e)

    def some_time(self):
        byte = self.take()
        return None if byte % 4 == 3 else byte // 4 % 8

    async def wait_some(self, walker):
        some, text = self.pick_some(walker)
        when = self.take() % 3
        limit = self.some_time()
        self.say(walker, f"wait{text} {when} {ms(limit)}")
        e, _ = await of(asyncio.wait(some, timeout=limit, return_when=WHEN[when]))
        self.say(walker, f"{sum(f.done() for f in some)} done")
        self.fate(walker, "waited", e)

    async def wait_for(self, walker):
        i = self.pick_later(walker)
        limit = self.some_time()
        self.say(walker, f"wait_for a{i} {ms(limit)}")
        self.got(walker, "waited", *await of(asyncio.wait_for(self.slots[i], limit)))

    async def shield(self, walker):
        i = self.pick_later(walker)
        self.say(walker, f"shield a{i}")
        self.got(walker, "shielded", *await of(asyncio.shield(self.slots[i])))

    async def as_completed(self, walker):
        some, text = self.pick_some(walker)
        n = self.take() % 4
        limit = self.some_time()
        self.say(walker, f"as_completed{text} {n} {ms(limit)}")
        e = None
        futures = as_completed(some, limit)
        first = next(futures, None)  # in Python nothing has begun before that
        for i in range(n):
            future = next(futures, None) if i else first
            if future is None:
                self.say(walker, "no more")
                break
            e, value = await of(future)
            self.say(walker, f"next {word(e)} {value or 0}")
            if isinstance(e, asyncio.CancelledError):
                break
            e = None
        if not n and first is not None:
            first.close()
        self.fate(walker, "completed", e)

    def cancel(self, walker):
        i = self.pick()
        try:
            taken = self.slots[i].cancel()
        except RecursionError:
            raise Circle() from None
        self.say(walker, f"cancel a{i} {int(taken)}")

    def is_task(self, i):
        return isinstance(self.slots[i], asyncio.Task)

    def uncancel(self, walker):
        i = self.pick()
        if self.is_task(i):
            self.say(walker, f"uncancel a{i} {self.slots[i].uncancel()}")

    def fail(self, walker):
        if walker.is_callback:
            return
        self.say(walker, "fail")
        raise Boom("Boom")

    def set_future(self, walker):
        i = self.pick()
        refused, _ = attempt(self.slots[i].set_result, self.take() % 10)
        self.say(walker, f"set a{i} {refused}")

    def fail_future(self, walker):
        i = self.pick()
        refused, _ = attempt(self.slots[i].set_exception, Boom("Failed"))
        self.say(walker, f"fail a{i} {refused}")

    def ask(self, walker):
        i = self.pick()
        f = self.slots[i]
        self.say(walker, f"ask a{i} {int(f.done())} {int(f.cancelled())} {f.cancelling() if self.is_task(i) else 0}")

    def result(self, walker):
        i = self.pick()
        text, value = "ok", 0
        try:
            value = self.slots[i].result()
        except asyncio.InvalidStateError:
            text = "unset" if not self.slots[i].done() else "InvalidStateError"
        except BaseException as e:
            text = word(clean(e))
        self.say(walker, f"result a{i} {text} {value}")

    def all_tasks(self, walker):
        tasks = sorted(asyncio.all_tasks(self.loop), key=number_of)
        tasks = [t for t in tasks if not getattr(t.get_coro(), "__name__", "").startswith("shutdown")]  # asyncio.run's own
        self.say(walker, "tasks" + "".join(f" a{self.slots.index(t)}" if t in self.slots else " other" for t in tasks))

    # ---- Callbacks

    def call(self, thing):
        walker = Walker(f"c{thing.number}")
        self.work(walker)
        thing.is_over = True

    def work(self, walker):
        walker.is_callback = True
        self.say(walker, "begin")
        self.walk_callback(walker, self.take() % 4)

    def call_soon(self, walker):
        thing = self.new_thing(self.timers)
        if thing:
            thing.it = self.loop.call_soon(self.call, thing)
            self.say(walker, f"call_soon c{thing.number}")

    def call_later(self, walker):
        thing = self.new_thing(self.timers)
        if thing:
            thing.it = self.loop.call_later(self.take() % 8, self.call, thing)
            self.say(walker, f"call_later c{thing.number}")

    def call_at(self, walker):
        thing = self.new_thing(self.timers)
        if thing:
            thing.it = self.loop.call_at(self.take() % 32, self.call, thing)
            self.say(walker, f"call_at c{thing.number}")

    def cancel_timer(self, walker):
        thing = self.pick_thing(self.timers)
        if not thing or thing.is_over:
            return
        self.say(walker, f"cancel c{thing.number}")
        thing.it.cancel()
        thing.is_over = walker.who != f"c{thing.number}"

    def mark(self, n):
        if not hasattr(self, "marks"):
            self.marks = [lambda f, n=n: self.work(Walker(f"d{n}.a{self.slots.index(f)}")) for n in range(4)]
        return self.marks[n]

    def add_done(self, walker):
        i = self.pick()
        mark = self.take() % 4
        self.slots[i].add_done_callback(self.mark(mark))
        self.say(walker, f"add d{mark} a{i}")

    def remove_done(self, walker):
        i = self.pick()
        mark = self.take() % 4
        self.say(walker, f"remove d{mark} a{i} {self.slots[i].remove_done_callback(self.mark(mark))}")

    # ---- What tasks share

    async def hold(self, walker, thing, text):
        if walker.depth == DEPTH:
            return
        self.say(walker, text)
        what = "entered"

        async def held():
            nonlocal what
            async with thing:
                what = "left"
                self.say(walker, "enters")
                walker.depth += 1
                try:
                    await self.walk(walker, self.take() % 6)
                finally:
                    walker.depth -= 1

        e, _ = await of(held())
        self.fate(walker, what, e)

    async def act(self, walker, text, awaitable, what):
        self.say(walker, text)
        e, _ = await of(awaitable)
        self.fate(walker, what, e)

    async def with_lock(self, walker):
        i = self.take() % 2
        await self.hold(walker, self.locks[i], f"with lock{i}")

    async def lock_acquire(self, walker):
        i = self.take() % 2
        await self.act(walker, f"acquire lock{i}", self.locks[i].acquire(), "acquired")

    def lock_release(self, walker):
        i = self.take() % 2
        self.say(walker, f"release lock{i} {attempt(self.locks[i].release)[0]}")

    async def with_sem(self, walker):
        i = self.take() % 3
        await self.hold(walker, self.sems[i], f"with sem{i}")

    async def sem_acquire(self, walker):
        i = self.take() % 3
        await self.act(walker, f"acquire sem{i}", self.sems[i].acquire(), "acquired")

    def sem_release(self, walker):
        i = self.take() % 3
        self.say(walker, f"release sem{i} {attempt(self.sems[i].release)[0]}")
        self.say(walker, f"sem{i} {int(self.sems[i].locked())}")

    def event_set(self, walker):
        i = self.take() % 2
        self.say(walker, f"set event{i} {attempt(self.events[i].set)[0]}")

    def event_clear(self, walker):
        i = self.take() % 2
        self.say(walker, f"clear event{i} {attempt(self.events[i].clear)[0]}")

    async def event_wait(self, walker):
        i = self.take() % 2
        await self.act(walker, f"wait event{i}", self.events[i].wait(), "waited")

    async def with_cond(self, walker):
        i = self.take() % 2
        await self.hold(walker, self.conds[i], f"with cond{i}")

    async def cond_wait(self, walker):
        i = self.take() % 2
        await self.act(walker, f"wait cond{i}", self.conds[i].wait(), "waited")

    async def cond_wait_for(self, walker):
        i = self.take() % 2

        def predicate():
            result = self.take() % 3 == 0
            self.say(walker, f"predicate {int(result)}")
            return result

        await self.act(walker, f"wait_for cond{i}", self.conds[i].wait_for(predicate), "waited")

    def cond_notify(self, walker):
        i = self.take() % 2
        n = self.take() % 4
        refused, _ = attempt(self.conds[i].notify, n) if n < 3 else attempt(self.conds[i].notify_all)
        self.say(walker, f"notify cond{i} {refused}")

    async def barrier_wait(self, walker):
        i = self.take() % 2
        self.say(walker, f"wait barrier{i}")
        e, position = await of(self.barriers[i].wait())
        self.say(walker, f"position {9 if e else position} of {self.barriers[i].n_waiting}")
        self.fate(walker, "waited", e)

    async def barrier_change(self, walker):
        i = self.take() % 2
        aborts = self.take() % 3 == 0
        self.say(walker, f"{'abort' if aborts else 'reset'} barrier{i}")
        e, _ = await of(self.barriers[i].abort() if aborts else self.barriers[i].reset())
        self.say(walker, f"broken {int(self.barriers[i].broken)}")
        self.fate(walker, "changed", e)

    async def queue_put(self, walker):
        i = self.take() % 4
        item = self.take() % 10
        await self.act(walker, f"put queue{i} {item}", self.queues[i].put(item), "put")

    async def queue_get(self, walker):
        i = self.take() % 4
        self.say(walker, f"get queue{i}")
        e, item = await of(self.queues[i].get())
        self.say(walker, f"item {-1 if e else item} of {self.queues[i].qsize()}")
        self.fate(walker, "got", e)

    def queue_put_nowait(self, walker):
        i = self.take() % 4
        item = self.take() % 10
        self.say(walker, f"put_nowait queue{i} {attempt(self.queues[i].put_nowait, item)[0]}")

    def queue_get_nowait(self, walker):
        i = self.take() % 4
        refused, item = attempt(self.queues[i].get_nowait)
        self.say(walker, f"get_nowait queue{i} {refused}")
        self.say(walker, f"item {item if refused == 'ok' else -1}")

    def queue_done(self, walker):
        i = self.take() % 4
        self.say(walker, f"done queue{i} {attempt(self.queues[i].task_done)[0]}")

    async def queue_join(self, walker):
        i = self.take() % 4
        await self.act(walker, f"join queue{i}", self.queues[i].join(), "joined")

    # ---- Limits and groups

    def some_end(self):
        byte = self.take()
        if byte % 4 == 0:
            return None
        return byte // 4 % 32 if byte % 4 == 1 else self.clock.now + byte // 4 % 8

    async def timeout(self, walker):
        thing = self.new_thing(self.timeouts) if walker.depth < DEPTH else None
        if not thing:
            return
        end = self.some_end()
        self.say(walker, f"timeout {thing.number} {ms(end)}")

        async def scope():
            async with asyncio_oracle._Timeout(end) as thing.it:
                walker.depth += 1
                try:
                    await self.walk(walker, self.take() % 6)
                finally:
                    walker.depth -= 1
                    self.say(walker, f"leaves {int(thing.it.expired())} {ms(thing.it.when())}")
                    thing.is_over = True

        e, _ = await of(scope())
        self.fate(walker, "left", e)

    def reschedule(self, walker):
        thing = self.pick_thing(self.timeouts)
        if not thing or thing.is_over:
            return
        end = self.some_end()
        refused, _ = attempt(thing.it.reschedule, end)
        self.say(walker, f"reschedule {thing.number} {ms(end)} {refused}")

    def spawn_into(self, walker, thing):
        n = len(self.slots)
        if n == SLOTS:
            return
        coro = self.body(n)
        refused, task = attempt(thing.it.create_task, coro)
        self.say(walker, f"spawn a{n} into {thing.number} {refused}")
        if task:
            self.slots.append(task)
        else:
            coro.close()

    async def group(self, walker):
        thing = self.new_thing(self.groups) if walker.depth < DEPTH else None
        if not thing:
            return
        self.say(walker, f"group {thing.number}")

        async def scope():
            async with asyncio_oracle._TaskGroup() as thing.it:
                for _ in range(self.take() % 3):
                    self.spawn_into(walker, thing)
                walker.depth += 1
                failed = None
                try:
                    await self.walk(walker, self.take() % 6)
                except BaseException as e:
                    failed = e
                    raise
                finally:
                    walker.depth -= 1
                    self.say(walker, f"exits {word(failed)}")

        e, _ = await of(scope())
        thing.is_over = True
        self.fate(walker, "left", e)

    def group_spawn(self, walker):
        thing = self.pick_thing(self.groups)
        if thing and not thing.is_over:
            self.spawn_into(walker, thing)

    # ---- Coroutine objects

    async def coro_body(self, number):
        walker = Walker(f"o{number}", 0, DEPTH - 1)
        self.say(walker, "begin")
        await self.go(walker)
        return self.take() % 10

    def coro(self, walker):
        thing = self.new_thing(self.coros)
        if thing:
            thing.it = self.coro_body(thing.number)
            self.say(walker, f"coro o{thing.number}")

    def take_coro(self, walker, what):
        thing = self.pick_thing(self.coros)
        if not thing or thing.is_over:
            return None
        thing.is_over = True
        self.say(walker, f"{what} o{thing.number}")
        return thing

    async def coro_await(self, walker):
        thing = self.take_coro(walker, "await") if walker.depth < DEPTH else None
        if thing:
            e, _ = await of(thing.it)
            self.fate(walker, "awaited", e)

    def coro_spawn(self, walker):
        thing = self.take_coro(walker, "spawn") if len(self.slots) < SLOTS else None
        if thing:
            self.slots.append(self.loop.create_task(thing.it))

    def coro_drop(self, walker):
        thing = self.take_coro(walker, "drop")
        if thing:
            thing.it.close()

    # ---- Generators

    async def gen_body(self, number):
        walker = Walker(f"g{number}")
        self.say(walker, "begin")
        try:
            while True:
                byte = self.take()
                n = byte // 8 % 8
                if byte % 8 == 0:
                    break
                if byte % 8 == 1:
                    raise Boom("Ended")
                if byte % 8 == 2:
                    self.say(walker, f"sleep {n}")
                    e, _ = await of(asyncio.sleep(n))
                    self.fate(walker, "slept", e)
                    continue
                self.say(walker, f"yields {n}")
                e, sent = None, None
                try:
                    sent = yield n
                except BaseException as error:
                    e = clean(error)
                self.say(walker, f"yielded {word(e)} {sent or 0}")
                if isinstance(e, asyncio.CancelledError) or e and self.take() & 3:
                    raise e
        except BaseException as e:
            self.say(walker, f"end {word(e)}")
            raise clean(e)
        self.say(walker, "end ok")

    def gen(self, walker):
        thing = self.new_thing(self.gens)
        if thing:
            thing.it = self.gen_body(thing.number)
            self.gen_order[id(thing.it)] = thing.number
            self.say(walker, f"gen g{thing.number}")

    async def ask_gen(self, walker, what, question):
        thing = self.pick_thing(self.gens)
        if not thing or thing.is_over:
            return
        self.say(walker, f"{what} g{thing.number}")
        thing.n_busy += 1
        thing.was_closed = thing.was_closed or what == "close"
        e, value = await of(question(thing.it))
        thing.n_busy -= 1
        thing.has_refused = thing.has_refused or "ignored GeneratorExit" in str(e)
        self.say(walker, f"gave {0 if what == 'close' else -1 if e else value}")
        self.fate(walker, "asked", e)

    async def gen_next(self, walker):
        await self.ask_gen(walker, "next", lambda gen: anext(gen))

    async def gen_send(self, walker):
        await self.ask_gen(walker, "send", lambda gen: gen.asend(self.take() % 10))

    async def gen_throw(self, walker):
        await self.ask_gen(walker, "throw", lambda gen: throw(gen))

    async def gen_close(self, walker):
        await self.ask_gen(walker, "close", lambda gen: gen.aclose())

    def gen_release(self, walker):
        thing = self.pick_thing(self.gens)
        if not thing or thing.is_over or thing.n_busy or thing.was_closed:
            return
        thing.is_over = True
        self.say(walker, f"release g{thing.number}")
        thing.it = None

    # ---- The whole

    def say_slots(self, when):
        for i, f in enumerate(self.slots):
            if not f.done():
                text = "pending"
            elif f.cancelled():
                text = "cancelled"
            else:
                text = word(f.exception()) if f.exception() else str(f.result())
            self.out.append(f"{when} a{i} {text}")  # an as_completed that was left in the middle may hold the clock up here

    def settle_all(self):
        self.say(None, "settles")
        for f in self.slots:
            if not isinstance(f, asyncio.Task) and not f.done():
                f.set_result(7)
        for event in self.events:
            event.set()

    def cancel_all(self):
        self.say(None, "cancels")
        for f in list(self.slots):
            f.cancel()

    async def main(self):
        self.slots.append(asyncio.current_task())
        self.loop.call_later(40, self.settle_all)
        self.loop.call_later(80, self.cancel_all)
        self.locks = [asyncio.Lock(), asyncio.Lock()]
        self.sems = [asyncio.Semaphore(1), asyncio.Semaphore(2), asyncio.BoundedSemaphore(1)]
        self.events = [asyncio.Event(), asyncio.Event()]
        self.conds = [asyncio.Condition(), asyncio.Condition(self.locks[1])]
        self.barriers = [asyncio.Barrier(2), asyncio.Barrier(3)]
        self.queues = [asyncio.Queue(1), asyncio.Queue(), asyncio.LifoQueue(2), asyncio.PriorityQueue(2)]
        return await self.body(0)

    def close_late(self):
        """What CPython gives up is closed in ganttop: one after the other, in the order of creation."""
        tried = set()
        while True:
            late = {thing.number: thing.it for thing in self.gens if can_end(thing)}
            for task in asyncio.all_tasks(self.loop):
                for gen in gc.get_referents(task.get_coro()):
                    if inspect.isasyncgen(gen):
                        late[self.gen_order[id(gen)]] = task
            late = {number: it for number, it in late.items() if number not in tried}
            if not late:
                return
            tried.add(min(late))
            late = late[min(late)]
            task = late if isinstance(late, asyncio.Task) else self.loop.create_task(late.aclose())
            self.loop.run_until_complete(shutdown_of(task))

    def on_exception(self, loop, context):
        if isinstance(context.get("exception"), (RecursionError, Circle)):
            self.is_circle = True

    def run(self):
        loop = self.loop
        loop.set_exception_handler(self.on_exception)
        asyncio.set_event_loop(loop)
        try:
            main = loop.create_task(self.main())
            try:
                loop.run_until_complete(main)
            except (Exception, asyncio.CancelledError):
                pass
            left = sorted(asyncio.all_tasks(loop), key=number_of)
            if left:
                self.say(None, "shutdown")
                for task in left:
                    task.cancel()
                loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
            self.close_late()
            self.say_slots("finished")
        except asyncio_oracle.Deadlock:
            self.say_slots("deadlock")


def can_end(thing):
    return thing.it is not None and not thing.has_refused and thing.it.ag_frame is not None and thing.it.ag_frame.f_lasti > 5


def number_of(task):
    """The place of a task in the order of creation."""
    return int(task.get_name()[5:])


async def throw(gen):
    """athrow, but into one that has ended, which 3.11 answers with None."""
    value = await gen.athrow(Boom("Thrown"))
    if value is None:
        raise StopAsyncIteration
    return value


def run(tape):
    """Return the lines of a walk, or None when its tasks wait for each other in a circle and one of them was cancelled."""
    gc.disable()
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda *_: None
    Circle.was_made = False
    world = World(tape, [])
    _kept.append(world)
    try:
        world.run()
    except (Circle, RecursionError):
        return None
    if world.is_circle or Circle.was_made:
        return None
    return world.out

