"""What would give another diagnosis: the levels said otherwise, failures of another kind or told of in time.

One set for each type holds all that it can need; the search thins it until nothing can be left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from datumline.domain.diagnosis.diagnosis_conditions import (
    BEHAVIOUR,
    CLUSTERED,
    FLAGGED,
    MISMATCH,
    PATTERN,
    SHARED,
    TEAM,
    DiagnosisBars,
    bars_of,
)
from datumline.domain.diagnosis.diagnosis_record import DiagnosisRecord, Failure
from datumline.domain.period import A_DAY, EARLIEST
from datumline.domain.policy.json_patch import add, put
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.would_change import Step, Steps
from datumline.domain.verdict import Json

ONE_KIND = "one kind of work"
A_MONTH_AT_LEAST = timedelta(days=31)
FULL = 10  # of as many commitments


def proposals(record: DiagnosisRecord, policy: Policy, to: str) -> Iterator[Iterable[Steps]]:
    """Sets of steps that may give the type `to`: without new failures, then with as many as it needs."""
    bars = bars_of(policy, record.at.as_of)
    for added in (0, *_counts(record, bars)):
        yield [_set(record, bars, to, added)]


def _counts(record: DiagnosisRecord, bars: DiagnosisBars) -> Iterator[int]:
    """How many more failures it may take: one, what is missing to a pattern, enough to outweigh the rest."""
    known = len(record.failures)
    yield from sorted({1, max(1, bars.least - known), max(bars.least, bars.months), known + bars.least})


def _set(record: DiagnosisRecord, bars: DiagnosisBars, to: str, added: int) -> Steps:
    """All that the type may need, the organisation first, as the table reads it."""
    steps: list[Step] = [_expectation(record, added, unclear=to == "expectations")]
    if to == "expectations":
        return (*steps, *_behaviour(record, bars.behaviour), *_more(record, to, added))
    steps.append(_team(record, late=to == "process"))
    if to != "process":
        steps.append(_fact(record, MISMATCH, "mismatch", "domain" if to == "fit" else "none"))
    if to in {"behaviour", "fit"}:
        steps += _behaviour(record, bars.behaviour)
    elif to != "process":
        steps += _behaviour(record, 0)
        for place, failure in enumerate(record.failures):
            steps += _told(failure, to, place)
    return (*steps, *_more(record, to, added))


def _fact(record: DiagnosisRecord, condition: str, key: str, value: Json) -> Step:
    return Step(condition=condition, operation=put(record.facts, key, value))


def _expectation(record: DiagnosisRecord, added: int, *, unclear: bool) -> Step:
    """The expectation never shared, or shared before the first failure."""
    days = [each.on for each in record.failures] + _days(record, added) + [record.at.as_of]
    early = None if unclear else _before(min(days))
    return _fact(record, SHARED, "expectation_shared_on", early)


def _team(record: DiagnosisRecord, *, late: bool) -> Step:
    return _fact(record, TEAM, "team_on_time", {"on_time": 0 if late else FULL, "of": FULL})


def _behaviour(record: DiagnosisRecord, count: int) -> list[Step]:
    return [_fact(record, BEHAVIOUR, "behaviour_entries", count)]


def _told(failure: Failure, to: str, place: int) -> Iterator[Step]:
    """A failure of one kind of work with the others or of its own; its risk told in time or not."""
    work = ONE_KIND if to == "skill" else f"another kind ({place + 1})"
    yield Step(condition=CLUSTERED, operation=add(f"{failure.pointer}/work", work))
    if failure.promised and to != "skill":
        flagged = None if to == "communication" else _before(failure.on)
        yield Step(condition=FLAGGED, operation=add(f"{failure.pointer}/risk_flagged_on", flagged))


def _before(day: date) -> str:
    return max(EARLIEST, day - A_DAY).isoformat()


def _days(record: DiagnosisRecord, count: int) -> list[date]:
    """Days for so many more failures, each in a month of its own, the latest first."""
    last = record.at.as_of - A_DAY
    return [max(EARLIEST, last - place * A_MONTH_AT_LEAST) for place in range(count)]


def _more(record: DiagnosisRecord, to: str, count: int) -> Iterator[Step]:
    """So many more commitments that were missed."""
    missed: list[Json] = [
        {
            "work": ONE_KIND if to == "skill" else f"a further kind ({place + 1})",
            "due": day.isoformat(),
            "delivered": None,
            "risk_flagged_on": None if to == "communication" else _before(day),
        }
        for place, day in enumerate(_days(record, count))
    ]
    if missed and isinstance(record.facts.get("commitments"), list):
        yield from (Step(condition=PATTERN, operation=add("/commitments/-", each)) for each in missed)
    elif missed:
        yield _fact(record, PATTERN, "commitments", missed)
