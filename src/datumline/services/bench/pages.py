"""Pages against the bare signed-in page of the same framework and server, in the same run (G11).

The demo organisation is built in a folder of its own and served by the program itself; a manager's Today and
one person's page are asked for over 50 connections, in turn with the bare page.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from datumline.domain.problem import Problem
from datumline.services.bench.asking import ask
from datumline.services.bench.bare_page import FOLDER
from datumline.services.bench.comparison import Direction, Figures, Goal
from datumline.services.bench.harness import Benchmark, Sides
from datumline.services.bench.stopwatch import Side

CONNECTIONS = 50
REQUESTS = 300
SHARE_OF_BARE = 0.25
P95_MILLISECONDS = 100
START_SECONDS = 60
GOALS = (
    Goal(measure="wall", limit=SHARE_OF_BARE, direction=Direction.AT_LEAST),
    Goal(measure="p95_ms", limit=P95_MILLISECONDS, absolute=True),
)


def benchmarks(clones: Sequence[Path]) -> tuple[Benchmark, ...]:
    """Today, and a person's page."""
    del clones
    return (
        Benchmark(
            id="G11-today",
            answers="How fast is a manager's Today, as a share of the bare signed-in page?",
            goals=GOALS,
            sides=lambda: _sides("Today", _today),
            rounds=3,
        ),
        Benchmark(
            id="G11-person",
            answers="How fast is a person's page, as a share of the bare signed-in page?",
            goals=GOALS,
            sides=lambda: _sides("a person's page", _a_person),
            rounds=3,
        ),
    )


@contextmanager
def _sides(name: str, page: Callable[[OpenerDirector, str], str]) -> Iterator[Sides]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="datumline-bench-")))
        ours, bare = _free_port(), _free_port()
        home = {"DATUMLINE_HOME": str(folder / "home"), "DATUMLINE_DATABASE_URL": ""}
        _finish([sys.executable, "-m", "datumline", "demo", "--no-serve"], home)
        command = [sys.executable, "-m", "datumline", "serve", "--port", str(ours)]
        stack.enter_context(_running(command, home, ours))
        stack.enter_context(_running(_bare_command(bare), {FOLDER: str(folder)}, bare))
        cookie, path = _entered(f"http://127.0.0.1:{ours}", page)
        bare_cookie = (folder / "cookie").read_text(encoding="ascii")
        yield _side(name, ours, path, cookie), _side("the bare page", bare, "/", bare_cookie)


def _side(name: str, port: int, path: str, cookie: str) -> Side:
    def run() -> Figures:
        taken = ask(port, path, cookie, requests=REQUESTS, connections=CONNECTIONS)
        return {"p95_ms": 1000 * quantiles(taken, n=20)[-1]}

    return Side(name=name, run=run, units=REQUESTS)


def _bare_command(port: int) -> list[str]:
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    one_each = ["--workers", "1", "--blocking-threads", "1"]
    return [
        sys.executable,
        "-m",
        "granian",
        *options,
        *one_each,
        "datumline.services.bench.bare_page:application",
    ]


def _entered(address: str, page: Callable[[OpenerDirector, str], str]) -> tuple[str, str]:
    """Become the demo's first manager; gives the cookie to ask with and the page's path."""
    jar = CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))
    choice = _read(opener, f"{address}/who")
    token = _first(r'name="csrfmiddlewaretoken" value="([^"]+)"', choice)
    person = _first(r'name="person" value="([^"]+)"', choice)
    form = urlencode({"csrfmiddlewaretoken": token, "person": person}).encode()
    opener.open(f"{address}/who", form).close()
    path = page(opener, address)
    return "; ".join(f"{each.name}={each.value}" for each in jar), path


def _today(opener: OpenerDirector, address: str) -> str:
    del opener, address
    return "/"


def _a_person(opener: OpenerDirector, address: str) -> str:
    return _first(r'href="(/people/[0-9a-f-]{36})', _read(opener, f"{address}/"))


def _read(opener: OpenerDirector, address: str) -> str:
    with opener.open(address) as answer:
        text: str = answer.read().decode()
    return text


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise Problem(f"a page without {pattern}", where="bench", expected="the demo's pages")
    return found[1]


def _finish(command: list[str], more: Mapping[str, str]) -> None:
    done = subprocess.run(command, env=_environment(more), capture_output=True, check=False, text=True)
    if done.returncode != 0:
        raise Problem(done.stderr.strip(), where="bench pages", expected="the demo to be built")


@contextmanager
def _running(command: list[str], more: Mapping[str, str], port: int) -> Iterator[None]:
    """Run a server for as long as the block lasts."""
    process = subprocess.Popen(
        command, env=_environment(more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(START_SECONDS * 20):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Problem("a server did not start", where="bench pages", expected="granian to answer")


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    return dict(os.environ) | dict(more)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
