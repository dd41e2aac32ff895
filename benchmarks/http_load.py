"""A client that posts forms over many connections at once: each its next as soon as an answer came, or at a rate.

`python -m benchmarks.http_load PORT CONNECTIONS FILE [RATE]`: FILE holds a JSON list of {path, cookie, body}. Prints
JSON: the seconds from the first request to the last answer, the seconds of each, the answers by status. At a rate
(requests a second, evenly spaced) the seconds of each count from the moment at which it was due, so that one that had
to wait for a free connection is not counted as quick.
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

    def __init__(self, requests: Iterator[tuple[float, bytes]], taken: list[float], said: Counter[str]) -> None:
        self.requests, self.taken, self.said = requests, taken, said
        self.done, self.got = asyncio.get_running_loop().create_future(), b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        due, request = next(self.requests, (0.0, None))
        if request is None:
            self.transport.close()
            return
        now = time.perf_counter()
        self.since = due or now
        if due > now:
            asyncio.get_running_loop().call_later(due - now, self.transport.write, request)
        else:
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


async def load(port: int, connections: int, requests: list[bytes], rate: float = 0) -> dict[str, object]:
    """Send all requests and wait for all answers."""
    loop, taken, said, start = asyncio.get_running_loop(), list[float](), Counter[str](), time.perf_counter()
    begin = start + 0.5  # by then every connection is made
    waiting = ((begin + n / rate if rate else 0.0, each) for n, each in enumerate(requests))
    links = [await loop.create_connection(lambda: Asker(waiting, taken, said), "127.0.0.1", port)
             for _ in range(connections)]  # fmt: skip
    await asyncio.gather(*(asker.done for _, asker in links))
    return {"seconds": time.perf_counter() - start, "taken": taken, "said": said}


if __name__ == "__main__":
    told = json.loads(Path(sys.argv[3]).read_text("ascii"))
    rate = float(sys.argv[4]) if len(sys.argv) > 4 else 0
    print(json.dumps(asyncio.run(load(int(sys.argv[1]), int(sys.argv[2]), [wire(each) for each in told], rate))))
