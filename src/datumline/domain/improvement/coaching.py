"""Three paths out of a coaching plan: it worked, the scope changes, or a formal plan is honest (spec 40).

Readings 21 to 26. The formal plan is never given past anything unknown: then coaching goes on, and the next
step is to find out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from datumline.domain.improvement.coaching_changes import proposals
from datumline.domain.improvement.coaching_record import A_WEEK, CoachingRecord, Week, read_coaching
from datumline.domain.improvement.coaching_weeks import (
    MISSED_WEEKS,
    OF_WEEKS,
    ONE_AREA,
    PERSISTENT,
    RUN,
    WEEKS_READ,
    CoachingBars,
    Stand,
    answers,
    bars_of,
)
from datumline.domain.period import AsOf
from datumline.domain.policy.decision_table import Decision
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.question import Question
from datumline.domain.policy.would_change import Steps
from datumline.domain.verdict import Answer, Condition, Figure, Pointer, Verdict

TABLE = "coaching"
KEEP_GOING = "keep-going"
OWED = "coaching.decision_owed"
CLEAR, SUPPORT = "expectations-clear", "support-documented"
PARAMETERS = ("coaching.weeks_read", "coaching.persistent_share", OWED)


def coaching(facts: Mapping[str, Any], policy: Policy, *, changes: bool = True) -> Verdict:
    """Which path a coaching plan takes. Raises Problem with the JSON path of a fault."""
    question = Question(room=CoachingRoom(), policy=policy, proposals=proposals)
    return question.verdict(facts, changes=changes)


class CoachingRoom:
    """How the facts are read and answered."""

    table = TABLE
    parameters = PARAMETERS

    def read(self, facts: Mapping[str, Any]) -> CoachingRecord:
        """The weeks and two yes-or-no facts."""
        return read_coaching(facts)

    def at(self, record: CoachingRecord) -> AsOf:
        """Both clocks."""
        return record.at

    def on(self, record: CoachingRecord, day: date) -> CoachingRecord:
        """The same on a later day."""
        return replace(record, at=replace(record.at, as_of=day))

    def conditions(self, record: CoachingRecord, policy: Policy) -> tuple[Condition, ...]:
        """Those of the weeks, then the two facts."""
        bars = bars_of(policy, record.at.as_of)
        given, known = answers(record, bars)
        because = _latest(record, bars)
        of_weeks = (
            Condition(
                id=name,
                answer=given[name],
                because=_missed(because) if name in {MISSED_WEEKS, ONE_AREA, PERSISTENT} else _all(because),
                figures=_figures(name, known, bars),
            )
            for name in OF_WEEKS
        )
        return (*of_weeks, *_flags(record))

    def moves(self, record: CoachingRecord, policy: Policy, condition: str, to: Answer) -> Iterable[Steps]:
        """None singly: weeks move several conditions at once (see `coaching_changes`)."""
        del record, policy, condition, to
        return ()

    def days(self, record: CoachingRecord, policy: Policy) -> Iterable[date]:
        """When a week ahead begins, and when a week without a record ends the run."""
        del policy
        weeks = record.weeks if isinstance(record.weeks, tuple) else ()
        return [day for week in weeks for day in (week.week_of, week.monday + 2 * A_WEEK)]

    def next_step(
        self, record: CoachingRecord, policy: Policy, decision: Decision, answers: Mapping[str, Answer]
    ) -> tuple[str, Mapping[str, Figure]]:
        """By the outcome; while coaching goes on, what is missing, or that a decision is owed."""
        owed = _owed_on(record, policy)
        figures: dict[str, Figure] = {"owed_on": owed}
        if decision.verdict != KEEP_GOING:
            return decision.verdict, figures
        if decision.missing:
            return "find-out", {"missing": decision.missing[0]}
        for flag in (CLEAR, SUPPORT):
            if answers[PERSISTENT] is Answer.MET and answers[flag] is Answer.NOT_MET:
                return flag, figures
        late = owed is not None and record.at.as_of >= owed
        return "decision-owed" if late else KEEP_GOING, figures

    def figures(self, record: CoachingRecord, policy: Policy) -> Mapping[str, Figure]:
        """The day on which a decision is owed."""
        return {"decision_owed_on": _owed_on(record, policy)}


def _owed_on(record: CoachingRecord, policy: Policy) -> date | None:
    """The last day of the week in which a decision is owed, counted from the first week on file."""
    weeks = record.known_weeks
    if not weeks:
        return None
    return weeks[0].monday + policy.whole(OWED, record.at.as_of) * A_WEEK - timedelta(days=1)


def _latest(record: CoachingRecord, bars: CoachingBars) -> tuple[Week, ...]:
    """The latest weeks in which something was read."""
    read = [week for week in record.known_weeks if week.readings is ABSENT or week.readings]
    return tuple(read[-bars.read :])


def _all(weeks: tuple[Week, ...]) -> tuple[Pointer, ...]:
    return tuple(f"/weeks/{week.place}" for week in weeks)


def _missed(weeks: tuple[Week, ...]) -> tuple[Pointer, ...]:
    return tuple(
        reading.pointer
        for week in weeks
        for reading in (week.readings if isinstance(week.readings, tuple) else ())
        if reading.result == "missed"
    )


def _figures(name: str, known: Stand | None, bars: CoachingBars) -> Mapping[str, Figure]:
    counted = {
        RUN: (known.run if known else None, bars.in_a_row),
        WEEKS_READ: (known.weeks if known else None, bars.least),
        MISSED_WEEKS: (known.missed_weeks if known else None, bars.missed_weeks),
        PERSISTENT: (known.last_missed if known else None, bars.last),
    }
    if name != ONE_AREA:
        count, needed = counted[name]
        return {"count": count, "needed": needed}
    area, most = known.misses.most_common(1)[0] if known and known.misses else (None, None)
    return {"area": area, "count": most, "of": sum(known.misses.values()) if known else None}


def _flags(record: CoachingRecord) -> tuple[Condition, Condition]:
    return (
        _flag(record, CLEAR, "expectations_clear", record.expectations_clear),
        _flag(record, SUPPORT, "support_documented", record.support_documented),
    )


def _flag(record: CoachingRecord, name: str, key: str, given: Answer) -> Condition:
    said = record.facts.get(key, ABSENT) is not ABSENT
    return Condition(id=name, answer=given, because=(f"/{key}",) if said else ())
