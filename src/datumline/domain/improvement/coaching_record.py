"""The weekly readings of a coaching plan, as the table reads them (spec 95, `coaching`).

Weeks begin on Monday; `week_of` may be any of their days. A week that lies ahead of the day asked about does
not exist. Two records of one week are read together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from datumline.domain.period import AsOf
from datumline.domain.policy.facts import A_DAY, ABSENT, Maybe, Reader, clocks
from datumline.domain.problem import Problem
from datumline.domain.verdict import Answer, Pointer

MET, MISSED, NOT_APPLICABLE = "met", "missed", "n/a"
RESULTS = (MET, MISSED, NOT_APPLICABLE)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One expectation in one week. `result` ABSENT: nobody said; None: looked, it did not apply."""

    pointer: Pointer
    area: Maybe[str]
    result: Maybe[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One record of a week. `readings` ABSENT: nobody said what was read."""

    place: int
    week_of: date
    readings: Maybe[tuple[Reading, ...]]

    @property
    def monday(self) -> date:
        """The day on which the week begins."""
        return monday_of(self.week_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachingRecord:
    """The facts of the table, as they were given."""

    facts: Mapping[str, Any]
    at: AsOf
    weeks: Maybe[tuple[Week, ...]]
    expectations_clear: Answer
    support_documented: Answer

    @property
    def known_weeks(self) -> tuple[Week, ...]:
        """The records of weeks that have begun, in their order."""
        weeks = self.weeks if isinstance(self.weeks, tuple) else ()
        begun = (week for week in weeks if week.week_of <= self.at.as_of)
        return tuple(sorted(begun, key=lambda week: (week.monday, week.place)))


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def read_coaching(facts: Mapping[str, Any]) -> CoachingRecord:
    """The facts, read strictly. Raises Problem with the JSON path of a fault."""
    reader = Reader(facts)
    items = reader.items("weeks")
    return CoachingRecord(
        facts=facts,
        at=clocks(facts),
        weeks=tuple(_weeks(items)) if isinstance(items, list) else items,
        expectations_clear=reader.flag("expectations_clear"),
        support_documented=reader.flag("support_documented"),
    )


def _weeks(items: list[Any]) -> Iterator[Week]:
    for place, item in enumerate(items):
        reader = Reader(item, f"/weeks/{place}")
        week_of = reader.day("week_of")
        if not isinstance(week_of, date):
            raise Problem("no 'week_of'", where=reader.at("week_of"), expected=A_DAY)
        readings = reader.items("readings")
        told = tuple(_readings(readings, reader.path)) if isinstance(readings, list) else readings
        yield Week(place=place, week_of=week_of, readings=told)


def _readings(items: list[Any], path: Pointer) -> Iterator[Reading]:
    for place, item in enumerate(items):
        reader = Reader(item, f"{path}/readings/{place}")
        area = reader.text("area")
        yield Reading(
            pointer=reader.path,
            area=area if area is ABSENT else _named(area),
            result=reader.choice("result", RESULTS),
        )


def _named(area: Maybe[str]) -> str:
    return " ".join(area.split()).casefold() if isinstance(area, str) else ""
