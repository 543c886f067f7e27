"""Twenty requests to an HTTP server of our own: one after the other, then together. Sockets and times are real."""
import asyncio

from lesson import log, params

p = params(requests=20, work=20)


async def serve(reader, writer):
    while (line := await reader.readline()) and line != b"\r\n":
        pass
    await asyncio.sleep(p.work / 1000)
    writer.write(b"HTTP/1.0 200 OK\r\n\r\nhello, world\n")
    await writer.drain()
    writer.close()


async def fetch(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.0\r\n\r\n")
    n = 0
    while line := await reader.readline():
        n += len(line)
    writer.close()
    return n


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    n = 0
    for _ in range(p.requests):
        n += await fetch(port)
    log(f"{n} bytes, one request after the other")
    requests = [asyncio.create_task(fetch(port), name=f"request {i + 1}") for i in range(p.requests)]
    log(f"{sum(await asyncio.gather(*requests))} bytes, all requests together")
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
