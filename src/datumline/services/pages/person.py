"""The person page: where somebody stands on a day, as far as the one who asks may read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from datumline.domain.evidence.entry import EntryId
from datumline.domain.people.access_words import Noun, Relation, Verb
from datumline.domain.people.fold import OrgChart
from datumline.domain.people.person import Person, PersonId
from datumline.domain.period import AsOf
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import short_day_words
from datumline.domain.verdict import Answer
from datumline.services.pages.cards import (
    ClockLine,
    ConditionLine,
    EntryRow,
    Month,
    SignalCard,
    VerdictCard,
)
from datumline.services.pages.clusters import ClusterCard
from datumline.services.pages.concerns import Thread, Unanswered
from datumline.services.pages.entry_rows import latest_first
from datumline.services.pages.opened import NOBODY
from datumline.services.pages.picture import (
    LATELY_DAYS,
    ROWS,
    Health,
    Picture,
    named,
    picture_of,
    picture_today,
    rows_of,
)
from datumline.services.pages.readings import note_once
from datumline.services.pages.verdict_cards import pack_words
from datumline.services.record import PersonRecord, read_record, reads_whole
from datumline.services.verdicts import NON_NEGOTIABLES
from datumline.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address says besides the person.

    Attributes:
        evidence: `CARD.CONDITION`: show only the entries behind that condition.
        older: how many entries, latest first, to leave out.
        query: the two clocks as the address gives them; empty for today.
        fault: why the form's days could not be used.
        since: on their own page, when the person looked before today, as far as the browser knows.
    """

    evidence: str = ""
    older: str = ""
    query: str = ""
    fault: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The condition whose entries are shown alone, in words."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """The page.

    Attributes:
        about: what stands under the name.
        mine: whether it is the reader's own page; `logs` whether the reader may write here, `composes`
            whether they may write a note to the person.
        former: for a former manager, how many days own entries stay readable; else 0.
        judged, figured: whether the reader may see verdicts and figures here.
        figures: the signals that are not drawn large; `silent` those that nothing is on file for.
        health: the record in one line.
        behind: whose evidence is shown alone, if any.
        past: whether the page stands on another day than today.
        here, home: the page's address with and without its two clocks.
        older: the address of older entries, if there are any.
        clusters, threads: what speaks for and against; the concerns, as far as the reader may see them.
        unanswered: on their own page, notes that wait for a word of the person.
        gaps: on their own page, the conditions that are not met or not known, of every verdict.
        lined, watched: whether the reader may see the reporting line, and who opened the record.
        newly: what was shared since the day `since`, latest first; `looked` when the reader looked then.
    """

    person: PersonId
    name: str
    about: tuple[str, ...]
    mine: bool
    logs: bool
    composes: bool
    former: int
    clocks: tuple[ClockLine, ...]
    verdicts: tuple[VerdictCard, ...]
    judged: bool
    figured: bool
    clusters: tuple[ClusterCard, ...]
    threads: tuple[Thread, ...]
    unanswered: tuple[Unanswered, ...]
    gaps: tuple[ConditionLine, ...]
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
    since: date
    looked: bool
    lined: bool
    watched: bool
    empty: bool
    pack: str


def person_page(asked: Visit, person: PersonId, at: AsOf, wish: Asked | None = None) -> PersonPage | None:
    """The page of a person; None when there is no such person, or none that the one who asks may see.

    What is dear comes from what is kept ready, where the page is about today; not by break-glass, which reads
    what is kept for nobody: the private notes of others.
    """
    if not asked.sees(person, Noun.ENTRY):
        return None
    note_once(asked, person, Noun.ENTRY, "person page")
    wished = wish or Asked()
    by_break_glass = Relation.BREAK_GLASS in asked.gate.relations.towards(person)
    today = at == asked.context.at() and not by_break_glass
    record = read_record(asked, person, at) if not today or wished.evidence or wished.older else None
    if today or record is None:
        picture, policy = picture_today(asked, person)
        who = _Who(person=asked.chart.people[person], chart=asked.chart, policy=policy)
    else:
        picture = named(picture_of(record), asked.names)
        who = _Who(person=record.person, chart=record.chart, policy=record.policy)
    return _page(who, picture, at, wished, asked=asked, record=record)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Who:
    """The person in the organisation of the page's day."""

    person: Person
    chart: OrgChart
    policy: Policy


