"""Three tasks end in the order B, C, A; gather returns their results in the order A, B, C."""
import asyncio

from lesson import log, params

p = params(a=300, b=100, c=200)


async def run(wait, result):
    await asyncio.sleep(wait / 1000)
    log(f"ends with {result}")
    return result


async def main():
    results = await asyncio.gather(
        asyncio.create_task(run(p.a, 1), name="A"),
        asyncio.create_task(run(p.b, 2), name="B"),
        asyncio.create_task(run(p.c, 3), name="C"),
    )
    log("results: " + " ".join(map(str, results)))


if __name__ == "__main__":
    asyncio.run(main())
