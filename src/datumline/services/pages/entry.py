"""One entry: all that it says, what was written about it since, and its place in the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import VERBS, Kind
from datumline.domain.evidence.ledger import disputes, originals, standing
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.domain.policy.phrasebook import short_day_words
from datumline.domain.signals.commitments import commitments_of
from datumline.domain.verdict import Json
from datumline.services.pages.cards import EntryRow
from datumline.services.pages.entry_rows import (
    Reading,
    author_words,
    entry_row,
    headline,
    kind_words,
    told_by,
)
from datumline.services.pages.readings import note_once
from datumline.services.policy import active_policy
from datumline.services.visit import Visit
from datumline.store.ledger import by_id, entries

ID = re.compile(r"[0-9a-f]{64}")
CORRECTED = "A later entry corrects this one and stands for it."
RETRACTED = "This entry was retracted: no verdict reads it."
STRUCK = "redacted"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """Something that was written about the entry later."""

    kind: str
    written: datetime
    text: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """The page.

    Attributes:
        standing: why the entry no longer stands, if it does not.
        fields: everything else that it says, by name.
        place: where it stands in the ledger, by name.
    """

    row: EntryRow
    subject: PersonId | None
    subject_name: str
    standing: str
    fields: tuple[tuple[str, str], ...]
    history: tuple[HistoryLine, ...]
    place: tuple[tuple[str, str], ...]


def entry_page(asked: Visit, wanted: EntryId) -> EntryPage | None:
    """The page of an entry; None when there is none that the one who asks may read."""
    found = by_id([wanted]) if ID.fullmatch(wanted) else []
    if not asked.gate.readable_entries(found):
        return None
    entry = found[0]
    stream = _stream_of(asked, entry)
    at = asked.context.at()
    told = told_by(commitments_of(stream, at))
    if entry.subject is not None:
        note_once(asked, entry.subject, Noun.ENTRY, "entry page")
    reading = Reading(
        policy=active_policy(asked.context),
        on=asked.context.today,
        disputes=disputes(stream, at),
        commitments=told,
        names=asked.names,
    )
    return EntryPage(
        row=entry_row(entry, reading),
        subject=entry.subject,
        subject_name=asked.name_of(entry.subject),
        standing=_standing(entry, stream, {each.id for each in standing(stream, at)}),
        fields=tuple(_fields(entry, asked)),
        history=tuple(_history(entry, stream, asked)),
        place=_place(entry),
    )


def _stream_of(asked: Visit, entry: Entry) -> list[Entry]:
    subjects = asked.chart.known_as(entry.subject) if entry.subject else ("",)
    audience = entry.audience
    found = entries(subjects=subjects, audiences=(audience,))
    return asked.gate.readable_entries(found)


def _standing(entry: Entry, stream: Sequence[Entry], stands: set[EntryId]) -> str:
    if entry.id in stands or entry.kind in VERBS or entry.kind is Kind.STREAM_OPENED:
        return ""
    line = originals(stream)
    gone = {line.get(each.ref, each.ref) for each in stream if each.kind is Kind.RETRACTION and each.ref}
    return RETRACTED if line.get(entry.id) in gone else CORRECTED


def _fields(entry: Entry, asked: Visit) -> Iterator[tuple[str, str]]:
    """Every field that says something, in plain words; what was struck is named."""
    said: dict[str, object] = {
        "Text": entry.text,
        "How first-hand": entry.seen or "",
        "Concern": entry.concern or "",
        "State": entry.tag or "",
        "Principles": ", ".join(entry.principles),
        "Dimension": entry.dimension or "",
        "Remediation": entry.remediation or "",
        "Remediated on": entry.remediated_on or "",
        "Author": author_words(entry.author, asked.names),
        "Source": entry.source,
    }
    for name, value in entry.amounts.items():
        said[name.replace("_", " ").capitalize()] = _amount(value, asked)
    yield from ((name, _plain(value)) for name, value in said.items() if value not in ("", None))
    yield from ((name.replace("_", " ").capitalize(), STRUCK) for name in entry.redacted)


def _amount(value: Json | date, asked: Visit) -> Json | date:
    return asked.name_of(value) or value if isinstance(value, str) else value


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return short_day_words(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _history(entry: Entry, stream: Sequence[Entry], asked: Visit) -> Iterator[HistoryLine]:
    """What names the entry, or another entry of its line of corrections, oldest first."""
    line = originals(stream)
    first = line.get(entry.id, entry.id)
    for each in sorted(stream, key=lambda later: later.recorded_at):
        named = each.ref or str(each.amounts.get("commitment") or "")
        if each.id != entry.id and named and line.get(named, named) == first:
            yield HistoryLine(
                kind=_verb(each),
                written=each.recorded_at,
                text=str(each.amounts.get("reason") or each.text or headline(each, {})),
                author=author_words(each.author, asked.names),
            )


def _verb(entry: Entry) -> str:
    corrects = entry.ref is not None and entry.kind not in VERBS
    return "correction" if corrects else kind_words(entry.kind)


def _place(entry: Entry) -> tuple[tuple[str, str], ...]:
    return (
        ("Entry", entry.id),
        ("Stream", entry.stream),
        ("Position", str(entry.seq)),
        ("Recorded at", entry.recorded_at.isoformat()),
    )
