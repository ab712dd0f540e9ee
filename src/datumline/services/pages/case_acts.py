"""What can be done in a case now, by whom, and the next step that the policy names, prepared as a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from datumline.domain.improvement.case import Case
from datumline.domain.improvement.case_events import Event
from datumline.domain.improvement.case_rules import RUNNING
from datumline.domain.improvement.formal_plan import State
from datumline.domain.people.access_words import Noun, Verb
from datumline.services.record import PersonRecord
from datumline.services.visit import Visit

DIAGNOSE, COACH, READ, COACHED = "diagnose", "open-coaching", "read-week", "close-coaching"
DRAFT, AMEND, PAUSE, RESUME, EXTEND, CLOSE = (
    "draft-plan",
    "amend-plan",
    "ask-pause",
    "resume-plan",
    "ask-time",
    "close-plan",
)
MOVE, MOVED, SKIP_LEVEL, HR_TOLD = "offer-move", "close-move", "tell-skip-level", "tell-hr"
ACTS = (
    DIAGNOSE,
    COACH,
    READ,
    COACHED,
    DRAFT,
    AMEND,
    PAUSE,
    RESUME,
    EXTEND,
    CLOSE,
    MOVE,
    MOVED,
    SKIP_LEVEL,
    HR_TOLD,
)
# The step that a verdict of the plan table asks for: an act of the case, or a kind of entry to write.
NEXT_ACT = {"managed-transition": MOVE, "start-plan": DRAFT}
NEXT_ENTRY = {
    "investigate": "occurrence",
    "personal-conversation": "personal-conversation",
    "follow-up-note": "written-note",
    "feedback-gap": "written-note",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAct:
    """An act, and the address of its form."""

    id: str
    address: str


def address_of(person: str, act: str, concern: str | None) -> str:
    """The form of an act."""
    return f"/people/{person}/case/{act}?{urlencode({'name': concern or ''})}"


def acts_of(asked: Visit, record: PersonRecord, case: Case) -> tuple[CaseAct, ...]:
    """Everything that the one who asks may do in the case, as it stands."""
    subject, me = record.person.id, asked.context.actor.author
    if not asked.gate.allows(Verb.WRITE, Noun.PLAN, subject, author=me):
        return ()
    gives = asked.gate.allows(Verb.WRITE, Noun.ENTRY, subject, author=me)
    return tuple(
        CaseAct(id=act, address=address_of(subject, act, case.concern))
        for act in _possible(case, gives=gives)
    )


def _possible(case: Case, *, gives: bool) -> Iterator[str]:
    plan, coaching = case.plan, case.coaching
    runs = plan is not None and plan.state in RUNNING
    coached = coaching is not None and coaching.closed is None
    if gives:
        yield DIAGNOSE
        yield COACHED if coached else COACH
        if coached or runs:
            yield READ
        if case.running is None:
            yield DRAFT
    if runs and plan is not None:
        paused = plan.state is State.PAUSED
        yield EXTEND
        if gives:
            yield RESUME if paused else PAUSE
            yield AMEND
            yield CLOSE
    if gives:
        open_move = case.transition is not None and case.transition.closing is None
        yield MOVED if open_move else MOVE
    if Event.SKIP_LEVEL_TOLD not in case.told:
        yield SKIP_LEVEL
    if Event.HR_TOLD not in case.told:
        yield HR_TOLD


def prepared(record: PersonRecord, case: Case, verdict: str) -> CaseAct | None:
    """The next step by the plan table's verdict, ready to be written; None when it is under way."""
    person = record.person.id
    if verdict in NEXT_ACT:
        act = NEXT_ACT[verdict]
        under_way = case.running is not None if act == DRAFT else case.transition is not None
        return None if under_way else CaseAct(id=act, address=address_of(person, act, case.concern))
    if verdict in NEXT_ENTRY:
        kind = NEXT_ENTRY[verdict]
        query = urlencode({"kind": kind, "concern": case.concern or ""})
        return CaseAct(id=kind, address=f"/people/{person}/entries/new?{query}")
    return None
