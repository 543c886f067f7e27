"""Three files of ten chunks of 100 ms each are loaded at the same time, and a task shows the progress."""
import asyncio

from lesson import log, params

p = params(files=3, chunks=10, chunk=100, every=250)
n_done = 0


async def download():
    global n_done
    for i in range(1, p.chunks + 1):
        await asyncio.sleep(p.chunk / 1000)
        n_done += 1
        if i * 2 == p.chunks:
            log("is half done")
    log("is done")


async def show_progress():
    n_all = p.files * p.chunks
    while True:  # main ends it
        await asyncio.sleep(p.every / 1000)
        log(f"{n_done} of {n_all} chunks")


async def main():
    progress = asyncio.create_task(show_progress(), name="progress")
    files = [asyncio.create_task(download(), name=f"file {i + 1}") for i in range(p.files)]
    await asyncio.gather(*files)
    progress.cancel()
    log(f"all {n_done} chunks are there")


if __name__ == "__main__":
    asyncio.run(main())
