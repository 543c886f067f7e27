#!/usr/bin/env python3
"""The stories of test_odd.c are what CPython 3.11 tells: each function here is the twin of the one of that name there.

`test_odd_twins.py --write` writes the stories anew; review them as a diff. On another Python nothing is compared, and that is said.
"""
import asyncio
import re
import sys

import stories
from stories import beside, me, nap, napper, of, sleep, spawn, tell, word


async def gather__same_task_twice_cancelled():
    async def count_requests():
        e = await sleep(50)
        tell(word(e), me().cancelling())
        raise e

    async def gatherer():
        task = spawn(count_requests())
        await asyncio.gather(task, task)

    task = spawn(gatherer())
    await asyncio.sleep(10)
    task.cancel()
    e = await of(task)
    tell(word(e), task.cancelling())


async def gather__nobody_and_done_ones():
    done = [napper(1), napper(2)]
    await asyncio.sleep(5)
    spawn(beside())
    tell("empty", word(await of(asyncio.gather())))
    tell("done", word(await of(asyncio.gather(*done))))


def n_done(tasks):
    return sum(t.done() for t in tasks)


async def wait__done_ones_and_no_time():
    tasks = [napper(1), napper(20), napper(1)]
    await asyncio.sleep(5)
    spawn(beside())
    tell(word(await of(asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED))), n_done(tasks))
    tell(word(await of(asyncio.wait(tasks, timeout=0))), n_done(tasks))
    tell(word(await of(asyncio.wait([tasks[1], tasks[1]]))), n_done(tasks))


async def give_out(tasks, timeout):
    for future in tasks if timeout is None else asyncio.as_completed(tasks, timeout=timeout):
        try:
            tell(f"ok{await future}")
        except TimeoutError as e:
            tell(word(e))


async def as_completed__with_a_limit():
    tasks = [napper(30), napper(10), napper(25), napper(10)]
    tasks[3] = tasks[1]
    await give_out(tasks, 20)
    tell(tasks[0].done())


async def as_completed__all_before_the_limit():
    tasks = [napper(10), napper(5)]
    futures = list(asyncio.as_completed(tasks, timeout=20))
    await asyncio.sleep(50)
    await give_out(futures, None)


async def as_completed__no_time():
    tasks = [napper(1), napper(30)]
    await asyncio.sleep(5)
    await give_out(tasks, 0)


async def wait_for__without_a_limit():
    tell(word(await of(asyncio.wait_for(napper(10), None))))
    task = napper(50)
    asyncio.get_running_loop().call_later(0, me().cancel)
    tell(word(await of(asyncio.wait_for(task, None))), task.cancelled())


async def timeout__moved():
    limit = asyncio.timeout(10)
    try:
        async with limit:
            limit.reschedule(30)
            e = await sleep(20)
            tell("later", word(e), limit.expired())
            limit.reschedule(None)
            tell("never", word(await sleep(20)))
            spawn(beside())
            limit.reschedule(1)
            tell("past", limit.expired())
            e = await sleep(20)
            tell(word(e), limit.expired(), me().cancelling())
            try:
                limit.reschedule(90)
            except RuntimeError as error:
                tell(word(error))
            raise e
    except BaseException as e:
        tell(word(e), me().cancelling())


async def timeout__two_at_the_same_instant():
    e = None
    try:
        async with asyncio.timeout(10):
            try:
                async with asyncio.timeout(10):
                    e = await sleep(20)
                    tell(word(e), me().cancelling())
                    raise e
            except BaseException as error:
                tell("inner", word(error), me().cancelling())
                raise
    except BaseException as error:
        tell("outer", word(error), me().cancelling())


async def timeout__swallowed_inside():
    async with asyncio.timeout(10) as limit:
        await sleep(20)
        tell(word(await sleep(20)), limit.expired(), me().cancelling())
    tell("ok", me().cancelling())


async def name__not_given__counted():
    loop = asyncio.get_running_loop()
    loop.create_task(beside(), name="named")
    first = int(me().get_name()[5:])  # other programs of this process were counted before
    tasks = [spawn(beside()), spawn(beside())]
    tell(*(f"Task-{int(t.get_name()[5:]) - first + 1}" for t in tasks))


