"""What the record tells the HR table: the coaching window, what is said, and what is likely.

Whether a fairness or equity concern appeared only a person can say: an assessment under the dimension `hr`.
What the plan and coaching tables give decides whether formal action is likely; where they do not say so, a
person may.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from datumline.domain.evidence.assessed import Assessed, assessed
from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.improvement.coaching_plan import CoachingPlan
from datumline.domain.improvement.formal_plan import FormalPlan
from datumline.domain.period import AsOf
from datumline.domain.policy.told import Told, instant
from datumline.domain.verdict import Json, Pointer

DIMENSION = "hr"
LIKELY = frozenset({"start-plan", "formal-plan"})
CONSISTENT = "consistent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What other tables say on the same day: their verdicts; `coached` whether any week was read."""

    plan: str
    coaching: str
    coached: bool


def hr_facts(  # noqa: PLR0913 - the record, and what was worked out from it
    entries: Iterable[Entry],
    coaching: CoachingPlan | None,
    formal: FormalPlan | None,
    beside: Beside,
    *,
    concern: str | None,
    at: AsOf,
) -> Told:
    """Facts on `concern`; `coaching` is the last coaching plan about it, `formal` an open formal plan."""
    said = assessed(entries, DIMENSION, concern)
    facts: dict[str, Json] = {
        "as_of": at.as_of.isoformat(),
        "known_at": instant(at.known_at),
        "coaching_started_on": coaching.starts.isoformat() if coaching else None,
        "coaching_ends_on": coaching.ends.isoformat() if coaching else None,
    }
    behind: dict[Pointer, EntryId] = {}
    if coaching:
        behind |= {"/coaching_started_on": coaching.entry, "/coaching_ends_on": coaching.entry}
    for name in ("still_under", "fairness_concern", "formal_action_likely"):
        _say(facts, behind, name, said)
    if beside.coached:
        facts["still_under"] = beside.coaching != CONSISTENT
    if formal or {beside.plan, beside.coaching} & LIKELY:
        facts["formal_action_likely"] = True
    if formal:
        behind["/formal_action_likely"] = formal.first.id
    return Told(facts=facts, evidence=behind)


def _say(
    facts: dict[str, Json], behind: dict[Pointer, EntryId], name: str, said: Mapping[str, Assessed]
) -> None:
    answer = said.get(name)
    if answer and answer.flag is not None:
        facts[name], behind[f"/{name}"] = answer.flag, answer.entry
