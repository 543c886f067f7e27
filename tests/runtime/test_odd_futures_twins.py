#!/usr/bin/env python3
"""The stories of test_odd_futures.c are what CPython 3.11 tells: each function here is the twin of the one of that name there.

`test_odd_futures_twins.py --write` writes the stories anew; review them as a diff. On another Python nothing is compared, and that is said.
"""
import asyncio
import sys

import stories
from stories import beside, me, napper, of, sleep, spawn, tell, word


def create():
    return asyncio.get_running_loop().create_future()


def set_in(ms, future):
    asyncio.get_running_loop().call_later(ms, future.set_result, 7)


def fail_it(future):
    future.set_exception(ValueError("bad"))


def attempt(function, *arguments):
    """Call, and return what was raised, or None."""
    try:
        function(*arguments)
    except BaseException as e:
        return e


def name_of(e):
    return type(e).__name__ if e else "ok"


async def future__gathered_with_a_task():
    f, done = create(), create()
    futures = [f, napper(10), done, f]
    done.set_result(1)
    tell("ok")
    set_in(5, f)
    tell("ok", *await asyncio.gather(*futures))
    spawn(beside())
    tell(word(await of(asyncio.gather(*futures))))


async def future__gather_is_cancelled():
    a, task, b = create(), napper(50), create()

    async def gatherer():
        await asyncio.gather(a, task, b)

    waiting = spawn(gatherer())
    await asyncio.sleep(10)
    waiting.cancel()
    tell(a.cancelled(), task.done(), b.cancelled())
    e = await of(waiting)
    tell(word(e), task.cancelled())


async def future__gather_fails_early():
    a, b, c = create(), create(), create()
    asyncio.get_running_loop().call_later(10, fail_it, b)
    e = await of(asyncio.gather(a, b, c))
    tell(name_of(e), a.done())
    tell(c.cancel())
    a.set_result(3)
    tell("ok")
    value, failed, cancelled = await asyncio.gather(a, b, c, return_exceptions=True)
    tell("ok", value, word(failed), word(cancelled))


def n_done(futures):
    return sum(f.done() for f in futures)


async def future__waited_for_with_tasks():
    f, g = create(), create()
    futures = [f, napper(20), g]
    set_in(5, f)
    tell(word(await of(asyncio.wait(futures, return_when=asyncio.FIRST_COMPLETED))), n_done(futures))
    tell(word(await of(asyncio.wait(futures, timeout=5))), n_done(futures))
    asyncio.get_running_loop().call_later(5, fail_it, g)
    tell(word(await of(asyncio.wait(futures, return_when=asyncio.FIRST_EXCEPTION))), n_done(futures))


async def future__as_completed():
    f, never = create(), create()
    set_in(10, f)
    for future in asyncio.as_completed([f, napper(5), never, f], timeout=20):
        try:
            tell(f"ok{await future}")
        except TimeoutError as e:
            tell(f"{word(e)}0")
    tell(never.done())


async def future__wait_for():
    f = create()
    tell(word(await of(asyncio.wait_for(f, 10))), f.cancelled())
    f = create()
    set_in(5, f)
    tell("ok", await asyncio.wait_for(f, 10))
    tell("ok", await asyncio.wait_for(f, 0))
    f = create()
    tell(word(await of(asyncio.wait_for(f, 0))), f.cancelled())
    f = create()

    async def waits():
        e = await of(asyncio.wait_for(f, 100))
        tell("waiter", word(e))
        raise e

    waiter = spawn(waits())
    await asyncio.sleep(5)
    waiter.cancel()
    tell(word(await of(waiter)), f.cancelled())


async def future__shielded():
    f = create()

    async def shields():
        value, e = 0, None
        try:
            value = await asyncio.shield(f)
        except BaseException as error:
            e = error
        tell("waiter", word(e), value)
        if e:
            raise e

    a = spawn(shields())
    spawn(shields())
    await asyncio.sleep(5)
    a.cancel()
    tell(word(await of(a)), f.done())
    f.set_result(3)
    await asyncio.sleep(5)
    f = create()
    spawn(shields())
    await asyncio.sleep(0)
    f.cancel()
    await asyncio.sleep(5)


async def future__callbacks():
    f = create()

    def told(text):
        return lambda future: tell(text, future.done())

    async def awaits():
        tell("awaited", word(await of(f)))

    a, b = told("a"), told("b")
    f.add_done_callback(a)
    spawn(awaits())
    await asyncio.sleep(0)
    f.add_done_callback(b)
    f.add_done_callback(a)
    f.add_done_callback(told("c"))
    tell(f.remove_done_callback(b))
    f.set_result(1)
    tell(f.remove_done_callback(a))
    f.add_done_callback(told("late"))
    tell(word(await sleep(0)))


async def result__before_and_after():
    async def fail_now():
        raise ValueError("bad")

    def ask_result(task):
        value, e = 0, None
        try:
            value = task.result()
        except BaseException as error:
            e = error
        tell(word(e), value)

    good, bad, late = napper(5), spawn(fail_now()), napper(50)
    tell(word(attempt(good.result)))
    for task in (good, bad, late):
        task.add_done_callback(ask_result)
    await asyncio.sleep(10)
    late.cancel()
    await asyncio.sleep(0)
    f = create()
    tell(word(attempt(f.result)))
    fail_it(f)
    tell(name_of(attempt(f.result)), name_of(f.exception()))
    await asyncio.sleep(0)


