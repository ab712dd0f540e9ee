"""The facts of a diagnosis, as the table reads them (spec 95, `diagnosis`), and the failures among them.

A failure is a commitment that was missed, or an avoidable defect, of which the facts leave no doubt; what may
be one is counted apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from datumline.domain.period import AsOf
from datumline.domain.policy.facts import ABSENT, Absent, Maybe, Reader, clocks, wrong
from datumline.domain.problem import Problem
from datumline.domain.verdict import Answer, Pointer, answer

MISMATCHES = ("none", "domain", "stage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A commitment. `work` is the kind of work that it belongs to."""

    pointer: Pointer
    work: str | None
    due: Maybe[date]
    delivered: Maybe[date]
    flagged_on: Maybe[date]

    def missed(self, as_of: date) -> bool | None:
        """Whether its day passed without delivery; None when nobody said what became of it.

        The due day itself belongs to the engineer (reading 37); what is delivered later has not happened yet.
        """
        if not isinstance(self.due, date):
            return None if self.due is ABSENT else False
        if isinstance(self.delivered, date) and self.delivered <= as_of:
            return self.delivered > self.due
        if self.due >= as_of:
            return False
        return None if self.delivered is ABSENT else True

    @property
    def flagged(self) -> bool | None:
        """Whether somebody said before its day that it was at risk; None when nobody said so or otherwise."""
        if self.flagged_on is ABSENT or not isinstance(self.due, date):
            return None
        return isinstance(self.flagged_on, date) and self.flagged_on < self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """Something that broke."""

    pointer: Pointer
    work: str | None
    on: Maybe[date]
    avoidable: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One that is sure: its kind of work (None: not said), its day, and whether the risk was said before.

    `flagged` is None for a defect and where nobody said; `promised` tells the two apart.
    """

    pointer: Pointer
    work: str | None
    on: date
    flagged: bool | None = None
    promised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRate:
    """How many of the team's commitments were on time."""

    on_time: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisRecord:
    """The facts of the table, as they were given."""

    facts: Mapping[str, Any]
    at: AsOf
    promises: Maybe[tuple[Promise, ...]]
    defects: Maybe[tuple[Defect, ...]]
    behaviour: Maybe[int]
    shared_on: Maybe[date]
    team: Maybe[TeamRate]
    mismatch: Maybe[str]

    @property
    def known_promises(self) -> tuple[Promise, ...]:
        """The commitments on file."""
        return self.promises if isinstance(self.promises, tuple) else ()

    @property
    def told(self) -> bool:
        """Whether somebody said anything about commitments or defects."""
        return self.promises is not ABSENT or self.defects is not ABSENT

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Every sure failure, in the order of the facts."""
        return (*_missed(self.known_promises, self.at.as_of), *_broken(self.defects, self.at.as_of))

    @property
    def doubtful(self) -> int | None:
        """How many more there may be; None when nobody can say, because one of the lists is not given."""
        if self.promises is ABSENT or self.defects is ABSENT:
            return None
        open_ended = sum(each.missed(self.at.as_of) is None for each in self.known_promises)
        defects = self.defects if isinstance(self.defects, tuple) else ()
        return open_ended + sum(_doubtful(each, self.at.as_of) for each in defects)


def read_diagnosis(facts: Mapping[str, Any]) -> DiagnosisRecord:
    """The facts, read strictly. Raises Problem with the JSON path of a fault."""
    reader = Reader(facts)
    promises, defects = reader.items("commitments"), reader.items("defects")
    return DiagnosisRecord(
        facts=facts,
        at=clocks(facts),
        promises=tuple(_promises(promises)) if isinstance(promises, list) else promises,
        defects=tuple(_defects(defects)) if isinstance(defects, list) else defects,
        behaviour=_behaviour(reader),
        shared_on=reader.day("expectation_shared_on"),
        team=_team(reader),
        mismatch=reader.choice("mismatch", MISMATCHES),
    )


def _promises(items: list[Any]) -> Iterator[Promise]:
    for place, item in enumerate(items):
        reader = Reader(item, f"/commitments/{place}")
        yield Promise(
            pointer=reader.path,
            work=_work(reader),
            due=reader.day("due"),
            delivered=reader.day("delivered"),
            flagged_on=reader.day("risk_flagged_on"),
        )


def _defects(items: list[Any]) -> Iterator[Defect]:
    for place, item in enumerate(items):
        reader = Reader(item, f"/defects/{place}")
        yield Defect(
            pointer=reader.path,
            work=_work(reader),
            on=reader.day("on"),
            avoidable=reader.flag("avoidable"),
        )


def _work(reader: Reader) -> str | None:
    """A kind of work as it compares; None when nobody said which."""
    told = reader.text("work")
    return (" ".join(told.split()).casefold() or None) if isinstance(told, str) else None


def _behaviour(reader: Reader) -> Maybe[int]:
    """How many entries on behaviour there are: a count, or the list of them."""
    value = reader.raw("behaviour_entries")
    if value is None or value is ABSENT:
        return None if value is None else ABSENT
    if isinstance(value, list):
        return len(value)
    return _count(value, reader.at("behaviour_entries"), "a whole number from 0, or a list")


def _count(value: object, path: str, expected: str) -> int:
    if value is ABSENT:
        raise Problem(f"no '{path.rpartition('/')[2]}'", where=path, expected=expected)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise wrong(value, path, expected)
    return value


def _team(reader: Reader) -> Maybe[TeamRate]:
    value = reader.raw("team_on_time")
    if value is None or isinstance(value, Absent):
        return None if value is None else ABSENT
    rate = Reader(value, "/team_on_time")
    of = _count(rate.raw("of"), rate.at("of"), "how many commitments, a whole number from 0")
    on_time = _count(rate.raw("on_time"), rate.at("on_time"), "how many of them, a whole number from 0")
    if on_time > of:
        raise wrong(on_time, rate.at("on_time"), f"at most {of}, the number in 'of'")
    return TeamRate(on_time=on_time, of=of)


def _missed(promises: tuple[Promise, ...], as_of: date) -> Iterator[Failure]:
    for each in promises:
        if each.missed(as_of) and isinstance(each.due, date):
            yield Failure(
                pointer=each.pointer, work=each.work, on=each.due, flagged=each.flagged, promised=True
            )


def _broken(defects: Maybe[tuple[Defect, ...]], as_of: date) -> Iterator[Failure]:
    for each in defects if isinstance(defects, tuple) else ():
        if each.avoidable is Answer.MET and isinstance(each.on, date) and each.on <= as_of:
            yield Failure(pointer=each.pointer, work=each.work, on=each.on, promised=False)


def _doubtful(defect: Defect, as_of: date) -> bool:
    """Whether it may be a failure, and nobody said that it is or that it is not."""
    happened = answer(None if defect.on is ABSENT else isinstance(defect.on, date) and defect.on <= as_of)
    sure = defect.avoidable is Answer.MET and happened is Answer.MET
    return not sure and Answer.NOT_MET not in {defect.avoidable, happened}
