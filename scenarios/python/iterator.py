"""An asynchronous iterator works only while it is asked: after the break no value is made."""
import asyncio

from lesson import log, params

p = params(values=5, apart=100, stop=3, after=100)


class Numbers:
    def __init__(self):
        self.next = 1

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.next > p.values:
            raise StopAsyncIteration
        await asyncio.sleep(p.apart / 1000)
        self.next += 1
        return self.next - 1


async def main():
    async for value in Numbers():
        log(f"has {value}")
        if value == p.stop:
            break
    log("is behind the loop")
    await asyncio.sleep(p.after / 1000)
    log("ends")


if __name__ == "__main__":
    asyncio.run(main())
