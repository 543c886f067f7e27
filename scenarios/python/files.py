"""Ten files written, read and removed, each by a task that waits for a thread of the pool. The files are real."""
import asyncio
import pathlib
import tempfile

from lesson import log, params

p = params(files=10, size=64)


async def for_all(verb, function, paths):
    calls = [asyncio.create_task(asyncio.to_thread(function, path), name=f"{verb} {i + 1}") for i, path in enumerate(paths)]
    return await asyncio.gather(*calls)


async def main():
    folder = pathlib.Path(await asyncio.to_thread(tempfile.mkdtemp))
    paths = [folder / str(i + 1) for i in range(p.files)]
    await for_all("write", lambda path: path.write_bytes(b"x" * p.size * 1024), paths)
    log(f"{p.files} files written")
    log(f"{sum(await for_all('read', lambda path: len(path.read_bytes()), paths))} bytes read")
    await for_all("remove", pathlib.Path.unlink, paths)
    await asyncio.to_thread(folder.rmdir)
    log("all removed")


if __name__ == "__main__":
    asyncio.run(main())
