"""What would lead a coaching plan to another path: what is still unsaid, and the weeks to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, product

from datumline.domain.improvement.coaching_record import (
    A_WEEK,
    MET,
    MISSED,
    NOT_APPLICABLE,
    CoachingRecord,
    Reading,
    monday_of,
)
from datumline.domain.improvement.coaching_weeks import RUN, bars_of
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.from_today import FromToday
from datumline.domain.policy.json_patch import add, put, replace
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.would_change import Step, Steps
from datumline.domain.verdict import Json

FLAGS = {"expectations-clear": "expectations_clear", "support-documented": "support_documented"}
AN_EXPECTATION = "what was agreed"
SOME_AREAS = ("delivery", "quality")
MOST_WAYS = 100


def proposals(record: CoachingRecord, policy: Policy, to: str) -> Iterator[Iterable[Steps]]:
    """Sets of steps that may lead to `to`: first what can be said today, then weeks ahead."""
    bars = bars_of(policy, record.at.as_of)
    yield ((*opened, *flags) for opened in islice(_opened(record), MOST_WAYS) for flags in _flags(record))
    most = max(bars.in_a_row, bars.least, bars.last) + bars.read
    for count in range(1, most + 1):
        yield [
            (*flags, *_weeks(record, [areas[place % len(areas)] for place in range(count)]))
            for flags in _flags(record)
            for areas in _patterns(record, to)
        ]


def _opened(record: CoachingRecord) -> Iterator[Steps]:
    """Nothing said; or everything that is open said, each in one of its ways."""
    yield ()
    ways = [
        [_result(each, result) for result in (MET, MISSED, NOT_APPLICABLE)]
        for week in record.known_weeks
        for each in (week.readings if isinstance(week.readings, tuple) else ())
        if each.result is ABSENT
    ]
    ways += [
        [_readings(week.place, result) for result in (MET, MISSED)]
        for week in record.known_weeks
        if week.readings is ABSENT
    ]
    if ways:
        yield from product(*ways)


def _flags(record: CoachingRecord) -> Iterator[Steps]:
    """The two facts as they are, or both said with yes, or one of them with no."""
    yield ()
    yield tuple(_flag(record, name, key, value=True) for name, key in FLAGS.items())
    for name, key in FLAGS.items():
        yield (_flag(record, name, key, value=False),)


def _patterns(record: CoachingRecord, to: str) -> Iterator[Sequence[str | None]]:
    """The areas missed week by week, None for a week in which all was met."""
    if to in {"consistent", "keep-going"}:
        yield [None]
    if to != "consistent":
        known = sorted(
            {
                each.area
                for week in record.known_weeks
                for each in (week.readings if isinstance(week.readings, tuple) else ())
                if isinstance(each.area, str) and each.area
            }
        )
        areas = list(dict.fromkeys((*known, *SOME_AREAS)))
        yield from ([area] for area in areas)
        yield areas[:2]


def _weeks(record: CoachingRecord, missed: Sequence[str | None]) -> Steps:
    """The next weeks, read so, and time passing until the last of them has begun."""
    now = FromToday(facts=record.facts, at=record.at)
    taken = {week.monday for week in record.weeks or ()} if isinstance(record.weeks, tuple) else set()
    day = monday_of(now.today)
    while day in taken:
        day += A_WEEK
    days = [max(day + place * A_WEEK, now.today) for place in range(len(missed))]
    weeks: list[Json] = [_week(each, area) for each, area in zip(days, missed, strict=True)]
    until = now.until(RUN, days[-1])
    if isinstance(record.weeks, tuple):
        return (*(Step(condition=RUN, operation=add("/weeks/-", week)) for week in weeks), *until)
    return (Step(condition=RUN, operation=put(record.facts, "weeks", weeks)), *until)


def _week(day: date, missed: str | None) -> Json:
    reading: Json = {
        "expectation": AN_EXPECTATION,
        "area": missed or SOME_AREAS[0],
        "result": MISSED if missed else MET,
    }
    return {"week_of": day.isoformat(), "readings": [reading]}


def _result(reading: Reading, result: str) -> Step:
    return Step(condition=RUN, operation=add(f"{reading.pointer}/result", result))


def _readings(place: int, result: str) -> Step:
    told: Json = [{"expectation": AN_EXPECTATION, "area": SOME_AREAS[0], "result": result}]
    return Step(condition=RUN, operation=add(f"/weeks/{place}/readings", told))


def _flag(record: CoachingRecord, name: str, key: str, *, value: bool) -> Step:
    operation = replace(f"/{key}", value) if key in record.facts else add(f"/{key}", value)
    return Step(condition=name, operation=operation)
