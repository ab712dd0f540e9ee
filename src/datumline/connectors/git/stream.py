"""Git's output as one raw record a commit: streamed, from one process or several over disjoint commits.

Each record begins with a separator that no repository can forge (it is random per run). Commits are dealt
out in small portions to `git diff-tree --stdin` processes that live for the whole run: their delta caches
stay warm, and a core that had the cheaper commits takes more of them. A process that dies on a commit whose
content is absent from the clone costs that commit its details and nothing else.
"""

from __future__ import annotations

import fcntl
import os
import selectors
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from time import sleep
from typing import NamedTuple

from datumline.connectors.git.clone import Clone, command, complaint, environment, run
from datumline.domain.problem import Problem

_SEPARATOR = os.urandom(8).hex().encode()
FORMAT = f"--format=%x00{_SEPARATOR.decode()}%H%x00%P%x00%an%x00%ae%x00%aI%x00%cI%x00%B%x00"
_MARK = b"\0" + _SEPARATOR
_SAFE = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=none")
_PLAIN = ("--no-renames", *_SAFE)
_READ = 1 << 20  # bytes a read; also asked for as the pipe's size, so that git seldom waits for us
_PORTION = 96  # commits dealt at a time: few, so that the processes end together, and any pipe takes them
_GATHER = 0.003  # seconds in which output may gather: waking for every few KiB costs git its caches
_GIVE_UP = 16  # commits with absent content after which the rest is read without content at once

PATHS = ("-z", "--name-only", *_PLAIN)
LINES = ("-z", "--numstat", *_PLAIN)
PATCH = ("-p", "-U0", "-M", "--src-prefix=a/", "--dst-prefix=b/", *_SAFE)
ORIGINS = ("-z", "--name-status", "-M", "--diff-filter=AR", *_SAFE)
HEADER = ("-s",)


class Raw(NamedTuple):
    """One commit as git printed it: header fields, message, then rows in the form that `flags` asked for."""

    data: bytes
    flags: tuple[str, ...]


def commit_ids(clone: Clone, *, known: tuple[str, ...] = (), merges: bool = True) -> Iterator[bytes]:
    """Ids reachable from HEAD and not from `known`, newest first."""
    if clone.head is None:
        return
    more = () if merges else ("--no-merges",)
    yield from _lines(clone, "rev-list", *more, clone.head, "--not", *known)


def walk(clone: Clone, flags: tuple[str, ...], *, known: tuple[str, ...] = ()) -> Iterator[Raw]:
    """Every commit of `commit_ids` by a single `git log`. Raises Problem when history is broken."""
    if clone.head is None:
        return
    with _start(clone, "log", *flags, FORMAT, clone.head, "--not", *known, errors=subprocess.PIPE) as git:
        try:
            tail = b""
            while data := os.read(_out(git), _READ):
                *done, tail = (tail + data).split(_MARK)
                yield from (Raw(data=one, flags=flags) for one in done if one)
                sleep(_GATHER)
            _, errors = git.communicate()
        finally:
            git.kill()
    if git.returncode:
        raise Problem(complaint(errors), where=str(clone.path), expected="a clone whose history is whole")
    if tail:
        yield Raw(data=tail, flags=flags)


def details(
    clone: Clone, ids: Iterator[bytes], flags: tuple[str, ...], *, processes: int = 2
) -> Iterator[Raw]:
    """Every commit of `ids` in the form of `flags`, in no promised order, read by so many processes at once.

    A commit with absent content comes with `flags` PATHS, or HEADER where not even its paths can be read.
    """
    with selectors.DefaultSelector() as selector:
        try:
            dealt = _Deal(clone=clone, ids=ids, flags=flags, selector=selector)
            while len(selector.get_map()) < processes and not dealt.all_dealt:
                dealt.start()
            while selector.get_map():
                for key, _ in selector.select():
                    yield from dealt.read(key.data)
                if not dealt.all_dealt:
                    sleep(_GATHER)
        finally:
            for key in list(selector.get_map().values()):
                with key.data.git as git:
                    git.kill()


