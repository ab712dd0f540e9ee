"""What would change an escalation verdict: a review, a plan, time passing, figures at the window's end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from datumline.domain.bar_raiser.escalation_record import (
    FIGURE,
    IMPROVED,
    PLAN,
    REVIEW,
    RUN,
    WINDOW,
    WORSE,
    EscalationRecord,
    span_of,
)
from datumline.domain.bar_raiser.tracked_metric import HIGHER, LOWER, MetricReading, latest
from datumline.domain.policy.from_today import FromToday
from datumline.domain.policy.json_patch import add, put
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.would_change import Step, Steps
from datumline.domain.verdict import Answer, Json

A_METRIC = "a tracked figure"


def moves(record: EscalationRecord, policy: Policy, condition: str, to: Answer) -> Iterator[Steps]:
    """Steps that may give one condition another answer."""
    met = to is Answer.MET
    begun = _begun(record, policy)
    if condition == REVIEW:
        yield (_put(record, REVIEW, "formal_review_on", begun.isoformat() if met else None),)
    elif condition == PLAN:
        yield (_put(record, PLAN, "plan_started_on", begun.isoformat() if met else None),)
    elif condition == RUN:
        yield _window(record, policy, met=met)
    else:
        yield from _figures(record, policy, condition, met=met)


def _begun(record: EscalationRecord, policy: Policy) -> date:
    """The plan's start as it is known and has come; else so long ago that its window has just run."""
    start = record.plan_started
    if isinstance(start, date) and start <= record.at.as_of:
        return start
    return record.at.as_of - timedelta(days=policy.days(WINDOW, record.at.as_of))


def _ends(record: EscalationRecord, policy: Policy) -> date:
    span = span_of(record, policy)
    if span is not None and span.start <= record.at.as_of:
        return span.end
    return record.at.as_of


def _window(record: EscalationRecord, policy: Policy, *, met: bool) -> Steps:
    if not met:
        return (_put(record, RUN, "plan_started_on", record.at.as_of.isoformat()),)
    end = _ends(record, policy)
    if end > record.at.as_of:
        return FromToday(facts=record.facts, at=record.at).until(RUN, end)
    return (_put(record, RUN, "plan_started_on", _begun(record, policy).isoformat()),)


def _figures(record: EscalationRecord, policy: Policy, condition: str, *, met: bool) -> Iterator[Steps]:
    """Readings at the window's ends: of the metrics on file, or of a new one."""
    readings = record.readings if isinstance(record.readings, tuple) else ()
    begun, end = _begun(record, policy), _ends(record, policy)
    known = latest(readings)
    if condition == FIGURE or (met and not known):
        after = 0.0 if condition != WORSE else 2.0
        pair = [_reading(A_METRIC, begun, 1.0, LOWER), _reading(A_METRIC, end, after, LOWER)]
        yield _added(record, condition, pair)
        return
    ways: dict[bool, list[list[Json]]] = {True: [], False: []}
    for name, last in known.items():
        first, better = _start(readings, name, begun), _better(last)
        begins = [_reading(name, begun, first, better)]
        for good, told in ways.items():
            ends = [_reading(name, end, _value(first, last, better=good), better)]
            told.append([*begins, *ends])
    yield from _ways(record, condition, ways, met=met)


def _ways(
    record: EscalationRecord, condition: str, ways: dict[bool, list[list[Json]]], *, met: bool
) -> Iterator[Steps]:
    """One metric read so, or all of them; what needs no reading at the start is thinned out later."""
    wanted = ways[met if condition == IMPROVED else not met]
    if met:
        yield from (_added(record, condition, readings) for readings in wanted)
    yield _added(record, condition, [each for readings in wanted for each in readings])


def _start(readings: tuple[MetricReading, ...], metric: str, begun: date) -> float:
    """The value that stands for the start, near enough for a value that differs from it."""
    own = [each for each in readings if each.metric == metric and isinstance(each.value, int | float)]
    before = [each for each in own if isinstance(each.on, date) and each.on <= begun]
    values = [each.value for each in (before[-1:] or own[:1]) if isinstance(each.value, int | float)]
    return float(values[0]) if values else 1.0


def _better(last: MetricReading) -> str:
    return last.better if isinstance(last.better, str) else LOWER


def _value(first: float, last: MetricReading, *, better: bool) -> float:
    up = better == (_better(last) == HIGHER)
    return first + 1 if up else first - 1


def _reading(metric: str, day: date, value: float, better: str) -> Json:
    return {"metric": metric, "on": day.isoformat(), "value": value, "unit": "", "better": better}


def _added(record: EscalationRecord, condition: str, readings: list[Json]) -> Steps:
    if isinstance(record.readings, tuple):
        return tuple(Step(condition=condition, operation=add("/readings/-", each)) for each in readings)
    return (_put(record, condition, "readings", readings),)


def _put(record: EscalationRecord, condition: str, key: str, value: Json) -> Step:
    return Step(condition=condition, operation=put(record.facts, key, value))
