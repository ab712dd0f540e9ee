"""How a person stands in each dimension of a level: at bar, approaching, below, or unknown (spec 50)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.rubric import DIMENSIONS, Rubric
from datumline.domain.problem import Problem
from datumline.domain.promotion.evidence import measured
from datumline.domain.promotion.piece import Measured
from datumline.domain.promotion.readiness_record import ReadinessRecord
from datumline.domain.verdict import Answer, Pointer, all_of, any_of


class Standing(StrEnum):
    """One dimension's reading."""

    AT_BAR = "at bar"
    APPROACHING = "approaching"
    BELOW = "below"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One dimension of the level, measured.

    Attributes:
        bars: each bar with what was found for it.
        at_bar: whether all of them are met.
        in_flight: whether what is missing is in flight, with a date and a link.
        standing: the reading that follows.
        work: pointers to the work in flight for it.
    """

    bars: Mapping[str, Measured]
    at_bar: Answer
    in_flight: Answer
    standing: Standing
    work: tuple[Pointer, ...]

    @property
    def because(self) -> tuple[Pointer, ...]:
        """The facts that decided it."""
        decided = [found for found in self.bars.values() if found.answer is self.at_bar]
        return tuple(dict.fromkeys(pointer for found in decided for pointer in found.because))


def asked(record: ReadinessRecord, policy: Policy) -> Rubric | None:
    """The level that is aimed at; None where nobody said. Raises Problem for one without a rubric."""
    if not isinstance(record.target, str):
        return None
    wanted = record.target
    found = next((each for each in policy.rubrics.values() if each.named(wanted)), None)
    if found is None:
        names = ", ".join(name for each in policy.rubrics.values() for name in (each.level, *each.called))
        raise Problem(
            f"no rubric for the level '{record.target}'", where="/target", expected=f"one of {names}"
        )
    return found


def standings(record: ReadinessRecord, policy: Policy, rubric: Rubric) -> Mapping[str, Dimension]:
    """Every dimension of the level."""
    return {name: _dimension(name, record, policy, rubric) for name in DIMENSIONS}


def _dimension(name: str, record: ReadinessRecord, policy: Policy, rubric: Rubric) -> Dimension:
    bars = {
        bar: measured(bar, parameter, record, policy, rubric) for bar, parameter in rubric.bars[name].items()
    }
    at_bar = all_of(found.answer for found in bars.values())
    on = record.at.as_of
    if record.in_flight is ABSENT:
        in_flight = Answer.UNKNOWN
        work: tuple[Pointer, ...] = ()
    else:
        in_flight = any_of(each.counts(name, on) for each in record.in_flight)
        work = tuple(
            f"/in_flight/{each.place}"
            for each in record.in_flight
            if each.counts(name, on) is in_flight and each.dimension == name
        )
    return Dimension(
        bars=bars, at_bar=at_bar, in_flight=in_flight, standing=_standing(at_bar, in_flight), work=work
    )


def _standing(at_bar: Answer, in_flight: Answer) -> Standing:
    if at_bar is Answer.MET:
        return Standing.AT_BAR
    if at_bar is Answer.UNKNOWN or in_flight is Answer.UNKNOWN:
        return Standing.UNKNOWN
    return Standing.APPROACHING if in_flight is Answer.MET else Standing.BELOW
