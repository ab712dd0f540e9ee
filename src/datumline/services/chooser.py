"""Whom a visitor of the demo can be: the people of the invented organisation, by what they come for."""

from __future__ import annotations

from dataclasses import dataclass

from datumline.domain.people.person import PersonId
from datumline.services.context import Context
from datumline.services.visit import Visit, role_of, visit

COMES_FOR = {
    "Engineering manager": "Which conversation is due, and may the next step be taken?",
    "Director": "The same, for the people of one's managers.",
    "HR partner": "A fair, documented process.",
    "Engineer": "Where am I at, and what does it rest on?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Somebody to be."""

    person: PersonId
    name: str
    about: str

    @property
    def first_name(self) -> str:
        """What the button says."""
        return self.name.split()[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The people of one role, and what they come for."""

    title: str
    comes_for: str
    people: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooserPage:
    """The whole choice."""

    groups: tuple[Group, ...]


def chooser_page(context: Context) -> ChooserPage:
    """Everybody whom a visitor can be. Only for an invented organisation."""
    seen = visit(context)
    choices: dict[str, list[Choice]] = {title: [] for title in COMES_FOR}
    for person in sorted(seen.chart.people.values(), key=lambda each: (each.name.casefold(), each.id)):
        if seen.chart.is_active(person.id) and not person.provisional:
            choices[role_of(seen, person.id)].append(_choice(seen, person.id))
    return ChooserPage(
        groups=tuple(
            Group(title=title, comes_for=COMES_FOR[title], people=tuple(people))
            for title, people in choices.items()
            if people
        )
    )


def _choice(seen: Visit, person: PersonId) -> Choice:
    place, reports = seen.chart.place_of(person), len(seen.chart.reports_of(person))
    about = [place.level, place.team, f"{reports} people" if reports else None]
    return Choice(person=person, name=seen.name_of(person), about=", ".join(each for each in about if each))


def can_be(context: Context, person: PersonId) -> bool:
    """Whether the visitor can be this person."""
    found = visit(context).chart
    return person in found.people and found.is_active(person) and not found.people[person].provisional
