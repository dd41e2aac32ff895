"""A client that posts forms over many connections at once, each sending its next as soon as an answer came.

`python -m benchmarks.http_load PORT CONNECTIONS FILE`: FILE holds a JSON list of {path, cookie, body}. Prints JSON: the
seconds from the first request to the last answer, the seconds of each, the answers by status.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path


class Asker(asyncio.Protocol):
    """One connection that is kept: takes a request, waits for its answer, takes the next."""

    def __init__(self, requests: Iterator[bytes], taken: list[float], said: Counter[str]) -> None:
        self.requests, self.taken, self.said = requests, taken, said
        self.done, self.got = asyncio.get_running_loop().create_future(), b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        request = next(self.requests, None)
        if request is None:
            self.transport.close()
            return
        self.since = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Gather an answer; when it is whole, ask for the next."""
        self.got += data
        head, end, body = self.got.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            return
        self.taken.append(time.perf_counter() - self.since)
        self.said[head[9:12].decode()] += 1
        self.got = b""
        self._ask()

    def connection_lost(self, why: Exception | None) -> None:
        """Over, or broken off with a request unanswered."""
        if why is not None:
            self.said["broken"] += 1
        self.done.set_result(None)


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r")[0]) if found else 0


def wire(request: dict[str, str]) -> bytes:
    """A request as it is sent."""
    head = (
        f"POST {request['path']} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {request['cookie']}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(request['body'])}\r\n\r\n"
    )
    return (head + request["body"]).encode("ascii")


async def load(port: int, connections: int, requests: list[bytes]) -> dict[str, object]:
    """Send all requests and wait for all answers."""
    loop, taken, said, waiting = asyncio.get_running_loop(), list[float](), Counter[str](), iter(requests)
    start = time.perf_counter()
    links = [await loop.create_connection(lambda: Asker(waiting, taken, said), "127.0.0.1", port)
             for _ in range(connections)]  # fmt: skip
    await asyncio.gather(*(asker.done for _, asker in links))
    return {"seconds": time.perf_counter() - start, "taken": taken, "said": said}


if __name__ == "__main__":
    told = json.loads(Path(sys.argv[3]).read_text("ascii"))
    print(json.dumps(asyncio.run(load(int(sys.argv[1]), int(sys.argv[2]), [wire(each) for each in told]))))