async def uncancel__and_await():
    task = me()
    task.cancel()
    task.cancel()
    tell(task.cancelling(), task.uncancel())
    e = await sleep(5)
    tell(word(e), task.uncancel())
    tell(task.uncancel())
    tell(word(await sleep(5)))


async def call__one_cancels_the_next_of_its_iteration():
    loop = asyncio.get_running_loop()
    second = None

    def cancel_second():
        tell("first")
        second.cancel()

    def ask_again():
        tell("soon")
        loop.call_soon(tell, "again")
        loop.call_later(0, tell, "timer")

    loop.call_later(10, cancel_second)
    second = loop.call_later(10, tell, "second")
    loop.call_at(10, tell, "third")
    loop.call_at(4, tell, "early")
    loop.call_at(0, tell, "past")
    loop.call_soon(ask_again)
    await asyncio.sleep(0)
    tell("one")
    await asyncio.sleep(0)
    tell("two")
    tell(word(await sleep(20)))


async def done_callback__changes_the_line():
    def told(text):
        return lambda task: tell(text)

    following = told("next")

    def remove_the_next(task):
        tell("first", task.remove_done_callback(following))
        task.add_done_callback(told("late"))

    task = napper(5)
    task.add_done_callback(remove_the_next)
    task.add_done_callback(following)
    task.add_done_callback(following)
    task.add_done_callback(told("last"))
    tell(word(await of(task)))
    await asyncio.sleep(0)


async def two_values():
    e = None
    try:
        yield 1
        yield 2
    except GeneratorExit as error:
        e = error
    slept = await sleep(5)
    tell("cleaned", "stop" if e else "ok", word(slept))


async def generator__closed_everywhere():
    gen = two_values()
    tell("fresh", word(await of(gen.aclose())))
    tell(word(await of(anext(gen))))
    gen = two_values()
    tell("ok", await anext(gen))
    tell("middle", word(await of(gen.aclose())))
    tell(word(await of(gen.aclose())), word(await of(anext(gen))))


async def generator__ignores_its_end():
    async def stubborn():
        try:
            yield 1
        except GeneratorExit:
            tell("again")
            yield 2

    gen = stubborn()
    await anext(gen)
    e = await of(gen.aclose())
    tell(str(e) if e else "ok")


async def generator__fails():
    async def failing():
        yield 1
        raise ValueError("bad")

    gen = failing()
    await anext(gen)
    tell(type(await of(anext(gen))).__name__)
    tell(word(await of(anext(gen))))
    tell(word(await of(gen.aclose())))


async def fail_at_10():
    await asyncio.sleep(10)
    raise ValueError("bad")


async def group__ending_takes_nobody():
    group = None

    async def spawn_late():
        e = await sleep(20)
        coro = nap(1)
        try:
            group.create_task(coro)
            tell(word(e), "spawned")
        except RuntimeError as error:
            coro.close()
            tell(word(e), re.sub(r"TaskGroup .*> ", "the group ", str(error).replace("<TaskGroup", "TaskGroup")))

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail_at_10())
            group.create_task(spawn_late())
    except BaseException as e:
        tell(word(e), len(e.exceptions), me().cancelling())
    async with asyncio.TaskGroup() as group:
        group.create_task(spawn_late())
    tell("ok")


async def group__cancelled_while_children_fail():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail_at_10())
            group.create_task(fail_at_10())
            asyncio.get_running_loop().call_later(10, me().cancel)
            e = await sleep(50)
            tell(word(e))
            raise e
    except BaseException as e:
        tell(word(e), me().cancelling())


async def future__many_wait_and_one_is_cancelled():
    future = asyncio.get_running_loop().create_future()

    async def waits():
        e = await of(future)
        tell(word(e))
        if e:
            raise e

    a = spawn(waits())
    spawn(waits())
    await asyncio.sleep(1)
    a.cancel()
    try:
        future.set_result(1)
        tell("ok")
    except asyncio.InvalidStateError as e:
        tell(word(e))
    e = await sleep(1)
    tell(future.cancel(), word(e))


if __name__ == "__main__":
    sys.exit(stories.main(stories.HERE / "test_odd.c", globals(), sys.argv[1:]))
