"""The benchmark's own client: every answer counted once, and nothing but a page taken for one."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from datumline.domain.problem import Problem
from datumline.services.bench.asking import ask


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    cookies: list[str | None]

    def do_GET(self) -> None:
        """Answer with a page, or with a fault below /broken."""
        type(self).cookies.append(self.headers.get("Cookie"))
        body = b"x" * 200_000
        self.send_response(500 if self.path == "/broken" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *parts: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """A server of large pages."""
    _Handler.cookies = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_so_many_requests_give_so_many_times_each_with_the_cookie(port: int) -> None:
    taken = ask(port, "/", "who=me", requests=23, connections=5)
    assert len(taken) == 23
    assert min(taken) > 0
    assert _Handler.cookies == ["who=me"] * 23


def test_an_answer_that_is_no_page_ends_it(port: int) -> None:
    with pytest.raises(Problem, match="status 200"):
        ask(port, "/broken", "", requests=1, connections=1)
