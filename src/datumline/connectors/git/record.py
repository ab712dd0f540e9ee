"""What a clone says about one commit, before anybody judges it.

Tuples and not dataclasses: a long history makes one for every commit, while git waits for the same core.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Mode(StrEnum):
    """How much of each commit is read, and so what it costs."""

    PATHS = "paths"  # metadata, trailers, reverts and the paths touched: about a sixth of the cost of lines
    LINES = "lines"  # line counts too


class Contact(NamedTuple):
    """One way in which git names a person, after `.mailmap`. Unverified text: anybody can write it."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


class Commit(NamedTuple):
    """One commit, as read.

    Attributes:
        id: full object id, lower-case hex.
        parents: how many; 2 or more is a merge, 0 a root.
        authored: day of the author date in the author's own zone.
        committed: day of the committer date in the committer's zone.
        subject: first line of the message.
        co_authors, reviewers: from trailers, each once, the author left out.
        assistants: values of `Assisted-by` as written; recorded, never scored.
        reverts: ids, whole or abbreviated, that this commit says it reverts or fixes.
        undoes: True if it reverts, rather than fixes, at least one of them.
        paths: the files touched, a rename counted as both names; empty for merges.
        added, deleted: lines over all text files; None when they were not read (mode `paths`) or
            could not be (a file's content is absent from this clone).
        complete: False when content that this commit refers to is absent from the clone.
        edge: True where a shallow clone was cut off: there a commit looks as if it had written all it holds.
    """

    id: str
    parents: int
    author: Contact
    authored: date
    committed: date
    subject: str
    co_authors: tuple[Contact, ...] = ()
    reviewers: tuple[Contact, ...] = ()
    assistants: tuple[str, ...] = ()
    reverts: tuple[str, ...] = ()
    undoes: bool = False
    paths: tuple[str, ...] = ()
    added: int | None = None
    deleted: int | None = None
    complete: bool = True
    edge: bool = False
