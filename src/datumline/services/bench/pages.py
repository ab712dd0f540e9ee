"""Pages against the bare signed-in page of the same framework and server, in the same run (G10, G11).

The demo organisation, made an organisation that signs in, is served by the program itself; a manager's Today
and one engineer's page are asked for in turn with the bare page: over 50 connections and over one, in the
demo's own size and in a larger one, and while somebody writes an entry five times a second.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from datumline.domain.problem import Problem
from datumline.services.bench.asking import ask
from datumline.services.bench.bare_page import FOLDER, OTHER
from datumline.services.bench.comparison import Direction, Figures, Goal
from datumline.services.bench.harness import Benchmark, Sides
from datumline.services.bench.stopwatch import Side

CONNECTIONS = 50
REQUESTS = 1000
ALONE = 100  # requests over one connection
WORKERS = "2"
DEMO = 64  # engineers
SHARE_OF_BARE = 0.25
ENGINE_RATIO = 2.5
P95_MILLISECONDS = 100
START_SECONDS = 60
ANSWERING = "seconds"  # for all requests over 50 connections
SHARE = Goal(measure=ANSWERING, limit=SHARE_OF_BARE, direction=Direction.AT_LEAST)
PATIENCE = Goal(measure="p95_ms", limit=P95_MILLISECONDS, absolute=True)
SETTINGS = {"DJANGO_SETTINGS_MODULE": "datumline.config.page_settings"}
OPENED = """
import json, sys
from datumline.config.wiring import context_of, open_home
context = context_of(open_home())
from datumline.services.bench import pages_work
"""
PREPARE = f"{OPENED}print(json.dumps(pages_work.prepare(context, int(sys.argv[1]))))"
WRITE = f"{OPENED}pages_work.write_on(context)"


def benchmarks(clones: Sequence[Path], *, scale: int = 0) -> tuple[Benchmark, ...]:
    """Today and a person's page, in the demo's size and, if larger, in that of `scale`; and the yardstick."""
    del clones
    sizes = (DEMO, scale) if scale > DEMO else (DEMO,)
    ours = [
        _benchmark(name, size, writing=writing)
        for size in sizes
        for name in PAGES
        for writing in (False, True)
    ]
    yardstick = Benchmark(
        id="G10",
        answers="How fast is the bare signed-in page, beside the same in the framework's own templates?",
        goals=(Goal(measure=ANSWERING, limit=ENGINE_RATIO, direction=Direction.AT_LEAST), PATIENCE),
        sides=_engines,
        rounds=3,
    )
    return (yardstick, *ours)


def _benchmark(name: str, size: int, *, writing: bool) -> Benchmark:
    among = f"among {size} engineers{' while somebody writes' if writing else ''}"
    return Benchmark(
        id=f"G11-{name}-{size}{'-writing' if writing else ''}",
        answers=f"How fast is {PAGES[name]} {among}, as a share of the bare signed-in page?",
        goals=(SHARE, PATIENCE),
        sides=partial(_sides, name, size, writing=writing),
        rounds=3,
    )


PAGES = {"today": "a manager's Today", "person": "a person's page"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Door:
    """Where a page is asked for."""

    port: int
    path: str
    cookie: str


@contextmanager
def _sides(name: str, size: int, *, writing: bool) -> Iterator[Sides]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="datumline-bench-")))
        ours = stack.enter_context(_ours(folder, name, size, writing=writing))
        bare = stack.enter_context(_bare(folder))
        yield _side(PAGES[name], ours), _side("the bare page", bare)


@contextmanager
def _engines() -> Iterator[Sides]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="datumline-bench-")))
        bare = stack.enter_context(_bare(folder))
        other = _Door(port=bare.port, path=OTHER, cookie=bare.cookie)
        yield _side("the bare page", bare), _side("the same in the framework's templates", other)


def _side(name: str, door: _Door) -> Side:
    def run() -> Figures:
        began = perf_counter()
        taken = _asked(door, REQUESTS, CONNECTIONS)
        seconds, alone = perf_counter() - began, _asked(door, ALONE, 1)
        return {
            ANSWERING: seconds,
            "a_second": REQUESTS / seconds,
            "p50_ms": median(taken),
            "p95_ms": quantiles(taken, n=20)[-1],
            "p50_alone_ms": median(alone),
            "p95_alone_ms": quantiles(alone, n=20)[-1],
        }

    return Side(name=name, run=run, units=REQUESTS + ALONE)


def _asked(door: _Door, requests: int, connections: int) -> list[float]:
    """The milliseconds that each answer took."""
    taken = ask(door.port, door.path, door.cookie, requests=requests, connections=connections)
    return [1000 * seconds for seconds in taken]


@contextmanager
def _ours(folder: Path, name: str, size: int, *, writing: bool) -> Iterator[_Door]:
    """The program's own pages over the demo brought to that size, asked for by one of its managers."""
    home = {"DATUMLINE_HOME": str(folder / "home"), "DATUMLINE_DATABASE_URL": ""} | SETTINGS
    _finish([sys.executable, "-m", "datumline", "demo", "--no-serve"], home)
    _let_sign_in(folder / "home" / "home.json")
    known = json.loads(_finish([sys.executable, "-c", PREPARE, str(size)], home))
    port = _free_port()
    with ExitStack() as stack:
        stack.enter_context(_running(_command("datumline.config.wsgi:application", port), home, port))
        cookie = _signed_in(f"http://127.0.0.1:{port}", known)
        if writing:
            stack.enter_context(_until_done([sys.executable, "-c", WRITE], home))
        yield _Door(port=port, path="/" if name == "today" else f"/people/{known['person']}", cookie=cookie)


