"""The person page: where somebody stands on a day, as far as the one who asks may read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.lateness import days_late
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.domain.period import AsOf
from datumline.domain.policy.phrasebook import short_day_words
from datumline.services.pages.cards import ClockLine, EntryRow, Month, SignalCard, VerdictCard
from datumline.services.pages.clock_lines import clock_lines
from datumline.services.pages.entry_rows import (
    Reading,
    entry_row,
    latest_first,
    months_of,
    told_by,
)
from datumline.services.pages.readings import note_once, read_by
from datumline.services.pages.signal_cards import signal_cards, signal_rows, silent_names
from datumline.services.pages.verdict_cards import cards_of, pack_words
from datumline.services.ready import Ready
from datumline.services.record import PersonRecord, read_record
from datumline.services.visit import Visit

ROWS = 50  # entries on one page
LATELY_DAYS = 14  # how long an entry counts as newly shared
NOTHING = "Import commitments or a repository, or write down what you saw: datumline log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address says besides the person.

    Attributes:
        evidence: `CARD.CONDITION`: show only the entries behind that condition.
        older: how many entries, latest first, to leave out.
        query: the two clocks as the address gives them; empty for today.
        fault: why the form's days could not be used.
    """

    evidence: str = ""
    older: str = ""
    query: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The condition whose entries are shown alone, in words."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """The page.

    Attributes:
        about: what stands under the name.
        judged: whether the reader may see verdicts here.
        figures: the signals that are not drawn large; `silent` those that nothing is on file for.
        health: the record in one line.
        behind: whose evidence is shown alone, if any.
        past: whether the page stands on another day than today.
        here, home: the page's address with and without its two clocks.
        older: the address of older entries, if there are any.
        newly: what was shared in the last `lately` days, latest first.
    """

    person: PersonId
    name: str
    about: tuple[str, ...]
    clocks: tuple[ClockLine, ...]
    verdicts: tuple[VerdictCard, ...]
    judged: bool
    signals: tuple[SignalCard, ...]
    figures: tuple[SignalCard, ...]
    silent: tuple[str, ...]
    entries: tuple[EntryRow, ...]
    months: tuple[Month, ...]
    health: str
    behind: Behind | None
    as_of: date
    known_at: datetime
    past: bool
    here: str
    home: str
    fault: str
    older: str
    newly: tuple[EntryRow, ...]
    lately: int
    first_step: str
    pack: str


_READY: Ready[PersonPage] = Ready(most=200)


def person_page(asked: Visit, person: PersonId, at: AsOf, wish: Asked | None = None) -> PersonPage | None:
    """The page of a person; None when there is no such person, or none that the one who asks may see.

    Kept ready under everything that it says: the streams read, the names, the two clocks, what was wished.
    """
    if not asked.sees(person, Noun.ENTRY):
        return None
    note_once(asked, person, Noun.ENTRY, "person page")
    wished = wish or Asked()
    key = (*read_by(asked, [person], organisation=True)[person], asked.gate.records.version, at, wished)
    found = _READY.get(key)
    if found is None:
        found = _page(read_record(asked, person, at), wished)
        _READY.put(key, found)
    return found


def _page(record: PersonRecord, wish: Asked) -> PersonPage:
    policy, at, home = record.policy, record.at, f"/people/{record.person.id}"
    verdicts = tuple(cards_of(record))
    shown = _behind(wish.evidence, verdicts)
    evidence = latest_first(record.standing)
    rows, more = _rows(record, evidence, shown[1] if shown else None, wish)
    here = f"{home}?{wish.query}" if wish.query else home
    after = f"{here}{'&' if wish.query else '?'}older={more}#evidence" if more else ""
    return PersonPage(
        person=record.person.id,
        name=record.person.name,
        about=tuple(_about(record)),
        clocks=clock_lines(record),
        verdicts=verdicts,
        judged=record.whole,
        signals=signal_cards(record.signals, policy.phrases),
        figures=signal_rows(record.signals, policy.phrases),
        silent=silent_names(record.signals, policy.phrases),
        entries=rows,
        months=months_of(
            evidence, until=at.as_of, late_after=_reading(record).late_after, zone=_zone(record)
        ),
        health=_health(record, evidence),
        behind=shown[0] if shown else None,
        as_of=at.as_of,
        known_at=at.known_at,
        past=at != record.visit.context.at(),
        here=here,
        home=home,
        fault=wish.fault,
        older=after,
        newly=_newly(record, evidence),
        lately=LATELY_DAYS,
        first_step=NOTHING,
        pack=pack_words(policy),
    )


def _behind(wanted: str, verdicts: Iterable[VerdictCard]) -> tuple[Behind, frozenset[EntryId]] | None:
    """The condition that `CARD.CONDITION` names, and its entries."""
    key, _, condition = wanted.partition(".")
    for card in verdicts:
        for line in (*card.conditions, *card.others):
            if card.key == key and line.id == condition and line.entries:
                count = "The entry" if len(line.entries) == 1 else f"The {len(line.entries)} entries"
                words = f"{count} behind: {line.words}."
                return Behind(words=words), frozenset(line.entries)
    return None


def _rows(
    record: PersonRecord, evidence: Sequence[Entry], only: frozenset[EntryId] | None, wish: Asked
) -> tuple[tuple[EntryRow, ...], int]:
    """A page of rows, and how many come before the next page; 0 when there is none."""
    chosen = evidence if only is None else [each for each in evidence if each.id in only]
    first = int(wish.older) if wish.older.isdecimal() and len(wish.older) < len("1000000") else 0
    reading = _reading(record)
    rows = tuple(entry_row(each, reading) for each in chosen[first : first + ROWS])
    return rows, first + ROWS if len(chosen) > first + ROWS else 0


def _newly(record: PersonRecord, evidence: Sequence[Entry]) -> tuple[EntryRow, ...]:
    first = record.at.known_at - timedelta(days=LATELY_DAYS)
    reading = _reading(record)
    new = [each for each in evidence if each.shared_at is not None and each.shared_at > first]
    return tuple(entry_row(each, reading) for each in new[:ROWS])


def _reading(record: PersonRecord) -> Reading:
    return Reading(
        policy=record.policy,
        on=record.at.as_of,
        disputes=record.disputes,
        commitments=told_by(record.commitments),
        names=record.visit.names,
        zone=_zone(record),
    )


def _zone(record: PersonRecord) -> ZoneInfo:
    return ZoneInfo(record.person.zone)


def _about(record: PersonRecord) -> Iterator[str]:
    """Level, team, manager and since when, as far as somebody said."""
    place, policy = record.place, record.policy
    if place.level:
        yield policy.levels[place.level].name if place.level in policy.levels else place.level
    yield from (each for each in (place.team, place.unit) if each)
    manager = record.chart.people.get(record.chart.manager_of(record.person.id) or "")
    if manager:
        yield f"reports to {manager.name}"
    if place.start_date:
        yield f"since {short_day_words(place.start_date)}"
    if record.person.provisional:
        yield "known only from a source"
    if place.active is False:
        yield "has left"


def _health(record: PersonRecord, evidence: Sequence[Entry]) -> str:
    """How much there is, how much of it came late, and how much is first-hand."""
    reading = _reading(record)
    late = sum(days_late(each, reading.late_after, reading.zone) is not None for each in evidence)
    disputed = sum(each.id in record.disputes for each in evidence)
    count = "1 entry" if len(evidence) == 1 else f"{len(evidence)} entries"
    parts = [count, f"{late} written late", f"{disputed} disputed" if disputed else ""]
    return ", ".join(part for part in parts if part) if evidence else ""
