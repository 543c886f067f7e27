"""Eight tasks miss a cache at the same time, and all call the backend. With share=1 they call once."""
import asyncio

from lesson import log, params

p = params(tasks=8, call=100, share=0)
cache = {}
calls = 0


async def call_backend():
    global calls
    calls += 1
    log("calls the backend")
    await asyncio.sleep(p.call / 1000)
    cache["value"] = "the answer"


async def share_call():
    """The first to miss starts the call, and everybody waits for the same one."""
    if "call" not in cache:
        cache["call"] = asyncio.create_task(call_backend(), name="backend call")
    await cache["call"]


async def ask():
    if "value" in cache:
        log("finds it in the cache")
        return
    log("misses the cache")
    await (share_call() if p.share else call_backend())
    log("has the answer")


async def main():
    tasks = [asyncio.create_task(ask(), name=f"Task {i}") for i in range(p.tasks)]
    await asyncio.gather(*tasks)
    log(f"the backend was called {calls} times")


if __name__ == "__main__":
    asyncio.run(main())
