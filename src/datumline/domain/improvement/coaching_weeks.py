"""How a run of weeks stands: met in a row, missed in one area, missed again and again (readings 21 to 26).

A reading that nobody gave may be anything: what holds in every possible world is known, the rest is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product

from datumline.domain.improvement.coaching_record import (
    A_WEEK,
    MISSED,
    NOT_APPLICABLE,
    RESULTS,
    CoachingRecord,
    Week,
    monday_of,
)
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.pack import Policy
from datumline.domain.verdict import Answer, answer

MOST_OPEN = 3  # readings that nobody gave; beyond that all that rests on weeks is unknown
ANOTHER_AREA = "another area"
WEEKS_READ, RUN, MISSED_WEEKS, ONE_AREA, PERSISTENT = (
    "weeks-read",
    "met-in-a-row",
    "missed-weeks",
    "one-area",
    "persistent",
)
OF_WEEKS = (RUN, WEEKS_READ, MISSED_WEEKS, ONE_AREA, PERSISTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachingBars:
    """The numbers of the policy on one day (see the pack's `coaching.…`); shares in percent."""

    in_a_row: int
    read: int
    least: int
    area_share: Decimal
    missed_weeks: int
    last: int
    last_share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One week in one possible world: what was read, as (area, result)."""

    monday: date
    readings: tuple[tuple[str, str], ...]

    @property
    def applied(self) -> bool:
        """Whether anything applied; a week of which nothing did is passed over (reading 26)."""
        return any(result != NOT_APPLICABLE for _, result in self.readings)

    @property
    def missed(self) -> bool:
        """Whether anything was missed."""
        return any(result == MISSED for _, result in self.readings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How the weeks stand in one possible world."""

    run: int
    weeks: int
    missed_weeks: int
    misses: Counter[str]
    last_missed: int

    def answers(self, bars: CoachingBars) -> Mapping[str, bool]:
        """Each condition that rests on the weeks."""
        total, most = sum(self.misses.values()), max(self.misses.values(), default=0)
        return {
            RUN: self.run >= bars.in_a_row,
            WEEKS_READ: self.weeks >= bars.least,
            MISSED_WEEKS: self.missed_weeks >= bars.missed_weeks,
            ONE_AREA: 100 * most > bars.area_share * total,
            PERSISTENT: self.weeks >= bars.last and 100 * self.last_missed >= bars.last_share * bars.last,
        }


def bars_of(policy: Policy, on: date) -> CoachingBars:
    """The numbers that hold on `on`."""
    return CoachingBars(
        in_a_row=policy.whole("coaching.consistency", on),
        read=policy.whole("coaching.weeks_read", on),
        least=policy.whole("coaching.least_weeks", on),
        area_share=policy.number("coaching.area_share", on),
        missed_weeks=policy.whole("coaching.area_missed_weeks", on),
        last=policy.whole("coaching.persistent_weeks", on),
        last_share=policy.number("coaching.persistent_share", on),
    )


def stand(weeks: Iterable[Read], as_of: date, bars: CoachingBars) -> Stand:
    """How these weeks stand on `as_of`."""
    known = tuple(weeks)
    applied = [week for week in known if week.applied][-bars.read :]
    misses = Counter(area for week in applied for area, result in week.readings if result == MISSED)
    return Stand(
        run=_run(known, as_of),
        weeks=len(applied),
        missed_weeks=sum(week.missed for week in applied),
        misses=misses,
        last_missed=sum(week.missed for week in applied[-bars.last :]),
    )


def _run(weeks: tuple[Read, ...], as_of: date) -> int:
    """Weeks in a row, up to today, in which all that applied was met.

    The present week may still be without a record; any other week without one ends the run.
    """
    count, expected = 0, monday_of(as_of)
    for week in reversed(weeks):
        if week.monday < expected and not (count == 0 and _is_last(week, expected, as_of)):
            return count
        if week.missed or not week.readings:
            return count
        count += week.applied
        expected = week.monday - A_WEEK
    return count


def _is_last(week: Read, expected: date, as_of: date) -> bool:
    return expected == monday_of(as_of) and week.monday == expected - A_WEEK


def answers(record: CoachingRecord, bars: CoachingBars) -> tuple[Mapping[str, Answer], Stand | None]:
    """Each condition that rests on the weeks; and how they stand, where that is known wholly."""
    open_readings = list(_open(record))
    if record.weeks is ABSENT or len(open_readings) > MOST_OPEN:
        return dict.fromkeys(OF_WEEKS, Answer.UNKNOWN), None
    stands = [stand(world, record.at.as_of, bars) for world in _worlds(record)]
    told = [each.answers(bars) for each in stands]
    given = {
        name: answer(told[0][name] if len({each[name] for each in told}) == 1 else None) for name in OF_WEEKS
    }
    return given, stands[0] if len(stands) == 1 else None


def _open(record: CoachingRecord) -> Iterator[str]:
    for week in record.known_weeks:
        if week.readings is ABSENT:
            yield f"/weeks/{week.place}"
        for reading in week.readings if isinstance(week.readings, tuple) else ():
            if reading.result is ABSENT or (reading.result == MISSED and reading.area is ABSENT):
                yield reading.pointer


def _worlds(record: CoachingRecord) -> Iterator[tuple[Read, ...]]:
    """Every way in which what was not said can be."""
    areas = {
        reading.area
        for week in record.known_weeks
        for reading in (week.readings if isinstance(week.readings, tuple) else ())
        if isinstance(reading.area, str)
    }
    named = (*sorted(areas), ANOTHER_AREA)
    weeks = [list(_week_worlds(week, named)) for week in record.known_weeks]
    for world in product(*weeks):
        yield tuple(_joined(world))


def _week_worlds(week: Week, areas: tuple[str, ...]) -> Iterator[Read]:
    if week.readings is ABSENT:
        possible: list[list[tuple[str, str]]] = [_ways(ABSENT, ABSENT, areas)]
        yield Read(monday=week.monday, readings=())
    else:
        possible = [_ways(each.area, each.result, areas) for each in week.readings or ()]
    for readings in product(*possible):
        yield Read(monday=week.monday, readings=readings)


def _ways(area: object, result: object, areas: tuple[str, ...]) -> list[tuple[str, str]]:
    """What one reading can be: its area matters only where it was missed."""
    results = RESULTS if result is ABSENT else (str(result) if result else NOT_APPLICABLE,)
    own = "" if area is ABSENT else str(area)
    return [
        (name, each) for each in results for name in (areas if area is ABSENT and each == MISSED else (own,))
    ]


def _joined(world: Iterable[Read]) -> Iterator[Read]:
    """The weeks, with what was recorded twice read together."""
    together: dict[date, tuple[tuple[str, str], ...]] = {}
    for week in world:
        together[week.monday] = (*together.get(week.monday, ()), *week.readings)
    return (Read(monday=monday, readings=readings) for monday, readings in together.items())
