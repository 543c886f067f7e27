"""Three workers take ten jobs of 100 ms from a queue: 0 3 6 9 go to the first. 400 ms."""
import asyncio

from lesson import log, params

p = params(workers=3, jobs=10, work=100)


async def work(jobs):
    while True:
        job = await jobs.get()
        log(f"job {job}")
        await asyncio.sleep(p.work / 1000)
        jobs.task_done()


async def main():
    jobs = asyncio.Queue()
    for job in range(p.jobs):
        jobs.put_nowait(job)
    workers = [asyncio.create_task(work(jobs), name=f"worker {i + 1}") for i in range(p.workers)]
    await jobs.join()
    log("all jobs are done")
    for worker in workers:
        worker.cancel()  # it waits for a job that will not come


if __name__ == "__main__":
    asyncio.run(main())
