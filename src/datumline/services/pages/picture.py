"""The picture that a record gives on one day: everything on a person's page that takes long to work out.

Kept in the projections (`services/kept.py`) for the day: figures and words count from it. What is one
reader's alone (own private notes) and what others are called is put in for each request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.lateness import days_late
from datumline.domain.people.person import PersonId
from datumline.domain.policy.pack import Policy
from datumline.services.kept import documents, shelf
from datumline.services.pages.cards import ClockLine, EntryRow, Month, SignalCard, VerdictCard
from datumline.services.pages.clock_lines import clock_lines
from datumline.services.pages.clusters import ClusterCard, cluster_cards
from datumline.services.pages.concerns import Thread, Unanswered, threads_of, unanswered_of
from datumline.services.pages.entry_rows import (
    Reading,
    author_words,
    entry_row,
    latest_first,
    months_of,
    told_by,
)
from datumline.services.pages.signal_cards import signal_cards, signal_rows, silent_names
from datumline.services.pages.verdict_cards import cards_of
from datumline.services.ready import Ready
from datumline.services.record import Record
from datumline.services.visit import Visit
from datumline.store import ledger

ROWS = 50  # entries on one page
LATELY_DAYS = 14  # how long an entry counts as newly shared
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How many entries there are, how many came late, how many are disputed."""

    count: int
    late: int
    disputed: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Picture:
    """What a record gives on one day. Compared by identity: what is made from it is kept beside it.

    Attributes:
        signals, figures: the figures drawn large and the others; `silent` those that nothing is on file for.
        clusters, threads: what speaks for and against; the concerns with their entries.
        unanswered: shared notes that wait for a word of the person.
        rows: the latest entries, as many as one page shows; `newly` those shared in the last days.
    """

    verdicts: tuple[VerdictCard, ...]
    clocks: tuple[ClockLine, ...]
    signals: tuple[SignalCard, ...]
    figures: tuple[SignalCard, ...]
    silent: tuple[str, ...]
    clusters: tuple[ClusterCard, ...]
    threads: tuple[Thread, ...]
    unanswered: tuple[Unanswered, ...]
    months: tuple[Month, ...]
    health: Health
    rows: tuple[EntryRow, ...]
    newly: tuple[EntryRow, ...]


def picture_of(record: Record) -> Picture:
    """The picture of a record. Authors of its rows are ids, for `named` to say."""
    phrases, reading, shown = record.policy.phrases, _reading(record), latest_first(record.standing)
    return Picture(
        verdicts=tuple(cards_of(record)),
        clocks=clock_lines(record),
        signals=signal_cards(record.signals, phrases),
        figures=signal_rows(record.signals, phrases),
        silent=silent_names(record.signals, phrases),
        clusters=cluster_cards(record),
        threads=threads_of(record),
        unanswered=unanswered_of(record),
        months=_months(record, shown, reading),
        health=_health(shown, reading),
        rows=tuple(_row(each, reading) for each in shown[:ROWS]),
        newly=tuple(_row(each, reading) for each in _newly(record, shown)[:ROWS]),
    )


def _for_the_day(record: Record) -> tuple[Picture, date | None]:
    return picture_of(record), record.at.as_of + A_DAY


PICTURE = shelf("picture", Picture, _for_the_day, most=300)


def picture_today(asked: Visit, person: PersonId) -> tuple[Picture, Policy]:
    """The picture of somebody's record today, as the one who asks may read it, and the policy of the day."""
    found = documents(asked, [person], PICTURE, at_once=1)
    picture, notes = found.documents[person], found.own.get(person, ())
    key = (picture, notes, asked.gate.records.version, asked.context.actor, asked.context.today)
    whole = _NAMED.get(key)
    if whole is None:
        whole = named(asked.gate.veil.view(picture, person), asked.names)
        if notes:
            whole = _with_own(whole, _own(asked, person, found.policy), asked.names)
        _NAMED.put(key, whole)
    return whole, found.policy


# Pictures as one reader sees them: with the names that authors have now, the reader's notes, third persons
# masked. Held under the picture, the ends of the reader's private streams, what is known about people, the
# reader and the day.
_NAMED: Ready[Picture] = Ready(most=300)


def named(picture: Picture, names: Mapping[PersonId, str]) -> Picture:
    """The picture with what authors are called."""
    return replace(picture, rows=_by(picture.rows, names), newly=_by(picture.newly, names))


def _by(rows: Iterable[EntryRow], names: Mapping[PersonId, str]) -> tuple[EntryRow, ...]:
    return tuple(replace(row, author=author_words(row.author, names)) for row in rows)


def rows_of(record: Record, names: Mapping[PersonId, str], entries: Iterable[Entry]) -> tuple[EntryRow, ...]:
    """Entries of the record as lines."""
    reading = _reading(record)
    return _by((_row(each, reading) for each in entries), names)


def _reading(record: Record) -> Reading:
    """What rows of this record need; authors stay ids, for `named` to say."""
    return Reading(
        policy=record.policy,
        on=record.at.as_of,
        disputes=record.disputes,
        commitments=told_by(record.commitments),
        names={},
        zone=ZoneInfo(record.person.zone),
    )


def _row(entry: Entry, reading: Reading) -> EntryRow:
    return replace(entry_row(entry, reading), author=entry.author)


def _newly(record: Record, shown: Iterable[Entry]) -> list[Entry]:
    first = record.at.known_at - timedelta(days=LATELY_DAYS)
    return [each for each in shown if each.shared_at is not None and each.shared_at > first]


def _months(record: Record, shown: Sequence[Entry], reading: Reading) -> tuple[Month, ...]:
    return months_of(shown, until=record.at.as_of, late_after=reading.late_after, zone=reading.zone)


def _health(shown: Sequence[Entry], reading: Reading) -> Health:
    return Health(
        count=len(shown),
        late=sum(days_late(each, reading.late_after, reading.zone) is not None for each in shown),
        disputed=sum(each.id in reading.disputes for each in shown),
    )


def _own(asked: Visit, person: PersonId, policy: Policy) -> Record:
    """The reader's own private notes about somebody, as a record."""
    at = asked.context.at()
    found = ledger.entries(
        subjects=asked.chart.known_as(person),
        audiences=[Audience.PRIVATE],
        owner=asked.context.actor.author,
        until=at,
    )
    return Record(
        person=asked.chart.people[person],
        at=at,
        policy=policy,
        people=asked.gate.records,
        entries=asked.gate.readable_entries(found),
        organisation=(),
        whole=False,
    )


def _with_own(picture: Picture, own: Record, names: Mapping[PersonId, str]) -> Picture:
    """The picture with private notes among its entries; they count in no figure and no verdict."""
    reading, shown = _reading(own), latest_first(own.standing)
    health, more = picture.health, _health(shown, reading)
    rows = [*picture.rows, *rows_of(own, names, shown)]
    return replace(
        picture,
        rows=tuple(sorted(rows, key=_latest, reverse=True)[:ROWS]),
        months=_together(picture.months, _months(own, shown, reading)),
        health=Health(
            count=health.count + more.count,
            late=health.late + more.late,
            disputed=health.disputed + more.disputed,
        ),
    )


def _latest(row: EntryRow) -> tuple[date, datetime, str]:
    return row.happened, row.written, row.id


def _together(months: tuple[Month, ...], others: tuple[Month, ...]) -> tuple[Month, ...]:
    if not months or not others:
        return months or others
    return tuple(
        replace(month, count=month.count + other.count, late=month.late + other.late)
        for month, other in zip(months, others, strict=True)
    )
