"""Break-glass: open one record against the table, for minutes, with a reason and a second person (M7).

Asking, letting in, ending and reviewing are entries in the record of the person concerned, who sees them at
once. The auditors and the other administrators get a letter where mail is configured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from datumline.domain.clocks.deadline import Count, deadline
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Receipt
from datumline.domain.people.access import Duty, Thing
from datumline.domain.people.access_words import Noun, Relation, Verb
from datumline.domain.people.break_glass import Basis, Opening, State
from datumline.domain.people.person import PersonId
from datumline.domain.people.relations import duties_of
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.access import absent, note_reading
from datumline.services.ledger import append
from datumline.services.outgoing import Outgoing, UndeliveredError
from datumline.services.people import email_of, find_person
from datumline.services.policy import active_policy
from datumline.services.visit import Visit

TOLD = frozenset({Duty.AUDITOR, Duty.ADMIN})  # who gets a letter when a record is opened
SUBJECT = "Datumline: a record was opened by break-glass"
TEXT = """Hello {name},

{by} opened the record of {subject} by break-glass{how}. Why: {basis}.
It stays open until {until} UTC at the latest, for reading alone, and is to be reviewed by {review}.

Everything about it stands in Datumline under "Break-glass"{place}.
"""


class OwnOpeningError(PermissionError):
    """Somebody tried to let themselves in, or to review what they did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The policy's numbers."""

    minutes: int
    alone_after: timedelta
    review_days: int

    def review_by(self, opened: date) -> date:
        """By which day an opening has to be reviewed."""
        return deadline(opened, self.review_days, Count.BUSINESS_DAYS)


def rules_of(asked: Visit) -> Rules:
    """The policy's numbers for today."""
    policy, on = active_policy(asked.context), asked.context.today
    return Rules(
        minutes=policy.whole("access.break_glass", on),
        alone_after=timedelta(minutes=policy.whole("access.break_glass_alone", on)),
        review_days=policy.whole("access.break_glass_review", on),
    )


def known(asked: Visit) -> tuple[Opening, ...]:
    """Every opening that the one who asks may know of, the latest first."""
    found = asked.gate.records.openings
    seen = (each for each in found if asked.sees(each.subject, Noun.BREAK_GLASS) or _mine(asked, each))
    return tuple(sorted(seen, key=lambda each: (each.asked_at, each.entry), reverse=True))


def open_now(asked: Visit) -> tuple[Opening, ...]:
    """What the one who asks has open at this moment."""
    now = asked.context.clock()
    return tuple(
        each for each in asked.gate.records.openings if _mine(asked, each) and each.state(now) is State.OPEN
    )


def may_ask(asked: Visit, subject: PersonId) -> bool:
    """Whether the one who asks may ask for somebody's record; nobody does who declared a conflict."""
    apart = Relation.CONFLICTED not in asked.gate.relations.towards(subject)
    return apart and asked.gate.allows(Verb.WRITE, Noun.BREAK_GLASS, subject)


def may_decide(asked: Visit, opening: Opening) -> bool:
    """Whether the one who asks may let somebody else in, or turn them down."""
    thing = Thing(noun=Noun.BREAK_GLASS, subject=opening.subject, author=opening.by)
    apart = Relation.CONFLICTED not in asked.gate.relations.towards(opening.subject)
    return apart and not _mine(asked, opening) and asked.gate.asks(Verb.APPROVE, thing).allowed


def may_review(asked: Visit, opening: Opening) -> bool:
    """Whether the one who asks may review it: neither who went in nor who let them in."""
    return may_decide(asked, opening) and opening.opened_by != asked.context.actor.author


def ask(asked: Visit, *, person: str, basis: Basis, words: str, key: str) -> Receipt:
    """Ask for a record, with a reason in words. Raises Problem."""
    try:
        found = find_person(asked.context, person)
    except Problem as problem:
        raise Problem(problem.what, where="person", expected=problem.expected) from problem
    if not may_ask(asked, found.id):
        raise Problem(
            "not yours to open", where="person", expected="somebody else, of the unit that you serve"
        )
    if not words.strip():
        raise Problem("no reason", where="words", expected="why, in words that the person will read")
    waiting = (each for each in asked.gate.records.openings if each.subject == found.id)
    now = asked.context.clock()
    if any(_mine(asked, each) and each.state(now) in {State.WAITS, State.OPEN} for each in waiting):
        raise Problem("asked for already", where="person", expected="it to be answered, or to end")
    me = asked.context.actor.author
    return _append(asked, found.id, Kind.BREAK_GLASS, key, {"by": me, "basis": basis.value}, text=words)


