"""The facts of the escalation table, and the window that they are judged in (spec 95, `escalation`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from datumline.domain.bar_raiser.tracked_metric import MetricReading, Span, metric_readings
from datumline.domain.period import AsOf
from datumline.domain.policy.facts import ABSENT, Maybe, Reader, clocks, wrong
from datumline.domain.policy.pack import Policy

WINDOW, CARRY, STALE = "remediation.window", "escalation.carry_forward", "escalation.stale_after"
REVIEW, PLAN, RUN, FIGURE, WORSE, IMPROVED = (
    "formal-review",
    "plan-started",
    "window-run",
    "tracked-figure",
    "ended-worse",
    "improved",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRecord:
    """The facts of the table, as they were given."""

    facts: Mapping[str, Any]
    at: AsOf
    review: Maybe[date]
    plan_started: Maybe[date]
    scheduled_round: Maybe[date]
    readings: Maybe[tuple[MetricReading, ...]]
    missed_sprints: Maybe[int]


def read_escalation(facts: Mapping[str, Any]) -> EscalationRecord:
    """The facts, read strictly. Raises Problem with the JSON path of a fault."""
    reader = Reader(facts)
    items = reader.items("readings")
    return EscalationRecord(
        facts=facts,
        at=clocks(facts),
        review=reader.day("formal_review_on"),
        plan_started=reader.day("plan_started_on"),
        scheduled_round=reader.day("scheduled_round_on"),
        readings=tuple(metric_readings(items)) if isinstance(items, list) else items,
        missed_sprints=_count(reader, "missed_sprints"),
    )


def _count(reader: Reader, key: str) -> Maybe[int]:
    value = reader.raw(key)
    if value is None or value is ABSENT:
        return None if value is None else ABSENT
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise wrong(value, reader.at(key), "a whole number from 0")
    return value


def span_of(record: EscalationRecord, policy: Policy) -> Span | None:
    """The plan's window; None while no start is known (reading 27)."""
    if not isinstance(record.plan_started, date):
        return None
    on = record.at.as_of
    return Span(
        start=record.plan_started,
        days=policy.days(WINDOW, on),
        carry=policy.days(CARRY, on),
        stale=policy.days(STALE, on),
    )
