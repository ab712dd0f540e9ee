"""A draft: what somebody wants to append, before the ledger gives it a place and a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from datumline.domain.evidence.entry import Audience, Dimension, EntryId, Seen, Tag
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json


class KeyTaken(Problem):
    """A key that stands for an entry with other words: the caller must take a new one."""

    def __init__(self, key: str, entry: EntryId) -> None:
        super().__init__(
            f"the key '{key}' stands for another entry", where=f"entry {entry}", expected="a new key"
        )
        self.entry = entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry to be. Same words as `Entry`; the ledger adds id, stream, sequence and `recorded_at`.

    The stream follows from `(subject, audience)`, and for a private note from the author too. `key` makes a
    repeated request one entry: unique per author.
    """

    kind: Kind
    author: str
    occurred_on: date
    subject: PersonId | None = None
    audience: Audience = Audience.SHARED
    title: str = ""
    text: str = ""
    links: tuple[str, ...] = ()
    seen: Seen | None = None
    principles: tuple[str, ...] = ()
    dimension: Dimension | None = None
    concern: str | None = None
    tag: Tag | None = None
    remediation: str | None = None
    remediated_on: date | None = None
    source: str = ""
    ref: EntryId | None = None
    key: str | None = None
    amounts: Mapping[str, Json | date] = field(default_factory=dict)
