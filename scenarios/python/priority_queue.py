"""A server takes the smallest number first; an urgent order that arrives at 10 ms is served at 100."""
import asyncio

from lesson import log, params

p = params(work=100, at=10, urgent=1)


async def serve(orders):
    while True:
        order = await orders.get()
        log(f"serves {order}")
        await asyncio.sleep(p.work / 1000)
        log(f"is done with {order}")
        orders.task_done()


async def ask(orders):
    await asyncio.sleep(p.at / 1000)
    log(f"orders {p.urgent}")
    await orders.put(p.urgent)


async def main():
    orders = asyncio.PriorityQueue()
    for order in (7, 6, 5):
        orders.put_nowait(order)
    server = asyncio.create_task(serve(orders), name="server")
    guest = asyncio.create_task(ask(orders), name="guest")
    await guest
    await orders.join()
    server.cancel()  # it waits for an order that will not come


if __name__ == "__main__":
    asyncio.run(main())
