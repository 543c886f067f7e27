"""A call that fails twice is tried again after 50 and after 100 ms: the answer is there at 450."""
import asyncio

from lesson import log, params

p = params(call=100, gap=50, failures=2, tries=5)


async def call(n):
    log(f"try {n}")
    await asyncio.sleep(p.call / 1000)
    if n <= p.failures:
        raise ConnectionError(f"no answer to try {n}")


async def main():
    gap = p.gap
    for n in range(1, p.tries + 1):
        try:
            await call(n)
        except ConnectionError as error:
            log(f"{error}")
        else:
            log("has an answer")
            return
        if n < p.tries:
            await asyncio.sleep(gap / 1000)
        gap *= 2
    log("gives up")


if __name__ == "__main__":
    asyncio.run(main())