def _page(  # noqa: PLR0913 - the picture, whose it is, and how it was asked for
    who: _Who, picture: Picture, at: AsOf, wish: Asked, *, asked: Visit, record: PersonRecord | None
) -> PersonPage:
    home = f"/people/{who.person.id}"
    me, judged = who.person.id, reads_whole(asked, who.person.id)
    mine, gate = asked.me == me, asked.gate
    figured = gate.allows(Verb.READ, Noun.SIGNAL, me)
    verdicts = picture.verdicts if judged else ()
    since = wish.since or at.known_at - timedelta(days=LATELY_DAYS)
    shown = _behind(wish.evidence, verdicts)
    rows, more = _rows(asked, picture, record, shown[1] if shown else None, wish)
    here = f"{home}?{wish.query}" if wish.query else home
    return PersonPage(
        person=who.person.id,
        name=who.person.name,
        about=tuple(_about(who)),
        mine=mine,
        logs=gate.allows(Verb.WRITE, Noun.ENTRY, me),
        composes=not mine and gate.allows(Verb.WRITE, Noun.FEEDBACK_NOTE, me),
        former=_former(asked, me),
        clocks=picture.clocks,
        verdicts=verdicts,
        judged=judged,
        figured=figured,
        clusters=picture.clusters if figured else (),
        threads=picture.threads if gate.allows(Verb.READ, Noun.CONCERN, me) else (),
        unanswered=picture.unanswered if mine else (),
        gaps=_gaps(verdicts) if mine else (),
        signals=picture.signals if figured else (),
        figures=picture.figures if figured else (),
        silent=picture.silent if figured else (),
        entries=rows,
        months=picture.months,
        health=_health(picture.health),
        behind=shown[0] if shown else None,
        as_of=at.as_of,
        known_at=at.known_at,
        past=at != asked.context.at(),
        here=here,
        home=home,
        fault=wish.fault,
        older=f"{here}{'&' if wish.query else '?'}older={more}#evidence" if more else "",
        newly=tuple(row for row in picture.newly if row.shared and row.shared > since),
        since=since.date(),
        looked=wish.since is not None,
        lined=asked.sees(me, Noun.POSITION),
        watched=_watched(asked, me),
        empty=not picture.health.count,
        pack=pack_words(who.policy),
    )


def _watched(asked: Visit, person: PersonId) -> bool:
    """Whether the reader may see who opened the record: of others, or what they opened themselves."""
    authors = (asked.context.actor.author, NOBODY)
    return any(asked.gate.allows(Verb.READ, Noun.ACCESS_LOG, person, author=each) for each in authors)


def _former(asked: Visit, person: PersonId) -> int:
    """For how many days after the line changed a former manager reads own entries; 0 for anybody else."""
    relations = asked.gate.relations
    only = relations.towards(person) - {Relation.MEMBER} == {Relation.FORMER_MANAGER}
    return relations.limits.former_manager.days if only else 0


def _gaps(verdicts: Iterable[VerdictCard]) -> tuple[ConditionLine, ...]:
    """What the next step still asks for: what is not met or not known where meeting it is good."""
    asked = (line for card in verdicts if card.table == NON_NEGOTIABLES for line in card.conditions)
    return tuple(line for line in asked if line.answer is not Answer.MET)


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
    asked: Visit, picture: Picture, record: PersonRecord | None, only: frozenset[EntryId] | None, wish: Asked
) -> tuple[tuple[EntryRow, ...], int]:
    """A page of rows, and how many come before the next page; 0 when there is none."""
    if record is None:
        return picture.rows, ROWS if picture.health.count > ROWS else 0
    evidence = latest_first(record.standing)
    chosen = evidence if only is None else [each for each in evidence if each.id in only]
    first = int(wish.older) if wish.older.isdecimal() and len(wish.older) < len("1000000") else 0
    rows = rows_of(record, asked.names, chosen[first : first + ROWS])
    return rows, first + ROWS if len(chosen) > first + ROWS else 0


def _about(who: _Who) -> Iterator[str]:
    """Level, team, manager and since when, as far as somebody said."""
    place, policy = who.chart.place_of(who.person.id), who.policy
    if place.level:
        yield policy.levels[place.level].name if place.level in policy.levels else place.level
    yield from (each for each in (place.team, place.unit) if each)
    manager = who.chart.people.get(who.chart.manager_of(who.person.id) or "")
    if manager:
        yield f"reports to {manager.name}"
    if place.start_date:
        yield f"since {short_day_words(place.start_date)}"
    if who.person.provisional:
        yield "known only from a source"
    if place.active is False:
        yield "has left"


def _health(health: Health) -> str:
    """How much there is, how much of it came late, and how much is first-hand."""
    count = "1 entry" if health.count == 1 else f"{health.count} entries"
    disputed = f"{health.disputed} disputed" if health.disputed else ""
    parts = [count, f"{health.late} written late", disputed]
    return ", ".join(part for part in parts if part) if health.count else ""