async def task__is_a_future():
    task = napper(50)
    tell(word(attempt(task.set_result, 1)))
    tell(word(attempt(task.set_exception, ValueError("bad"))))
    task.add_done_callback(lambda t: tell("a", t.done()))
    await asyncio.sleep(5)
    tell(task.cancel(), task.done())
    e = await of(task)
    tell(word(e), task.cancelled())
    await asyncio.sleep(0)


async def echo():
    n = 0
    try:
        while True:
            n = (yield n) * 10
    except BaseException as e:
        tell(name_of(e) if isinstance(e, Exception) else "stop")
        if not isinstance(e, Exception):
            raise
    await asyncio.sleep(5)
    yield -1


async def generator__sent():
    gen = echo()
    tell(name_of(await of(gen.asend(1))))
    tell("ok", await anext(gen))
    tell("ok", await gen.asend(4))
    tell("ok", await gen.asend(5))
    tell(word(await of(gen.aclose())))
    tell(word(await of(gen.asend(5))))


async def generator__thrown():
    gen = echo()
    await anext(gen)
    tell("ok", await gen.athrow(OSError("gone")))
    tell(name_of(await of(gen.athrow(KeyError("none")))))
    assert await gen.athrow(KeyError("none")) is None
    gen = echo()
    tell(name_of(await of(gen.athrow(KeyError("none")))))
    tell(word(await of(anext(gen))))


async def cond__wait_for():
    cond, counter = asyncio.Condition(), 0

    def is_three(who):
        tell(f"{who}{counter}")
        return counter == 3

    async def wait_for_three(who):
        async with cond:
            e = await of(cond.wait_for(lambda: is_three(who)))
            tell(who, word(e), cond.locked())
        if e:
            raise e

    tell(cond.locked())
    spawn(wait_for_three("a"))
    b = spawn(wait_for_three("b"))
    for counter in (1, 2, 3):
        await asyncio.sleep(10)
        if counter == 2:
            b.cancel()
        async with cond:
            cond.notify_all()
        tell(word(await sleep(1)))


async def cond__two_on_one_lock():
    lock, n_items = asyncio.Lock(), 0
    has_item, has_room = asyncio.Condition(lock), asyncio.Condition(lock)

    async def consume():
        nonlocal n_items
        for _ in range(3):
            async with lock:
                while not n_items:
                    await has_item.wait()
                n_items -= 1
                tell("get", n_items)
                has_room.notify()

    consumer = spawn(consume())
    for _ in range(3):
        async with has_room:
            while n_items == 1:
                await has_room.wait()
            n_items += 1
            tell("put", n_items, lock.locked(), has_item.locked())
            has_item.notify()
    tell(word(await of(consumer)), word(attempt(has_item.notify)))


async def sem__asked():
    sem = asyncio.Semaphore(1)

    async def take():
        e = await of(sem.acquire())
        tell("taken", sem.locked())
        if e:
            raise e

    tell(sem.locked())
    await sem.acquire()
    tell(sem.locked())
    spawn(take())
    b = spawn(take())
    await asyncio.sleep(1)
    sem.release()
    sem.release()
    sem.release()
    tell(sem.locked())
    b.cancel()
    e = await sleep(1)
    tell(sem.locked(), word(e))


async def barrier__asked():
    barrier = asyncio.Barrier(3)

    async def meet():
        e = await of(barrier.wait())
        tell(name_of(e) if e else "met")

    def ask():
        tell(barrier.parties, barrier.n_waiting, barrier.broken)

    ask()
    spawn(meet())
    spawn(meet())
    await asyncio.sleep(1)
    ask()
    await barrier.wait()
    ask()
    await asyncio.sleep(1)
    spawn(meet())
    await asyncio.sleep(1)
    await barrier.abort()
    ask()
    await asyncio.sleep(1)
    await barrier.reset()
    ask()


async def queue__asked_and_join_cancelled():
    def ask(queue):
        tell(queue.maxsize, queue.qsize(), queue.empty(), queue.full())

    async def joins():
        e = await of(queue.join())
        tell("join", word(e))
        if e:
            raise e

    queue = asyncio.Queue(2)
    ask(queue)
    await queue.put(1)
    ask(queue)
    await queue.put(2)
    ask(queue)
    ask(asyncio.Queue())
    a = spawn(joins())
    spawn(joins())
    await asyncio.sleep(1)
    a.cancel()
    queue.task_done()
    tell(word(await sleep(1)))
    queue.task_done()
    await asyncio.sleep(1)


async def timeout__at_a_time():
    await asyncio.sleep(10)
    try:
        async with asyncio.timeout_at(15) as limit:
            tell(limit.when())
            limit.reschedule(17)
            tell(limit.when())
            await asyncio.sleep(50)
    except TimeoutError as e:
        tell(word(e))
    try:
        async with asyncio.timeout_at(1):
            spawn(beside())
            await asyncio.sleep(50)
    except TimeoutError as e:
        tell(word(e))
    async with asyncio.timeout_at(None) as limit:
        tell(limit.when())


async def call_soon__taken_back():
    loop = asyncio.get_running_loop()
    loop.call_soon(tell, "one").cancel()
    loop.call_soon(tell, "two")
    three = loop.call_later(30, tell, "three")

    def take_back():
        tell("take")
        three.cancel()

    loop.call_soon(take_back)
    tell(three.when())
    await asyncio.sleep(50)


if __name__ == "__main__":
    sys.exit(stories.main(stories.HERE / "test_odd_futures.c", globals(), sys.argv[1:]))
