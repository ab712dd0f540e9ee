"""What the record tells the escalation table: the review, the corrective plan, the tracked figures.

A figure is tracked when its reading says which way is better. The corrective plan is the formal plan that was
given, else the coaching plan; the review is the last one before it. A review that is not on file may
have been held elsewhere, so that it is left unknown; a plan is on file or there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.case_events import Event, day_said, events
from datumline.domain.improvement.coaching_plan import CoachingPlan
from datumline.domain.improvement.formal_plan import FormalPlan, started_on
from datumline.domain.period import AsOf
from datumline.domain.policy.told import Told, instant
from datumline.domain.verdict import Json, Pointer

BETTER = ("lower", "higher")


def escalation_facts(
    entries: Iterable[Entry],
    coaching: CoachingPlan | None,
    formal: FormalPlan | None,
    *,
    concern: str | None,
    at: AsOf,
) -> Told:
    """Facts from the entries that stand; the plans are the last ones about the concern, if any."""
    standing = tuple(entries)
    start, behind = _start(coaching, formal)
    facts: dict[str, Json] = {
        "as_of": at.as_of.isoformat(),
        "known_at": instant(at.known_at),
        "plan_started_on": start.isoformat() if start else None,
    }
    reviews = [each for each in standing if each.kind is Kind.FORMAL_REVIEW]
    before = [each for each in reviews if start is None or each.occurred_on <= start] or reviews
    if before:
        review = max(before, key=lambda each: (each.occurred_on, each.recorded_at))
        facts["formal_review_on"], behind["/formal_review_on"] = review.occurred_on.isoformat(), review.id
    for round_ in events(standing, Event.ROUND_SCHEDULED):
        day = day_said(round_, "on")
        facts["scheduled_round_on"] = day.isoformat() if day else None
        behind["/scheduled_round_on"] = round_.id
    tracked = _tracked(standing, concern)
    if tracked:
        facts["readings"] = [_reading(each) for each in tracked]
        behind |= {f"/readings/{place}": each.id for place, each in enumerate(tracked)}
    return Told(facts=facts, evidence=behind)


def _start(
    coaching: CoachingPlan | None, formal: FormalPlan | None
) -> tuple[date | None, dict[Pointer, EntryId]]:
    if formal and formal.issue:
        return started_on(formal.issue), {"/plan_started_on": formal.issue.id}
    if coaching:
        return coaching.starts, {"/plan_started_on": coaching.entry}
    return None, {}


def _tracked(standing: Sequence[Entry], concern: str | None) -> list[Entry]:
    return [
        entry
        for entry in standing
        if entry.kind is Kind.METRIC_READING
        and entry.amounts.get("better") in BETTER
        and entry.concern in (None, concern)
        and {"name", "after"} <= set(entry.amounts)
    ]


def _reading(entry: Entry) -> Json:
    said = entry.amounts
    unit: dict[str, Json] = {"unit": str(said["unit"])} if "unit" in said else {}
    return {
        "metric": str(said["name"]),
        "on": entry.occurred_on.isoformat(),
        "value": float(str(said["after"])),
        "better": str(said["better"]),
        **unit,
    }
