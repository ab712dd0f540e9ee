"""Striking words out of an entry: for which reasons, which words, and what is still asked for.

A person asks, a second one approves; who works alone waits and the redaction says so (law 11). The reason is
one of a closed list, because free text would repeat what is to be struck.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from datumline.domain.evidence.body import REASON
from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind, Type, amounts
from datumline.domain.evidence.threads import Thread

WORDS = ("title", "text", "links", "remediation")  # fields of every kind that hold somebody's words


class Basis(StrEnum):
    """Why words are struck."""

    WRONG_PERSON = "wrong-person"  # it is about somebody else
    THIRD_PERSON = "third-person"  # it names somebody who need not be named
    SENSITIVE = "sensitive"  # health, belief, family: nothing that work needs
    CONFIDENTIAL = "confidential"  # a password, a customer's data
    LEGAL = "legal"  # an authority or a court demands it


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that is neither granted nor taken back."""

    request: Entry
    fields: tuple[str, ...]
    basis: str


def strikable(entry: Entry) -> tuple[str, ...]:
    """The fields of an entry whose words can be struck without making it say something else."""
    said = [name for name in WORDS if getattr(entry, name)]
    kinds = amounts(entry.kind)
    texts = {name for name, (type_of, _) in kinds.items() if type_of in {Type.TEXT, Type.TEXTS}} | {REASON}
    return (*said, *(name for name in entry.amounts if name in texts and entry.amounts[name]))


def asked_for(thread: Thread) -> tuple[Asked, ...]:
    """The requests about a matter that wait for an answer, oldest first."""
    struck = {name for each in thread.line for name in each.redacted}
    found = (_asked(each) for each in thread.said(Kind.REDACTION_REQUEST))
    return tuple(each for each in found if not struck.issuperset(each.fields))


def _asked(request: Entry) -> Asked:
    fields = request.amounts.get("fields")
    names = tuple(str(name) for name in fields) if isinstance(fields, list) else ()
    return Asked(request=request, fields=names, basis=str(request.amounts.get("basis")))


def to_strike(thread: Thread, asked: Asked) -> Iterable[tuple[Entry, tuple[str, ...]]]:
    """Each entry of the matter with those of the fields that it still has: a correction repeats words."""
    for entry in thread.line:
        fields = tuple(name for name in asked.fields if name in strikable(entry))
        if fields:
            yield entry, fields


def alone_from(asked: Asked, wait: timedelta) -> datetime:
    """From when on somebody who works alone may grant their own request."""
    return asked.request.recorded_at + wait
