"""A coroutine that is made and dropped never runs, however long one waits."""
import asyncio
import warnings

from lesson import log, params

p = params(wait=100, after=200)
sent = []


async def send():
    log("send begins")
    await asyncio.sleep(p.wait / 1000)
    sent.append(1)
    log("send ends")


async def main():
    forgotten = send()
    awaited = send()
    log("has called send twice")
    await awaited
    log("has awaited one of them")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it would say: coroutine 'send' was never awaited
        del forgotten
    await asyncio.sleep(p.after / 1000)
    log(f"{len(sent)} of 2 mails were sent")


if __name__ == "__main__":
    asyncio.run(main())