def let_in(asked: Visit, opening: EntryId, outgoing: Outgoing, *, key: str, place: str = "") -> int:
    """Open a record as the second person, or alone once the policy's wait is over. How many letters left.

    Raises OwnOpeningError for who asked and may not go in alone yet, Problem for what does not wait.
    """
    found, rules = _found(asked, opening), rules_of(asked)
    alone = _mine(asked, found)
    if not (alone or may_decide(asked, found)):
        raise absent("such opening")
    now = asked.context.clock()
    if found.state(now) is not State.WAITS:
        raise Problem("it does not wait any more", expected="one that still waits")
    if alone and not asked.context.actor.operator and now < found.alone_from(rules.alone_after):
        note_reading(asked.context, found.subject, Noun.BREAK_GLASS, "tried to let themselves in")
        raise OwnOpeningError
    said: dict[str, Json | date] = {"opening": opening, "by": asked.context.actor.author}
    said |= {"minutes": rules.minutes, **({"alone": True} if alone else {})}
    _append(asked, found.subject, Kind.BREAK_GLASS_OPENED, key, said)
    until = now + timedelta(minutes=rules.minutes)
    return _tell(asked, found, outgoing, until=until, alone=alone, place=place)


def close(asked: Visit, opening: EntryId, *, key: str) -> Receipt:
    """End it now; before it is open: take it back, or turn it down. Raises Problem."""
    found = _found(asked, opening)
    if not (_mine(asked, found) or may_decide(asked, found)):
        raise absent("such opening")
    if found.state(asked.context.clock()) not in {State.WAITS, State.OPEN}:
        raise Problem("it is over already", expected="one that waits or is open")
    me = asked.context.actor.author
    return _append(asked, found.subject, Kind.BREAK_GLASS_CLOSED, key, {"opening": opening, "by": me})


def review(asked: Visit, opening: EntryId, *, words: str, key: str) -> Receipt:
    """Say what was found on looking at what somebody did with it. Raises Problem, and OwnOpeningError."""
    found = _found(asked, opening)
    if asked.context.actor.author in {found.by, found.opened_by}:
        note_reading(asked.context, found.subject, Noun.BREAK_GLASS, "tried to review an own opening")
        raise OwnOpeningError
    if not may_review(asked, found):
        raise absent("such opening")
    if found.state(asked.context.clock()) is not State.OVER:
        raise Problem("there is nothing to review yet", expected="one that is over and not reviewed")
    if not words.strip():
        raise Problem("no finding", where="words", expected="what was read, and whether it was called for")
    me = asked.context.actor.author
    said: dict[str, Json | date] = {"opening": opening, "by": me}
    return _append(asked, found.subject, Kind.BREAK_GLASS_REVIEWED, key, said, text=words)


def _found(asked: Visit, opening: EntryId) -> Opening:
    found = next((each for each in known(asked) if each.entry == opening), None)
    if found is None:
        raise absent("such opening")
    return found


def _mine(asked: Visit, opening: Opening) -> bool:
    return bool(asked.context.actor.author) and opening.by == asked.context.actor.author


def _append(  # noqa: PLR0913 - an entry, in its words
    asked: Visit,
    subject: PersonId,
    kind: Kind,
    key: str,
    said: dict[str, Json | date],
    *,
    text: str = "",
) -> Receipt:
    draft = Draft(
        kind=kind,
        author=asked.context.actor.author,
        subject=subject,
        occurred_on=asked.context.today,
        text=text,
        key=key,
        amounts=said,
    )
    return append(asked.context, [draft])[0]


def _tell(  # noqa: PLR0913 - what the letter says, and how it leaves
    asked: Visit, opening: Opening, outgoing: Outgoing, *, until: datetime, alone: bool, place: str
) -> int:
    """Write to the auditors and the other administrators; a letter that does not leave stops nothing."""
    sent = 0
    for person in _told(asked, opening) if outgoing.configured else ():
        text = TEXT.format(
            name=asked.name_of(person),
            by=asked.name_of(opening.by) or "The operator of this machine",
            subject=asked.name_of(opening.subject),
            how=", ALONE, because nobody answered" if alone else "",
            basis=opening.basis.replace("-", " "),
            until=f"{until:%Y-%m-%d %H:%M}",
            review=rules_of(asked).review_by(until.date()),
            place=f": {place}/break-glass" if place else "",
        )
        try:
            outgoing.send(to=email_of(asked.chart.people[person]), subject=SUBJECT, text=text)
            sent += 1
        except (Problem, UndeliveredError):
            continue
    return sent


def _told(asked: Visit, opening: Opening) -> Iterator[PersonId]:
    for person, known_as in asked.chart.people.items():
        charged = asked.chart.is_active(person) and TOLD & duties_of(person, asked.chart)
        if charged and person not in {opening.by, opening.subject} and email_of(known_as):
            yield person
