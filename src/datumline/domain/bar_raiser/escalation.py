"""When the bar raiser is involved: a formal review, a corrective plan, and no improvement in its window.

Spec 60 and readings 27 to 35 of spec 96: nothing is decided before the window has run; then the tracked
figures decide, not the number of missed sprints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from datumline.domain.bar_raiser.escalation_changes import moves
from datumline.domain.bar_raiser.escalation_record import (
    CARRY,
    FIGURE,
    IMPROVED,
    PLAN,
    REVIEW,
    RUN,
    STALE,
    WINDOW,
    WORSE,
    EscalationRecord,
    read_escalation,
    span_of,
)
from datumline.domain.bar_raiser.tracked_metric import Compared, compared
from datumline.domain.period import A_DAY, AsOf
from datumline.domain.policy.decision_table import Decision
from datumline.domain.policy.facts import ABSENT, Maybe
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.question import Question
from datumline.domain.policy.would_change import Steps
from datumline.domain.verdict import Answer, Condition, Figure, Pointer, Verdict, answer, any_of

TABLE = "escalation"


def escalation(facts: Mapping[str, Any], policy: Policy, *, changes: bool = True) -> Verdict:
    """Whether the bar raiser is to be involved. Raises Problem with the JSON path of a fault."""
    return Question(room=EscalationRoom(), policy=policy).verdict(facts, changes=changes)


class EscalationRoom:
    """How the facts are read, answered and moved."""

    table = TABLE
    parameters = (CARRY, STALE)

    def read(self, facts: Mapping[str, Any]) -> EscalationRecord:
        """Three days, the readings, and the sprints that were missed."""
        return read_escalation(facts)

    def at(self, record: EscalationRecord) -> AsOf:
        """Both clocks."""
        return record.at

    def on(self, record: EscalationRecord, day: date) -> EscalationRecord:
        """The same on a later day."""
        return replace(record, at=replace(record.at, as_of=day))

    def conditions(self, record: EscalationRecord, policy: Policy) -> tuple[Condition, ...]:
        """Review, plan and window first, then the figures."""
        span = span_of(record, policy)
        run = None if span is None else record.at.as_of >= span.end
        window: dict[str, Figure] = {
            "days": policy.days(WINDOW, record.at.as_of),
            "ends_on": span.end if span else None,
        }
        no_plan = record.plan_started is None
        return (
            _happened(REVIEW, "formal_review_on", record.review, record.at.as_of),
            _happened(PLAN, "plan_started_on", record.plan_started, record.at.as_of),
            Condition(
                id=RUN,
                answer=answer(False if no_plan else run),
                because=_said(record, "plan_started_on"),
                figures=window,
            ),
            *_of_figures(record, _compared(record, policy)),
        )

    def moves(self, record: EscalationRecord, policy: Policy, condition: str, to: Answer) -> Iterator[Steps]:
        """See `escalation_changes`."""
        return moves(record, policy, condition, to)

    def days(self, record: EscalationRecord, policy: Policy) -> Iterable[date]:
        """When what lies ahead has come, and the window's last day."""
        readings = record.readings if isinstance(record.readings, tuple) else ()
        known = [record.review, record.plan_started, *(reading.on for reading in readings)]
        window = timedelta(days=policy.days(WINDOW, record.at.as_of))
        days = [day for day in known if isinstance(day, date)]
        return [*days, *(day + A_DAY for day in days), *(day + window for day in days)]

    def next_step(
        self, record: EscalationRecord, policy: Policy, decision: Decision, answers: Mapping[str, Answer]
    ) -> tuple[str, Mapping[str, Figure]]:
        """By the outcome; before the window has run, the day on which it has."""
        span = span_of(record, policy)
        figures: dict[str, Figure] = {"until": span.end if span else None}
        if decision.verdict == "unknown":
            missing = [name for name in (REVIEW, PLAN, FIGURE, WORSE, IMPROVED) if _open(answers, name)]
            return "find-out", {"missing": missing[0] if missing else FIGURE}
        if decision.verdict != "too-early":
            return decision.verdict, figures
        for name in (REVIEW, PLAN):
            if answers[name] is Answer.NOT_MET:
                return name, figures
        return "too-early", figures

    def figures(self, record: EscalationRecord, policy: Policy) -> Mapping[str, Figure]:
        """The window's end, a round scheduled before it, missed sprints, and a metric worse so far."""
        span = span_of(record, policy)
        round_on = record.scheduled_round
        worse = [each.metric for each in _so_far(record, policy) if each.worse is Answer.MET]
        return {
            "window_ends_on": span.end if span else None,
            "round_before_window_ends": bool(span and isinstance(round_on, date) and round_on < span.end),
            "missed_sprints": record.missed_sprints if isinstance(record.missed_sprints, int) else None,
            "worse_so_far": worse[0] if worse else None,
        }


def _open(answers: Mapping[str, Answer], name: str) -> bool:
    return answers[name] is Answer.UNKNOWN


def _happened(name: str, key: str, day: Maybe[date], as_of: date) -> Condition:
    """On file and not ahead; null is not yet, absent is unknown (reading 35)."""
    given = answer(None if day is ABSENT else isinstance(day, date) and day <= as_of)
    return Condition(id=name, answer=given, because=() if day is ABSENT else (f"/{key}",))


def _said(record: EscalationRecord, key: str) -> tuple[Pointer, ...]:
    return () if record.facts.get(key, ABSENT) is ABSENT else (f"/{key}",)


def _compared(record: EscalationRecord, policy: Policy) -> tuple[Compared, ...] | None:
    """Every metric at the window's end; None when nobody said what was read, or when the plan began."""
    span = span_of(record, policy)
    if record.readings is ABSENT or span is None:
        return None
    return compared(record.readings or (), span, record.at.as_of)


def _so_far(record: EscalationRecord, policy: Policy) -> tuple[Compared, ...]:
    """Every metric as if the window ended today: a warning before it does (reading 31)."""
    span = span_of(record, policy)
    if span is None or not isinstance(record.readings, tuple):
        return ()
    elapsed = max(0, min(span.days, (record.at.as_of - span.start).days))
    return compared(record.readings, replace(span, days=elapsed), record.at.as_of)


def _of_figures(
    record: EscalationRecord, metrics: tuple[Compared, ...] | None
) -> tuple[Condition, Condition, Condition]:
    if metrics is None and not (record.plan_started is None and record.readings is not ABSENT):
        unknown = (Condition(id=name, answer=Answer.UNKNOWN) for name in (FIGURE, WORSE, IMPROVED))
        first, second, third = unknown
        return first, second, third
    told = metrics or ()
    known = [each for each in told if each.known]
    figure = Answer.MET if known else answer(None if told else False)
    return (
        Condition(id=FIGURE, answer=figure, because=_pointers(known), figures={"count": len(known)}),
        _shared(WORSE, told, any_of(each.worse for each in told)),
        _shared(IMPROVED, told, any_of(each.improved for each in told)),
    )


def _shared(name: str, metrics: tuple[Compared, ...], given: Answer) -> Condition:
    speaking = [
        each for each in metrics if (each.worse if name == WORSE else each.improved) is given and each.known
    ]
    first = speaking[0] if speaking else None
    figures: dict[str, Figure] = {"metric": first.metric if first else None}
    return Condition(id=name, answer=given, because=_pointers(speaking), figures=figures)


def _pointers(metrics: Iterable[Compared]) -> tuple[Pointer, ...]:
    places = {reading.place for each in metrics for reading in (each.begin, each.end) if reading is not None}
    return tuple(f"/readings/{place}" for place in sorted(places))
