"""Is somebody ready for the level that they aim at? (spec 50, `verdict readiness`).

Ready is at bar in all four dimensions. Borderline is at bar in artifacts and in two of scope, impact and
leverage, with the third approaching. What nobody knows is said, unless something known is below the bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from datumline.domain.period import A_DAY, AsOf
from datumline.domain.policy.decision_table import Decision
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.question import Question
from datumline.domain.policy.rubric import DIMENSIONS, Rubric
from datumline.domain.policy.would_change import Steps
from datumline.domain.promotion.evidence import TOP_SEVERITIES, WINDOW
from datumline.domain.promotion.readiness_changes import proposals
from datumline.domain.promotion.readiness_record import ReadinessRecord, read_readiness
from datumline.domain.promotion.standing import Dimension, Standing, asked, standings
from datumline.domain.verdict import Answer, Condition, Figure, Verdict, answer

TABLE = "readiness"
THIRD, NONE_BELOW, KNOWN = "third-approaching", "none-below", "all-known"
AT_BAR_OF_THREE = "calibration.borderline"
OF_THREE = ("scope", "impact", "leverage")
ARTIFACTS = "artifacts"


def readiness(facts: Mapping[str, Any], policy: Policy, *, changes: bool = True) -> Verdict:
    """Whether the person is ready for the target level. Raises Problem with the JSON path of a fault."""
    return Question(room=ReadinessRoom(), policy=policy, proposals=proposals).verdict(facts, changes=changes)


class ReadinessRoom:
    """How the facts are read and answered; what would move them, `readiness_changes` proposes."""

    table = TABLE
    parameters = (AT_BAR_OF_THREE, TOP_SEVERITIES, WINDOW)

    def read(self, facts: Mapping[str, Any]) -> ReadinessRecord:
        """Entries, work in flight and assessments."""
        return read_readiness(facts)

    def at(self, record: ReadinessRecord) -> AsOf:
        """Both clocks."""
        return record.at

    def on(self, record: ReadinessRecord, day: date) -> ReadinessRecord:
        """The same on a later day."""
        return record.on(day)

    def conditions(self, record: ReadinessRecord, policy: Policy) -> tuple[Condition, ...]:
        """Each dimension, the readings that the rows need, and each bar of the level."""
        rubric = asked(record, policy)
        if rubric is None:
            open_yet = (*DIMENSIONS, THIRD, NONE_BELOW)
            unknown = tuple(Condition(id=name, answer=Answer.UNKNOWN) for name in open_yet)
            return (*unknown, Condition(id=KNOWN, answer=Answer.NOT_MET))
        found = standings(record, policy, rubric)
        dimensions = (
            Condition(
                id=name,
                answer=each.at_bar,
                because=(*each.because, *(each.work if each.standing is Standing.APPROACHING else ())),
                figures={"standing": each.standing.value},
            )
            for name, each in found.items()
        )
        return (*dimensions, *_readings(found, policy, record.at.as_of), *_bars(found, rubric))

    def moves(self, record: ReadinessRecord, policy: Policy, condition: str, to: Answer) -> Iterable[Steps]:
        """None for a single condition: whole sets are proposed."""
        del record, policy, condition, to
        return ()

    def days(self, record: ReadinessRecord, policy: Policy) -> Iterator[date]:
        """When work in flight is overdue, ownership begins or ends, a goal falls due or leaves the window."""
        for work in () if record.in_flight is ABSENT else record.in_flight:
            if isinstance(work.due, date):
                yield work.due + A_DAY
        for entry in () if record.entries is ABSENT else record.entries:
            known = [day for day in entry.days.values() if day is not None]
            known += [day for move in entry.moves for day in (move.on, move.from_due, move.to)]
            known += [entry.occurred] if isinstance(entry.occurred, date) else []
            for day in known:
                yield from (day, day + A_DAY, day + A_DAY * policy.days(WINDOW, record.at.as_of))

    def next_step(
        self, record: ReadinessRecord, policy: Policy, decision: Decision, answers: Mapping[str, Answer]
    ) -> tuple[str, Mapping[str, Figure]]:
        """To write the packet, to say what is in flight, or which dimension to look at first."""
        del answers
        rubric = asked(record, policy)
        if decision.verdict in ("ready", "borderline") or rubric is None:
            return decision.verdict, {}
        found = standings(record, policy, rubric)
        wanted = (
            (Standing.UNKNOWN,) if decision.verdict == "unknown" else (Standing.BELOW, Standing.APPROACHING)
        )
        each = next(name for standing in wanted for name in found if found[name].standing is standing)
        return f"{decision.verdict}-{each}", {}

    def figures(self, record: ReadinessRecord, policy: Policy) -> Mapping[str, Figure]:
        """How each dimension reads, and the level that was asked about."""
        rubric = asked(record, policy)
        if rubric is None:
            return {}
        found = standings(record, policy, rubric)
        return {"level": rubric.level, **{name: each.standing.value for name, each in found.items()}}


def _readings(found: Mapping[str, Dimension], policy: Policy, on: date) -> tuple[Condition, ...]:
    read = [each.standing for each in found.values()]
    below = Answer.NOT_MET if Standing.BELOW in read else answer(None if Standing.UNKNOWN in read else True)
    return (
        Condition(id=THIRD, answer=_third(found, policy.whole(AT_BAR_OF_THREE, on)), because=_work(found)),
        Condition(id=NONE_BELOW, answer=below),
        Condition(id=KNOWN, answer=answer(Standing.UNKNOWN not in read)),
    )


def _third(found: Mapping[str, Dimension], enough: int) -> Answer:
    """At bar in enough of scope, impact and leverage, approaching in what is left."""
    read = [found[name].standing for name in OF_THREE]
    if Standing.BELOW in read:
        return Answer.NOT_MET
    if Standing.UNKNOWN in read:
        return Answer.UNKNOWN
    at_bar = read.count(Standing.AT_BAR)
    return answer(at_bar == enough)


def _work(found: Mapping[str, Dimension]) -> tuple[str, ...]:
    near = (found[name] for name in OF_THREE if found[name].standing is Standing.APPROACHING)
    return tuple(pointer for each in near for pointer in each.work)


def _bars(found: Mapping[str, Dimension], rubric: Rubric) -> Iterator[Condition]:
    for name, each in found.items():
        for bar, measured in each.bars.items():
            figures = {"have": measured.have, "need": measured.need}
            yield Condition(
                id=bar,
                answer=measured.answer,
                because=measured.because,
                parameter=rubric.bars[name][bar],
                figures={key: value for key, value in figures.items() if value is not None},
            )
