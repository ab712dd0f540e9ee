"""The visibility plan: proposed, changed, signed by both, audited; and the stretch-project check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from datumline.domain.citation import EntryId
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import check_draft
from datumline.domain.evidence.plan_versions import Plans, plans_of
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.person import PersonId
from datumline.domain.period import half_of
from datumline.domain.problem import Problem
from datumline.domain.stretch.stretch import stretch
from datumline.domain.verdict import Json, Verdict
from datumline.domain.visibility.artifacts import Artifact, Told, document, lacking
from datumline.domain.visibility.forecast import Choice, State
from datumline.services.access import absent
from datumline.services.ledger import append
from datumline.services.policy import active_policy
from datumline.services.record import PersonRecord, read_record
from datumline.services.visit import Visit

MOVED = "the plan has changed"


def reads_plan(asked: Visit, person: PersonId) -> bool:
    """Whether the one who asks may read the visibility plan of somebody."""
    return asked.sees(person, Noun.VISIBILITY_PLAN) and asked.sees(person, Noun.ENTRY)


def signs(asked: Visit, person: PersonId) -> bool:
    """Whether the one who asks writes and signs it: the person concerned, or who leads them."""
    return person in asked.chart.people and asked.gate.allows(Verb.SIGN, Noun.VISIBILITY_PLAN, person)


def checks_stretch(asked: Visit, person: PersonId) -> bool:
    """Whether the one who asks checks a stretch project for somebody: not for oneself."""
    return person != asked.me and signs(asked, person)


def plans_in(record: PersonRecord) -> Plans:
    """Every version of the person's plans."""
    return plans_of(record.evidence)


def propose(asked: Visit, *, person: PersonId, starts: date, artifacts: Told, key: str) -> EntryId:
    """Write a version of the plan, which signs it for the one who writes. The other one signs next.

    Raises Problem for an artifact that says nothing, or without the right.
    """
    if not signs(asked, person):
        raise absent("such person")
    for artifact, name in lacking(artifacts)[:1]:
        raise Problem(
            f"nothing is said of '{name}'", where=f"{artifact.value}_{name}", expected="a few words"
        )
    amounts: dict[str, Json | date] = {"starts": starts, "artifacts": document(artifacts)}
    return _one(asked, person, Kind.VISIBILITY_PLAN, key, amounts)


def sign(asked: Visit, *, person: PersonId, plan: EntryId, key: str) -> EntryId:
    """Sign the version that waits. Raises Problem when another one waits by now, or it is signed already."""
    if not signs(asked, person):
        raise absent("such person")
    pending = plans_in(read_record(asked, person, asked.context.at())).pending
    if pending is None or pending.id != plan or pending.is_signed_by(asked.context.actor.author):
        raise Problem(MOVED, where="plan", expected="the version that waits for your name")
    return _one(asked, person, Kind.SIGNATURE, key, {"plan": plan})


def audit(
    asked: Visit, *, person: PersonId, month: int, states: Mapping[Artifact, tuple[State, str]], key: str
) -> EntryId:
    """The engineer's own audit of the plan in a month. Raises Problem where none is in force."""
    if person != asked.me and not asked.context.actor.operator:
        raise absent("such person")
    plan = _in_force(asked, person)
    said: Json = {each.value: {"state": state.value, "text": text} for each, (state, text) in states.items()}
    return _one(asked, person, Kind.SELF_AUDIT, key, {"plan": plan, "month": month, "states": said})


def choose(asked: Visit, *, person: PersonId, choice: Choice, text: str, key: str) -> EntryId:
    """Say what follows from a forecast that is not the packet. Raises Problem where no plan is in force."""
    if not signs(asked, person):
        raise absent("such person")
    plan = _in_force(asked, person)
    return _one(asked, person, Kind.VISIBILITY_CHOICE, key, {"plan": plan, "choice": choice.value}, text=text)


def _in_force(asked: Visit, person: PersonId) -> EntryId:
    current = plans_in(read_record(asked, person, asked.context.at())).current
    if current is None:
        raise Problem("no plan is in force", where="plan", expected="one that both have signed")
    return current.id


def stretch_verdict(asked: Visit, facts: Mapping[str, Any]) -> Verdict:
    """The verdict on a project as it is described, on today. Raises Problem for a fault in the facts."""
    asked_of: dict[str, Any] = {"as_of": asked.context.today.isoformat(), "known_at": None, "entries": []}
    return stretch({**asked_of, **facts}, active_policy(asked.context))


def record_stretch(
    asked: Visit, *, person: PersonId, project: str, facts: Mapping[str, Any], key: str
) -> EntryId:
    """Put a check on record; the same project again is its re-check. Raises Problem without the right."""
    if not checks_stretch(asked, person):
        raise absent("such person")
    verdict = stretch_verdict(asked, facts).verdict
    amounts: dict[str, Json | date] = {"project": project, "facts": dict(facts), "verdict": verdict}
    return _one(asked, person, Kind.STRETCH_CHECK, key, amounts)


def first_day(today: date) -> date:
    """The day on which a plan proposed today begins: the first of the half-cycle that it lies in."""
    return half_of(today).start


def _one(  # noqa: PLR0913 - the parts of one entry
    asked: Visit,
    person: PersonId,
    kind: Kind,
    key: str,
    amounts: Mapping[str, Json | date],
    *,
    text: str = "",
) -> EntryId:
    draft = Draft(
        kind=kind,
        author=asked.context.actor.author,
        subject=person,
        audience=Audience.SHARED,
        occurred_on=asked.context.today,
        text=text,
        key=key,
        amounts=amounts,
    )
    check_draft(draft, asked.context.clock())
    (receipt,) = append(asked.context, [draft])
    return receipt.hash
