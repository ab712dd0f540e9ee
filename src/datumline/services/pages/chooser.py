"""Whom a visitor of the demo can be: a few to start with, then everybody, by what they come for."""

from __future__ import annotations

from dataclasses import dataclass

from datumline.domain.people.person import PersonId
from datumline.services.context import Context
from datumline.services.demo.cast import cast
from datumline.services.visit import Visit, role_of, visit

START_HERE = "Start here"
SOMETHING_TO_SEE = "Each of these shows another side of the same organisation."
COMES_FOR = {
    "Engineering manager": "Which conversation is due, and may the next step be taken?",
    "Director": "The same, for the people of one's managers.",
    "HR partner": "A fair, documented process.",
    "Administrator": "The installation; no evidence about anybody.",
    "Engineer": "Where am I at, and what does it rest on?",
}
# A panelist is what somebody is for a session, beside their place.
CAST_ROLES = {"panelist": "Engineering manager, and panelist"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Somebody to be. `role` is said where the title of the group does not say it."""

    person: PersonId
    name: str
    role: str
    about: str

    @property
    def first_name(self) -> str:
        """What the button says."""
        return self.name.split()[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some people under one title, and what they come for."""

    title: str
    comes_for: str
    people: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooserPage:
    """The whole choice."""

    groups: tuple[Group, ...]


def chooser_page(context: Context) -> ChooserPage:
    """Whom a visitor can be: the demo's cast, then everybody by role. Only for an invented organisation."""
    seen = visit(context)
    first = Group(title=START_HERE, comes_for=SOMETHING_TO_SEE, people=_cast(seen))
    return ChooserPage(groups=tuple(group for group in (first, *_by_role(seen)) if group.people))


def _cast(seen: Visit) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            person=each.person,
            name=each.name,
            role=CAST_ROLES.get(each.role) or role_of(seen, each.person),
            about=each.why,
        )
        for each in cast()
        if _is_choice(seen, each.person)
    )


def _by_role(seen: Visit) -> tuple[Group, ...]:
    choices: dict[str, list[Choice]] = {title: [] for title in COMES_FOR}
    for person in sorted(seen.chart.people.values(), key=lambda each: (each.name.casefold(), each.id)):
        if _is_choice(seen, person.id):
            choices[role_of(seen, person.id)].append(_choice(seen, person.id))
    return tuple(
        Group(title=title, comes_for=COMES_FOR[title], people=tuple(people))
        for title, people in choices.items()
    )


def _choice(seen: Visit, person: PersonId) -> Choice:
    place, reports = seen.chart.place_of(person), len(seen.chart.reports_of(person))
    about = [place.level, place.team, f"{reports} people" if reports else None]
    return Choice(
        person=person,
        name=seen.name_of(person),
        role="",
        about=", ".join(each for each in about if each),
    )


def can_be(context: Context, person: PersonId) -> bool:
    """Whether the visitor can be this person."""
    return _is_choice(visit(context), person)


def _is_choice(seen: Visit, person: PersonId) -> bool:
    found = seen.chart.people.get(person)
    return found is not None and seen.chart.is_active(person) and not found.provisional
