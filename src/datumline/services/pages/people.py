"""The list of people whose record the one who asks may open."""

from __future__ import annotations

from dataclasses import dataclass

from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.person import PersonId
from datumline.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person of the list. `sought` is what the filter looks in, in lower case."""

    person: PersonId
    name: str
    level: str
    team: str
    manager: str
    provisional: bool
    sought: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """The list, and what was looked for.

    `alone` says that nobody but the one who asks is on file; `imports` that they may import people.
    """

    scope: str
    q: str
    count: str
    rows: tuple[PersonRow, ...]
    alone: bool
    imports: bool


def people_page(asked: Visit, q: str) -> PeoplePage:
    """Everybody whose record may be opened, or those of them who match every word of `q`."""
    words = q.casefold().split()
    rows = [_row(asked, person) for person in asked.people]
    found = tuple(row for row in rows if all(word in row.sought for word in words))
    shown = f"{len(found)} of {len(rows)}" if words else str(len(rows))
    imports = asked.gate.allows(Verb.WRITE, Noun.IMPORT)
    return PeoplePage(
        scope="Whose record you may open",
        q=q,
        count=f"{shown} shown",
        rows=found,
        alone=imports and {*asked.chart.people} == {asked.me},
        imports=imports,
    )


def _row(asked: Visit, person: PersonId) -> PersonRow:
    place, known = asked.chart.place_of(person), asked.chart.people[person]
    level, team = place.level or "", place.team or place.unit or ""
    manager = asked.name_of(asked.chart.manager_of(person))
    return PersonRow(
        person=person,
        name=known.name,
        level=level,
        team=team,
        manager=manager,
        provisional=known.provisional,
        sought=f"{known.name} {level} {team} {manager}".casefold(),
    )