@dataclass(slots=True, kw_only=True)
class _Reader:
    git: subprocess.Popen[bytes]
    flags: tuple[str, ...]
    pending: deque[bytes] = field(default_factory=deque)
    tail: bytes = b""
    fed: bool = False  # whether its input has been closed


@dataclass(slots=True, kw_only=True)
class _Deal:
    clone: Clone
    ids: Iterator[bytes]
    flags: tuple[str, ...]
    selector: selectors.BaseSelector
    absent: int = 0
    all_dealt: bool = False

    def start(self, again: Iterable[bytes] = ()) -> None:
        flags = self.flags if self.absent < _GIVE_UP else PATHS
        arguments = ("diff-tree", "--stdin", "--root", "--always", "-r", *flags, FORMAT)
        git = _start(self.clone, *arguments, errors=subprocess.DEVNULL)
        reader = _Reader(git=git, flags=flags)
        self.selector.register(_out(git), selectors.EVENT_READ, reader)
        self._feed(reader, again)

    def _feed(self, reader: _Reader, again: Iterable[bytes] = ()) -> None:
        stdin = reader.git.stdin
        if reader.fed or stdin is None or len(reader.pending) >= _PORTION:
            return
        fresh = list(islice(self.ids, _PORTION))
        ids = [*again, *fresh]
        reader.pending.extend(ids)
        with suppress(BrokenPipeError):  # it died: `_end` reads what is pending in another process
            stdin.write(b"".join(one + b"\n" for one in ids))
        self.all_dealt = len(fresh) < _PORTION
        if self.all_dealt:  # nothing more to deal: git writes its last buffer only when its input ends
            reader.fed = True
            stdin.close()

    def read(self, reader: _Reader) -> Iterator[Raw]:
        data = os.read(_out(reader.git), _READ)
        if not data:
            yield from self._end(reader)
            return
        *done, reader.tail = (reader.tail + data).split(_MARK)
        for one in done:
            if one:
                reader.pending.popleft()
                yield Raw(data=one, flags=reader.flags)
        self._feed(reader)

    def _end(self, reader: _Reader) -> Iterator[Raw]:
        with reader.git:  # leaving it closes the pipes and waits
            self.selector.unregister(_out(reader.git))
        if reader.git.returncode == 0 and reader.tail:
            reader.pending.popleft()
            yield Raw(data=reader.tail, flags=reader.flags)
        if reader.pending:
            self.absent += 1
            yield from alone(self.clone, reader.pending.popleft().decode(), reader.flags)
            self.start(reader.pending)


def alone(clone: Clone, commit: str, flags: tuple[str, ...]) -> Iterator[Raw]:
    """One commit by itself: in the form of `flags`, else its paths, else its header."""
    for tried in dict.fromkeys((flags, PATHS, HEADER)):
        how = ("log", "--no-walk") if tried is HEADER else ("diff-tree", "--root", "--always", "-r")
        done = run(clone.path, *how, *tried, FORMAT, commit)
        if done.returncode == 0:
            yield Raw(data=done.stdout.removeprefix(_MARK), flags=tried)
            return
    raise Problem(
        "a commit cannot be read", where=f"{clone.path}: {commit}", expected="a clone whose history is whole"
    )


def _lines(clone: Clone, *arguments: str) -> Iterator[bytes]:
    with _start(clone, *arguments, errors=subprocess.PIPE) as git:
        try:
            tail = b""
            while data := os.read(_out(git), _READ):
                *done, tail = (tail + data).split(b"\n")
                yield from done
            _, errors = git.communicate()
        finally:
            git.kill()
    if git.returncode:
        raise Problem(complaint(errors), where=str(clone.path), expected="a clone whose history is whole")


def _start(clone: Clone, *arguments: str, errors: int) -> subprocess.Popen[bytes]:
    git = subprocess.Popen(
        command(clone.path, *arguments),
        env=environment(clone.path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        bufsize=0,
    )
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        fcntl.fcntl(_out(git), fcntl.F_SETPIPE_SZ, _READ)
    return git


def _out(git: subprocess.Popen[bytes]) -> int:
    if git.stdout is None:
        raise AssertionError("standard output is a pipe")
    return git.stdout.fileno()
