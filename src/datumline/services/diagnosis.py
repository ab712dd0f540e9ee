"""A manager's diagnosis of a concern: type, three levels, impact, why. Every version is kept, in the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from datumline.domain.diagnosis.diagnosis_conditions import LEVELS
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Receipt
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.access import absent
from datumline.services.ledger import append
from datumline.services.plans import About
from datumline.services.policy import active_policy
from datumline.services.visit import Visit

UNKNOWN = "unknown"
IMPACTS = ("predictability", "on-call", "peer-trust")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosed:
    """What a manager decided.

    Attributes:
        type: one of the table's verdicts except `unknown`.
        levels: what was found on each level, in words; a level that is left out was not examined.
        impact: on predictability of the road map, on-call risk and peer trust, in words.
        why: why this type, for and against.
    """

    type: str
    levels: Mapping[str, str]
    impact: str
    why: str


def diagnose(asked: Visit, about: About, said: Diagnosed) -> Receipt:
    """Write a version of the diagnosis. Raises Problem without the right, a type, a reason or any level."""
    me = asked.context.actor.author
    allowed = asked.gate.allows(Verb.WRITE, Noun.DIAGNOSIS, about.person) and asked.gate.allows(
        Verb.WRITE, Noun.PLAN, about.person, author=me
    )
    if not (asked.sees(about.person, Noun.ENTRY) and allowed):
        raise absent("such person")
    types = [each for each in active_policy(asked.context).table("diagnosis").verdicts if each != UNKNOWN]
    if said.type not in types:
        raise Problem(f"no type '{said.type}'", where="type", expected=f"one of {', '.join(types)}")
    if not said.why.strip():
        raise Problem("a diagnosis without a reason", where="why", expected="what speaks for and against it")
    found: dict[str, Json] = {
        level: said.levels[level].strip() for level in LEVELS if said.levels.get(level, "").strip()
    }
    if not found:
        raise Problem(
            "no level examined",
            where="levels",
            expected="what you found on one of the three, or nothing found",
        )
    draft = Draft(
        kind=Kind.DIAGNOSIS,
        author=me,
        subject=about.person,
        audience=Audience.CASE,
        occurred_on=asked.context.today,
        concern=about.concern,
        text=said.why.strip(),
        key=about.key,
        amounts={
            "type": said.type,
            "levels": found,
            **({"impact": said.impact.strip()} if said.impact.strip() else {}),
        },
    )
    (receipt,) = append(asked.context, [draft])
    return receipt
