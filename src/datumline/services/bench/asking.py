"""A small HTTP client for benchmarks: many open connections, each asking again as soon as it is answered."""

from __future__ import annotations

import selectors
import socket
from contextlib import ExitStack
from dataclasses import dataclass, field
from time import perf_counter

from datumline.domain.problem import Problem

HEAD_END = b"\r\n\r\n"
OK = b"HTTP/1.1 200"
CHUNK = 1 << 16


@dataclass(slots=True)
class _Connection:
    """One connection and the answer that is coming in on it."""

    socket: socket.socket
    request: bytes
    since: float = 0.0
    told: bytearray = field(default_factory=bytearray)

    def ask(self) -> None:
        """Send the request."""
        self.told.clear()
        self.since = perf_counter()
        self.socket.sendall(self.request)

    def hear(self) -> bool:
        """Take what has come; whether the answer is complete. Raises Problem for any answer but 200."""
        part = self.socket.recv(CHUNK)
        self.told += part
        head, end, body = bytes(self.told).partition(HEAD_END)
        if not part or (end and not head.startswith(OK)):
            raise Problem(
                f"answered {head[:40].decode(errors='replace')!r}",
                where="bench",
                expected="a page with status 200",
            )
        return bool(end) and len(body) >= _length(head)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    raise Problem("an answer of unknown length", where="bench", expected="Content-Length")


def ask(port: int, path: str, cookie: str, *, requests: int, connections: int) -> list[float]:
    """Ask for a page so many times over so many connections at once; the seconds that each answer took."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()
    taken: list[float] = []
    with ExitStack() as stack:
        selector = stack.enter_context(selectors.DefaultSelector())
        opened = min(connections, requests)
        for _ in range(opened):
            own = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection = _Connection(own, request)
            selector.register(own, selectors.EVENT_READ, connection)
            connection.ask()
        left = requests - opened
        while len(taken) < requests:
            for key, _ in selector.select():
                if key.data.hear():
                    taken.append(perf_counter() - key.data.since)
                    if left > 0:
                        left -= 1
                        key.data.ask()
    return taken
