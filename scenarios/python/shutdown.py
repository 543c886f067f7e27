"""A service with two background tasks is stopped at 500 ms: cancel all, then await all."""
import asyncio
from contextlib import suppress

from lesson import log, params

p = params(steps=5, step=200, at=500)


async def in_background():
    for i in range(1, p.steps + 1):
        try:
            await asyncio.sleep(p.step / 1000)
        except asyncio.CancelledError:
            log(f"stops after {i - 1} of {p.steps} steps")
            raise
        log(f"step {i}")
    log("all steps are done")


class Service:
    def start(self):
        self.tasks = [asyncio.create_task(in_background(), name=name) for name in ("heartbeat", "collector")]
        log("the service is up")

    async def stop(self):
        log("stop")
        for task in self.tasks:
            task.cancel()
        for task in self.tasks:
            with suppress(asyncio.CancelledError):
                await task
        log("the service is down")


async def main():
    service = Service()
    service.start()
    await asyncio.sleep(p.at / 1000)
    await service.stop()


if __name__ == "__main__":
    asyncio.run(main())
