"""Today: what runs out, which verdicts changed or will, who has no fresh notes; each with its next step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from datumline.domain.people.person import PersonId
from datumline.services.pages.briefs import BACK_DAYS, Brief, VerdictBrief, briefs_of
from datumline.services.pages.cards import ClockLine
from datumline.services.pages.clock_lines import AHEAD_DAYS, on_day, soon
from datumline.services.pages.verdict_cards import pack_words
from datumline.services.visit import Visit, role_of

SHOWN = 12  # lines of each list; the rest is counted
Line = TypeVar("Line")
NOBODY = "There is nobody here yet."
FIRST = "Import your people first: datumline import people people.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """A verdict that became another one lately."""

    person: PersonId
    name: str
    key: str
    question: str
    about: str
    on: date
    now: str
    before: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadLine:
    """A verdict that time alone will change, and when."""

    person: PersonId
    name: str
    key: str
    question: str
    about: str
    on: date
    days: int
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentLine:
    """Somebody of whom nothing was written down for long. `days` is None when there never was anything."""

    person: PersonId
    name: str
    last: date | None
    days: int | None
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Generic[Line]):
    """The first lines of a list, and how many more there are."""

    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """The page.

    Attributes:
        people: how many people it looked at; `missing` counts those that the next opening looks at.
        ahead, back, fresh: the days that its lists look ahead and back, and how old a fresh note may be.
    """

    scope: str
    people: int
    missing: int
    nobody: str
    first_step: str
    clocks: Listed[ClockLine]
    changed: Listed[ChangedLine]
    coming: Listed[AheadLine]
    silent: Listed[SilentLine]
    ahead: int
    back: int
    fresh: int
    pack: str


def today_page(asked: Visit) -> TodayPage:
    """The first page of somebody who answers for others."""
    people = tuple(each for each in asked.people if each != asked.me)
    briefs = briefs_of(asked, people)
    today, names = asked.context.today, {each: asked.name_of(each) for each in people}
    fresh = briefs.policy.days("evidence.fresh_within", today)
    found = list(briefs.found.values())
    return TodayPage(
        scope=_scope(asked, len(people)),
        people=len(people),
        missing=briefs.missing,
        nobody=NOBODY,
        first_step=FIRST,
        clocks=_listed(_clocks(found, today), lambda line: (line.due, line.name)),
        changed=_listed(_changed(found, names, today), lambda line: (line.on, line.name)),
        coming=_listed(_coming(found, names, today), lambda line: (line.on, line.name)),
        silent=_listed(_silent(found, names, today, fresh), lambda line: (line.last or date.min, line.name)),
        ahead=AHEAD_DAYS,
        back=BACK_DAYS,
        fresh=fresh,
        pack=pack_words(briefs.policy),
    )


def _scope(asked: Visit, count: int) -> str:
    """Whose Today it is: the people that the one who asks answers for."""
    people = "1 person" if count == 1 else f"{count} people"
    if asked.context.actor.operator:
        return f"{people} on file"
    return {
        "HR partner": f"{people} in your unit",
        "Director": f"{people} of yours and of your managers",
    }.get(role_of(asked, asked.me or ""), f"{people} of yours")


def _listed(lines: Iterable[Line], order: Callable[[Line], tuple[date, str]]) -> Listed[Line]:
    every = tuple(sorted(lines, key=order))
    return Listed(lines=every[:SHOWN], more=max(0, len(every) - SHOWN))


def _clocks(briefs: Iterable[Brief], today: date) -> Iterator[ClockLine]:
    for brief in briefs:
        yield from soon(on_day(line, today) for line in brief.clocks)


def _changed(briefs: Iterable[Brief], names: Mapping[PersonId, str], today: date) -> Iterator[ChangedLine]:
    first = today - timedelta(days=BACK_DAYS)
    for brief, verdict in _verdicts(briefs):
        if verdict.changed_on is not None and verdict.changed_on > first:
            yield ChangedLine(
                person=brief.person,
                name=names[brief.person],
                key=verdict.key,
                question=verdict.question,
                about=verdict.about,
                on=verdict.changed_on,
                now=verdict.now,
                before=verdict.before,
                next_step=verdict.next_step,
            )


def _coming(briefs: Iterable[Brief], names: Mapping[PersonId, str], today: date) -> Iterator[AheadLine]:
    for brief, verdict in _verdicts(briefs):
        if verdict.holds_until is not None:
            yield AheadLine(
                person=brief.person,
                name=names[brief.person],
                key=verdict.key,
                question=verdict.question,
                about=verdict.about,
                on=verdict.holds_until,
                days=(verdict.holds_until - today).days,
                now=verdict.now,
            )


def _verdicts(briefs: Iterable[Brief]) -> Iterator[tuple[Brief, VerdictBrief]]:
    return ((brief, verdict) for brief in briefs for verdict in brief.verdicts)


def _silent(
    briefs: Iterable[Brief], names: Mapping[PersonId, str], today: date, fresh: int
) -> Iterator[SilentLine]:
    for brief in briefs:
        days = (today - brief.last).days if brief.last else None
        if days is None or days > fresh:
            name = names[brief.person]
            yield SilentLine(
                person=brief.person,
                name=name,
                last=brief.last,
                days=days,
                next_step=f'Write down what you saw: datumline log "…" --about "{name}"',
            )
