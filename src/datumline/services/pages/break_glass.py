"""The page of break-glass: what was asked, opened and reviewed, and what the one who asks can do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from datumline.domain.evidence.entry import Audience, Entry, EntryId
from datumline.domain.evidence.kinds import BREAKING_GLASS
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.break_glass import Opening, State
from datumline.domain.people.person import PersonId
from datumline.services import break_glass
from datumline.services.break_glass import Rules
from datumline.services.pages.opened import NOBODY
from datumline.services.pages.readings import note_once
from datumline.services.visit import Visit
from datumline.store import ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningLine:
    """One use of break-glass in words.

    Attributes:
        words: why, as the asker wrote it; `finding` what the review says.
        until: when it ends, or ended; None before it was open.
        review_by: by when it has to be reviewed; None before it was open, and once it was.
        late: whether that day is over.
        can_let_in, can_close, can_review: what the one who asks can do now.
        alone_from: for who asked: from when on they may go in alone, while nobody answers.
    """

    entry: EntryId
    subject: PersonId
    name: str
    by: str
    basis: str
    words: str
    asked_at: datetime
    state: State
    opened_by: str
    alone: bool
    until: datetime | None
    reviewed_by: str
    finding: str
    review_by: date | None
    late: bool
    can_let_in: bool
    can_close: bool
    can_review: bool
    alone_from: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakGlassPage:
    """The page; `asks` says whether the one who asks may open anybody's record at all."""

    rows: tuple[OpeningLine, ...]
    asks: bool
    minutes: int
    alone_after: int
    review_days: int


def break_glass_page(asked: Visit) -> BreakGlassPage:
    """Every opening that the one who asks may know of, the latest first."""
    rules, found = break_glass.rules_of(asked), break_glass.known(asked)
    for person in {each.subject for each in found} - {asked.me}:
        note_once(asked, person, Noun.BREAK_GLASS, "break-glass page")
    said = _said(asked, found)
    return BreakGlassPage(
        rows=tuple(_line(asked, each, rules, said) for each in found),
        asks=_asks(asked),
        minutes=rules.minutes,
        alone_after=int(rules.alone_after.total_seconds()) // 60,
        review_days=rules.review_days,
    )


def _asks(asked: Visit) -> bool:
    """Whether there is anybody whose record the one who asks may ask for."""
    somebody = (*asked.gate.relations.to, NOBODY)
    return any(asked.gate.allows(Verb.WRITE, Noun.BREAK_GLASS, each) for each in somebody)


Words = Mapping[EntryId, Entry]


def _said(asked: Visit, found: tuple[Opening, ...]) -> tuple[Words, Words]:
    """The entries that asked, by id, and the reviews, by the opening that they are about."""
    subjects = {name for each in found for name in asked.chart.known_as(each.subject)}
    written = (
        ledger.entries(subjects=subjects, audiences=[Audience.SHARED], kinds=BREAKING_GLASS) if found else []
    )
    entries = asked.gate.readable_entries(written)
    by_id = {each.id: each for each in entries}
    reviews = {
        str(each.amounts.get("opening")): each for each in entries if each.text and "opening" in each.amounts
    }
    return by_id, reviews


def _line(asked: Visit, opening: Opening, rules: Rules, said: tuple[Words, Words]) -> OpeningLine:
    now, mine = asked.context.clock(), opening.by == asked.context.actor.author
    state = opening.state(now)
    owed = (
        rules.review_by(opening.opened_at.date()) if opening.opened_at and not opening.reviewed_at else None
    )
    decides, reviews = break_glass.may_decide(asked, opening), break_glass.may_review(asked, opening)
    alone_from = opening.alone_from(rules.alone_after) if mine and state is State.WAITS else None
    by_id, reviewed = said
    return OpeningLine(
        entry=opening.entry,
        subject=opening.subject,
        name=asked.name_of(opening.subject),
        by=_called(asked, opening.by),
        basis=opening.basis.replace("-", " "),
        words=by_id[opening.entry].text if opening.entry in by_id else "",
        asked_at=opening.asked_at,
        state=state,
        opened_by=_called(asked, opening.opened_by) if opening.opened_by else "",
        alone=opening.alone,
        until=opening.closed_at or opening.ends_at if opening.opened_at else None,
        reviewed_by=_called(asked, opening.reviewed_by) if opening.reviewed_by else "",
        finding=reviewed[opening.entry].text if opening.entry in reviewed else "",
        review_by=owed,
        late=owed is not None and owed < asked.context.today,
        can_let_in=state is State.WAITS and (decides or (alone_from is not None and now >= alone_from)),
        can_close=state in {State.WAITS, State.OPEN} and (mine or decides),
        can_review=state is State.OVER and reviews,
        alone_from=alone_from,
    )


def _called(asked: Visit, person: PersonId) -> str:
    return asked.name_of(person) or "the operator of this machine"
