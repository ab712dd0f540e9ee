"""The whole team's promises, counted: what one person's figures are held against in a diagnosis."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from datumline.domain.diagnosis.diagnosis_facts import on_time_count
from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.domain.period import last_days
from datumline.domain.signals.commitments import commitments_of
from datumline.services.record import PersonRecord
from datumline.store import ledger

PROMISES = (Kind.COMMITMENT, Kind.DELIVERY, Kind.RESCHEDULE, Kind.RETRACTION)


def team_on_time(record: PersonRecord) -> dict[str, int] | None:
    """How many of the team's promises of the window were on time, and of how many; the person's among them.

    None where nobody said in which team the person is, or the reader may not read everybody's record.
    """
    team = record.place.team
    members = [person for person, place in record.chart.places.items() if team and place.team == team]
    active = [person for person in members if record.chart.is_active(person)]
    if not active or not all(record.visit.sees(person, Noun.SIGNAL) for person in active):
        return None
    window = last_days(record.policy.days("window.signals", record.at.as_of), until=record.at.as_of)
    told = _entries(record, active)
    on_time = of = 0
    for person in active:
        lives = commitments_of(told[person], record.at, partial(record.managed, person))
        good, settled = on_time_count(each for each in lives if each.standing.due in window)
        on_time, of = on_time + good, of + settled
    return {"on_time": on_time, "of": of}


def _entries(record: PersonRecord, people: list[PersonId]) -> dict[PersonId, list[Entry]]:
    chart = record.visit.chart
    names = {each: person for person in people for each in chart.known_as(person)}
    found: dict[PersonId, list[Entry]] = defaultdict(list)
    for entry in ledger.entries(
        subjects=list(names), audiences=[Audience.SHARED], kinds=list(PROMISES), until=record.at
    ):
        found[names[entry.subject or ""]].append(entry)
    return found
