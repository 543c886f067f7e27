"""What a task can be asked: its name, whether it is done, whether it was cancelled."""
import asyncio

from lesson import log, params

p = params(a=100, b=500, c=500, pause=150)


async def work(ms):
    log(f"runs; its name is {asyncio.current_task().get_name()}")
    await asyncio.sleep(ms / 1000)


def look(tasks):
    for task in tasks:
        state = "done, cancelled" if task.cancelled() else "done" if task.done() else "pending"
        log(f"{task.get_name()} is {state}, {task.cancelling()} requests to cancel it")
    names = ["main" if task.get_name() == "Task-1" else task.get_name() for task in asyncio.all_tasks()]
    log(f"not done: {' '.join(sorted(names, key=lambda name: (name != 'main', name)))}")  # all_tasks is a set


async def main():
    tasks = [
        asyncio.create_task(work(p.a), name="A"),
        asyncio.create_task(work(p.b), name="B"),
        asyncio.create_task(work(p.c), name="C"),
    ]
    look(tasks)
    await asyncio.sleep(p.pause / 1000)
    tasks[1].cancel()
    log(f"has asked {tasks[1].get_name()} to end")
    look(tasks)
    await asyncio.sleep(p.pause / 1000)
    look(tasks)


if __name__ == "__main__":
    asyncio.run(main())
