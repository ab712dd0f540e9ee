"""Concerns as threads: each behaviour with its entries in order, and what the person answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.services.pages.entry_rows import headline, kind_words, told_by
from datumline.services.record import Record

ANSWERED_WITHIN = timedelta(days=30)  # an older note is history, and no request any more
NOTES = frozenset({Kind.WRITTEN_NOTE, Kind.SBI, Kind.PERSONAL_CONVERSATION, Kind.QUARTERLY_REVIEW})
ELSEWHERE = frozenset({Kind.ASSESSMENT, Kind.COACHING_READING})  # in the verdict, in the run of weeks
ANSWERS = frozenset({Kind.REPLY, Kind.ACKNOWLEDGEMENT, Kind.DISPUTE})


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadLine:
    """One entry of a thread. `own` is what the person concerned wrote."""

    id: EntryId
    happened: date
    kind: str
    title: str
    own: bool
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """One concern: its entries oldest first; `tag` and `remediation` as they were last said."""

    name: str
    tag: str
    remediation: str
    lines: tuple[ThreadLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A note that the person can read and has not answered or acknowledged."""

    id: EntryId
    happened: date
    kind: str
    title: str


def threads_of(record: Record) -> tuple[Thread, ...]:
    """Every concern of the record, by its first day."""
    return tuple(thread_named(name, record) for name in record.concerns)


def unanswered_of(record: Record) -> tuple[Unanswered, ...]:
    """Shared notes and conversations that wait for a word of the person, latest first."""
    first = record.at.as_of - ANSWERED_WITHIN
    answered = {entry.ref for entry in record.published if entry.kind in ANSWERS}
    waiting = (
        entry
        for entry in record.evidence
        if entry.kind in NOTES and entry.occurred_on > first and entry.shared_at and entry.id not in answered
    )
    told = told_by(record.commitments)
    return tuple(
        Unanswered(
            id=entry.id,
            happened=entry.occurred_on,
            kind=kind_words(entry.kind),
            title=headline(entry, told),
        )
        for entry in sorted(waiting, key=lambda each: (each.occurred_on, each.id), reverse=True)
    )


def thread_named(name: str, record: Record) -> Thread:
    """One concern."""
    entries = sorted(_of(name, record), key=lambda each: (each.occurred_on, each.recorded_at, each.id))
    told = told_by(record.commitments)
    return Thread(
        name=name,
        tag=next((each.tag.replace("-", " ") for each in reversed(entries) if each.tag), ""),
        remediation=next((each.remediation for each in reversed(entries) if each.remediation), ""),
        lines=tuple(
            ThreadLine(
                id=each.id,
                happened=each.occurred_on,
                kind=kind_words(each.kind),
                title=headline(each, told),
                own=each.author == record.person.id,
                disputed=each.id in record.disputes,
            )
            for each in entries
        ),
    )


def _of(name: str, record: Record) -> Iterator[Entry]:
    """The entries of a concern and the replies to them, but for what is shown elsewhere."""
    inside = {each.id for each in record.evidence if each.concern == name}
    for entry in record.evidence:
        if entry.kind in ELSEWHERE:
            continue
        if entry.id in inside or (entry.kind is Kind.REPLY and entry.ref in inside):
            yield entry