@contextmanager
def _bare(folder: Path) -> Iterator[_Door]:
    port = _free_port()
    command = _command("datumline.services.bench.bare_page:application", port)
    _finish([sys.executable, "-c", "import datumline.services.bench.bare_page"], {FOLDER: str(folder)})
    with _running(command, {FOLDER: str(folder)}, port):
        yield _Door(port=port, path="/", cookie=(folder / "cookie").read_text(encoding="ascii"))


def _command(application: str, port: int) -> list[str]:
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    workers = ["--workers", WORKERS, "--blocking-threads", "1"]
    return [sys.executable, "-m", "granian", *options, *workers, application]


def _let_sign_in(marker: Path) -> None:
    said = json.loads(marker.read_text(encoding="utf-8")) | {"mode": "organisation"}
    marker.write_text(json.dumps(said), encoding="utf-8")


def _signed_in(address: str, known: Mapping[str, str]) -> str:
    """Sign in as anybody would; gives the cookies to ask with."""
    jar = CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))
    form = _read(opener, f"{address}/sign-in")
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    told = {name: unescape(value) for name, value in hidden} | {
        "email": known["email"],
        "password": known["password"],
    }
    _read(opener, f"{address}/sign-in", urlencode(told).encode())
    return "; ".join(f"{each.name}={each.value}" for each in jar)


def _read(opener: OpenerDirector, address: str, form: bytes | None = None) -> str:
    with opener.open(address, form) as answer:
        text: str = answer.read().decode()
    return text


def _finish(command: list[str], more: Mapping[str, str]) -> str:
    done = subprocess.run(command, env=_environment(more), capture_output=True, check=False, text=True)
    if done.returncode != 0:
        said = done.stderr.strip().rpartition("\n")[2]
        raise Problem(said, where="bench pages", expected="a home to measure in")
    return done.stdout


@contextmanager
def _until_done(command: list[str], more: Mapping[str, str]) -> Iterator[None]:
    """Run a program for as long as the block lasts."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=_environment(more), stdout=quiet, stderr=quiet)
    try:
        yield
        if process.poll() is not None:
            raise Problem("whoever writes ended early", where="bench pages", expected="entries to be written")
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _running(command: list[str], more: Mapping[str, str], port: int) -> Iterator[None]:
    """Run a server for as long as the block lasts."""
    with _until_done(command, more):
        _wait_for(port)
        yield


def _wait_for(port: int) -> None:
    for _ in range(START_SECONDS * 20):
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
