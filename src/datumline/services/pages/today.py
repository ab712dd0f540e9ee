"""Today: what to do now, what waits for a decision, what comes, what changed, who has no fresh notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from datumline.domain.improvement.plan import START
from datumline.domain.people.access import Duty
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.person import PersonId
from datumline.services.pages.briefs import BACK_DAYS, Brief, VerdictBrief, briefs_of
from datumline.services.pages.cards import ClockLine
from datumline.services.pages.clock_lines import AHEAD_DAYS, on_day, soon
from datumline.services.pages.manager_lines import Looked, ManagerLine, manager_lines, read_whole
from datumline.services.pages.verdict_cards import pack_words
from datumline.services.verdicts import PLAN
from datumline.services.visit import Visit

SHOWN = 12  # lines of each list; the rest is counted
AT_ONCE = 1  # what is due within so many days, or overdue, is to be done now
Line = TypeVar("Line")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterLine:
    """A verdict about a concern: what is to be decided about somebody.

    Attributes:
        open: how many of the conditions shown are unknown: what nobody wrote down yet.
        decidable: whether the decision may be taken now.
    """

    person: PersonId
    name: str
    key: str
    about: str
    now: str
    next_step: str
    met: int
    open: int
    asked: int
    decidable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """A verdict that became another one lately. `turned` is what made it so, in words."""

    person: PersonId
    name: str
    key: str
    question: str
    about: str
    on: date
    now: str
    before: str
    next_step: str
    turned: tuple[str, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DayGroup:
    """What falls due on one day and is of one kind."""

    due: date
    days: int
    kind: str
    lines: tuple[ClockLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Generic[Line]):
    """The first lines of a list, and how many more there are."""

    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """The page.

    Attributes:
        role: whose Today it is: `operator`, `hr-partner`, `director` or `manager`.
        people: how many people it looked at; `missing` counts those that the next opening looks at.
        partly: of how many the one who asks may not read what clocks and verdicts rest on.
        logs: whether they may write about anybody else; `notes` about whom they may write a note.
        decisions: the concerns about which a decision may be taken; they come before what is due.
        now: what is overdue or due at once; `days` what comes, by day and kind.
        managers: for who has managers below, what waits with each.
        ahead, back, fresh: the days that its lists look ahead and back, and how old a fresh note may be.
    """

    role: str
    people: int
    missing: int
    partly: int
    logs: bool
    notes: frozenset[PersonId]
    decisions: Listed[MatterLine]
    now: Listed[ClockLine]
    days: tuple[DayGroup, ...]
    matters: Listed[MatterLine]
    changed: Listed[ChangedLine]
    coming: Listed[AheadLine]
    silent: Listed[SilentLine]
    managers: tuple[ManagerLine, ...]
    ahead: int
    back: int
    fresh: int
    pack: str

    @property
    def due(self) -> int:
        """How much falls due in the days ahead."""
        return sum(len(group.lines) for group in self.days)


def today_page(asked: Visit) -> TodayPage:
    """The first page of somebody who answers for others."""
    people = tuple(each for each in asked.people if each != asked.me)
    briefs = briefs_of(asked, people)
    today, names = asked.context.today, {each: asked.name_of(each) for each in people}
    fresh = briefs.policy.days("evidence.fresh_within", today)
    found = list(briefs.found.values())
    clocks = [line for brief in found for line in soon(on_day(each, today) for each in brief.clocks)]
    silent = list(_silent(found, names, today, fresh))
    matters = list(_matters(found, names))
    looked = Looked(at=frozenset(briefs.found), whole=frozenset(read_whole(asked, people)))
    return TodayPage(
        role=_role(asked),
        people=len(people),
        missing=briefs.missing,
        partly=len(set(people) - looked.whole),
        logs=any(asked.gate.allows(Verb.WRITE, Noun.ENTRY, each) for each in people),
        notes=frozenset(each for each in people if asked.gate.allows(Verb.WRITE, Noun.FEEDBACK_NOTE, each)),
        decisions=_listed((line for line in matters if line.decidable), _by_name),
        now=_listed((line for line in clocks if line.days <= AT_ONCE), lambda line: (line.due, line.name)),
        days=_by_day(line for line in clocks if line.days > AT_ONCE),
        matters=_listed(matters, _by_name),
        changed=_listed(_changed(found, names, today), lambda line: (line.on, line.name)),
        coming=_listed(_coming(found, names, today), lambda line: (line.on, line.name)),
        silent=_listed(silent, lambda line: (line.last or date.min, line.name)),
        managers=tuple(manager_lines(asked, people, looked, (clocks, matters, silent))),
        ahead=AHEAD_DAYS,
        back=BACK_DAYS,
        fresh=fresh,
        pack=pack_words(briefs.policy),
    )


def _role(asked: Visit) -> str:
    """Whose Today it is, by the duties and the reporting line of the day."""
    if asked.context.actor.operator:
        return "operator"
    if Duty.HR_PARTNER in asked.context.actor.duties:
        return "hr-partner"
    below = asked.chart.reports_of(asked.me or "")
    return "director" if any(asked.chart.reports_of(each) for each in below) else "manager"


def _by_name(line: MatterLine) -> tuple[date, str]:
    return date.min, line.name


def _listed(lines: Iterable[Line], order: Callable[[Line], tuple[date, str]]) -> Listed[Line]:
    every = tuple(sorted(lines, key=order))
    return Listed(lines=every[:SHOWN], more=max(0, len(every) - SHOWN))


def _by_day(lines: Iterable[ClockLine]) -> tuple[DayGroup, ...]:
    """One group for each day and kind, so that eight promises of one day are one line."""
    groups: dict[tuple[date, str], list[ClockLine]] = defaultdict(list)
    for line in lines:
        groups[line.due, line.kind].append(line)
    return tuple(
        DayGroup(
            due=due,
            days=found[0].days,
            kind=kind,
            lines=tuple(sorted(found, key=lambda line: (line.name, line.what))),
        )
        for (due, kind), found in sorted(groups.items())
    )


def _matters(briefs: Iterable[Brief], names: Mapping[PersonId, str]) -> Iterator[MatterLine]:
    for brief, verdict in _verdicts(briefs):
        if verdict.table == PLAN:
            yield MatterLine(
                person=brief.person,
                name=names[brief.person],
                key=verdict.key,
                about=verdict.about,
                now=verdict.now,
                next_step=verdict.next_step,
                met=verdict.met,
                open=verdict.open,
                asked=verdict.asked,
                decidable=verdict.verdict == START,
            )


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
                turned=verdict.turned,
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
            yield SilentLine(person=brief.person, name=names[brief.person], last=brief.last, days=days)
