"""Stories in Python: what the twins of the odd tests share, and how a table of a C file is compared with what CPython 3.11 tells."""
import asyncio
import pathlib
import re
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "conformance"))
ROW = re.compile(r'^\tX\((\w+),\s*\\?\s*"((?:[^"\\]|\\.|"\s*\\\s*")*)"\)', re.MULTILINE)
IS_REFERENCE = sys.version_info[:2] == (3, 11) and sys.implementation.name == "cpython"

story = []


def tell(*words):
    story.append(f"{asyncio.get_running_loop().time()}:" + ",".join(str(int(w) if isinstance(w, bool) else w) for w in words))


def word(error):
    return {"CancelledError": "cancelled", "TimeoutError": "timeout", "StopAsyncIteration": "stop",
            "InvalidStateError": "state", "RuntimeError": "state"}.get(type(error).__name__, "error") if error else "ok"


async def of(awaitable):
    """Await, and return what was raised, or None."""
    try:
        await awaitable
    except BaseException as e:
        return e


async def nap(ms):
    await asyncio.sleep(ms)
    return ms


def spawn(coro):
    task = asyncio.get_running_loop().create_task(coro)
    kept.append(task)
    return task


kept = []


def napper(ms):
    return spawn(nap(ms))


async def beside():
    tell("beside")


def sleep(ms):
    return of(asyncio.sleep(ms))


def me():
    return asyncio.current_task()


def run(function):
    """Return what the twin tells."""
    import asyncio_oracle

    sys.unraisablehook = lambda *_: None  # the loop's selector is none that could be closed
    story.clear()
    kept.clear()
    clock = asyncio_oracle._Clock()
    loop = asyncio_oracle.VirtualLoop(clock)
    loop.set_exception_handler(lambda *_: None)
    asyncio.set_event_loop(loop)
    loop.run_until_complete(function())
    told = " ".join(story)
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    return told


def rows(table):
    """Return the stories that stand in a C file, by name."""
    return {name: re.sub(r'"\s*\\\s*"', "", text) for name, text in ROW.findall(table.read_text(encoding="utf-8"))}


def write(table, twins):
    text = table.read_text(encoding="utf-8")
    table.write_text(ROW.sub(lambda row: f'\tX({row[1]}, "{run(twins[row[1]])}")', text), encoding="utf-8")


def main(table, twins, arguments):
    """Compare the table with the twins, functions by name, or write its stories anew."""

    @unittest.skipUnless(IS_REFERENCE, "needs CPython 3.11")
    class Stories(unittest.TestCase):
        maxDiff = None

        def test_stories__told_by_cpython__are_the_same(self):
            stories = rows(table)
            self.assertGreater(len(stories), 15)
            for name, text in stories.items():
                with self.subTest(name):
                    self.assertEqual(text, run(twins[name]))

    if arguments == ["--write"]:
        return write(table, twins)
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Stories)
    return 0 if unittest.TextTestRunner().run(suite).wasSuccessful() else 1
