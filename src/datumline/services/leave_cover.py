"""Leave cover: who stands in for a manager, from one day to another; named, in the manager's record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.body import REASON
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Receipt
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.leave_cover import Cover, covers_of
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.services.access import absent
from datumline.services.ledger import append
from datumline.services.people import find_person
from datumline.services.visit import Visit

LONGEST_DAYS = 366  # of one cover; who is away for longer has another manager


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Who stands in, named by address or exact name, and from which day to which, both included."""

    by: str
    starts: date
    ends: date


def known(asked: Visit, manager: PersonId) -> tuple[Cover, ...]:
    """Who stands in for somebody today or later. Raises Problem for who may not know."""
    if not asked.sees(manager, Noun.LEAVE_COVER):
        raise absent("such person")
    return covers_of(asked.gate.records.covers, manager, asked.context.today)


def may_appoint(asked: Visit, manager: PersonId) -> bool:
    """Whether the one who asks may say who stands in for somebody, who leads anybody."""
    allowed = manager in asked.chart.people and asked.gate.allows(Verb.WRITE, Noun.LEAVE_COVER, manager)
    return allowed and bool(asked.chart.reports_of(manager))


def appoint(asked: Visit, manager: PersonId, leave: Leave, *, key: str) -> Receipt:
    """Record who stands in. Raises Problem.

    Rights follow from it, so nobody names themselves; only the operator of the machine may.
    """
    if not may_appoint(asked, manager):
        raise absent("such person")
    by = _cover(asked, manager, leave.by)
    if leave.ends < max(leave.starts, asked.context.today):
        raise Problem("the leave ends too early", where="ends", expected="a day from its first on, not past")
    if (leave.ends - leave.starts).days >= LONGEST_DAYS:
        raise Problem("longer than a year", where="ends", expected="another manager, for so long")
    draft = Draft(
        kind=Kind.LEAVE_COVER,
        author=asked.context.actor.author,
        subject=manager,
        occurred_on=asked.context.today,
        key=key,
        amounts={"by": by, "starts": leave.starts, "ends": leave.ends},
    )
    return append(asked.context, [draft])[0]


def _cover(asked: Visit, manager: PersonId, text: str) -> PersonId:
    try:
        found = find_person(asked.context, text)
    except Problem as problem:
        raise Problem(problem.what, where="by", expected=problem.expected) from problem
    if found.id == asked.me and not asked.context.actor.operator:
        raise Problem("nobody appoints themselves", where="by", expected="somebody else, or to be appointed")
    if found.id == manager or found.provisional or not asked.chart.is_active(found.id):
        raise Problem(f"{found.name} cannot stand in", where="by", expected="somebody else who is here")
    return found.id


def end(asked: Visit, manager: PersonId, cover: EntryId, *, key: str) -> Receipt:
    """End a cover now; what was done in its days stays. Raises Problem."""
    named = next((each for each in known(asked, manager) if each.entry == cover), None)
    if named is None or not asked.gate.allows(Verb.AMEND, Noun.LEAVE_COVER, manager):
        raise absent("such cover")
    draft = Draft(
        kind=Kind.RETRACTION,
        author=asked.context.actor.author,
        subject=manager,
        occurred_on=asked.context.today,
        ref=cover,
        key=key,
        amounts={REASON: f"ended on {asked.context.today}"},
    )
    return append(asked.context, [draft])[0]
