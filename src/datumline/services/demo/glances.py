"""Who opened whose record lately, in the demo: managers before their one-to-ones, HR before a review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from datumline.domain.people.access import Duty
from datumline.domain.people.access_words import Noun
from datumline.domain.people.fold import OrgChart
from datumline.domain.people.person import PersonId
from datumline.domain.people.relations import duties_of
from datumline.domain.period import at_end_of
from datumline.services.demo.calendar import TODAY, dice, working
from datumline.store import access_log, people
from datumline.store.access_log import Reading

WEEKS = 8
LOOKED_AT = ("person page", "person page", "person page", "entry page", "signal-log")


def glance() -> None:
    """Note the readings of the last weeks, in their order."""
    chart = people.records().chart(at_end_of(TODAY))
    for reading in sorted(_readings(chart), key=lambda each: each.at):
        access_log.note(reading)


def _readings(chart: OrgChart) -> Iterator[Reading]:
    partners = [each for each in chart.people if Duty.HR_PARTNER in duties_of(each, chart)]
    for person in chart.places:
        roll = dice("glances", chart.names[person])
        chain = chart.chain_of(person)
        for reader in chain[:1]:
            for week in range(WEEKS):
                day = working(TODAY - timedelta(days=7 * (WEEKS - week) - roll.randint(0, 4)))
                yield _reading(reader, person, day, roll.randint(0, 500), roll.choice(LOOKED_AT))
        for reader in (*chain[1:2], *(each for each in partners if _serves(chart, each, person))):
            yield _reading(reader, person, working(date(2026, 6, 22)), roll.randint(0, 500), "person page")


def _serves(chart: OrgChart, partner: PersonId, person: PersonId) -> bool:
    unit = chart.place_of(partner).unit
    return partner != person and unit is not None and unit == chart.place_of(person).unit


def _reading(reader: PersonId, person: PersonId, day: date, minute: int, what: str) -> Reading:
    at = datetime.combine(day, time(8), tzinfo=UTC) + timedelta(minutes=minute, seconds=minute % 60)
    noun = Noun.SIGNAL_LOG if what == "signal-log" else Noun.ENTRY
    return Reading(at=at, actor=reader, subject=person, noun=noun.value, what=what)
