"""People: find one, list them, and say who a provisional one really is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.fold import OrgChart, Place
from datumline.domain.people.identity import suggestions
from datumline.domain.people.person import Person, PersonId
from datumline.domain.problem import Problem
from datumline.services.access import Gate, gate
from datumline.services.context import Context
from datumline.store import people
from datumline.store.ledger import entries, place

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHOWN = 6  # people named when a text fits several
EXPECTED = "the id, e-mail, handle or exact name of somebody on file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A person with where they stand today; `line` is everybody above them, nearest first."""

    person: Person
    place: Place
    manager: Person | None
    line: tuple[Person, ...]
    known_as: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """A provisional person, what of theirs is on file, and whom they might be."""

    person: Person
    changes: int
    perhaps: tuple[Person, ...]


def find_person(context: Context, text: str, noun: Noun = Noun.PERSON) -> Person:
    """The one person that a text names: by id, e-mail, handle or exact name, in that order.

    Raises Problem when nobody is, or several are. Somebody of whom the actor may not read `noun` is nobody:
    a record that one may not open reads like one that does not exist.
    """
    door = gate(context)
    chart = door.chart
    wanted = text.strip()
    for found in _meant(wanted, chart):
        seen = [chart.people[each] for each in found if _visible(door, chart, each, noun)]
        if len(seen) == 1:
            return seen[0]
        if seen:
            raise _ambiguous(wanted, seen)
    raise Problem(f"nobody is known as '{wanted}'", expected=EXPECTED)


def _meant(text: str, chart: OrgChart) -> Iterable[tuple[PersonId, ...]]:
    if _ID.fullmatch(text.lower()):
        yield (chart.same_as.get(text.lower(), text.lower()),)
    for what in ("email", "handle", "name"):
        yield people.known_by(what, [text])[text]


def _visible(door: Gate, chart: OrgChart, person: PersonId, noun: Noun = Noun.PERSON) -> bool:
    return person in chart.people and door.allows(Verb.READ, noun, person)


def _ambiguous(text: str, found: list[Person]) -> Problem:
    named = ", ".join(email_of(each) or each.id for each in found[:SHOWN])
    return Problem(f"'{text}' is {len(found)} people", expected=f"one of {named}")


def email_of(person: Person) -> str:
    """The person's first e-mail, or nothing."""
    return next((each.value for each in person.identities if each.system == "email"), "")


def all_people(context: Context, *, provisional: bool = False) -> list[Card]:
    """Everybody whom the actor may see, by name: the confirmed, or the provisional ones."""
    door = gate(context)
    chart = door.chart
    cards = (_card(chart, each) for each in chart.people.values() if each.provisional is provisional)
    return sorted(
        (card for card in cards if _visible(door, chart, card.person.id)),
        key=lambda card: (card.person.name.casefold(), card.person.id),
    )


def card_of(context: Context, person: PersonId) -> Card:
    """One person's card. The caller has found the person through `find_person`."""
    chart = gate(context).chart
    return _card(chart, chart.people[person])


def _card(chart: OrgChart, person: Person) -> Card:
    manager = chart.manager_of(person.id)
    return Card(
        person=person,
        place=chart.place_of(person.id),
        manager=chart.people.get(manager) if manager else None,
        line=tuple(chart.people[each] for each in chart.chain_of(person.id) if each in chart.people),
        known_as=chart.known_as(person.id),
    )


def strangers(context: Context) -> list[Stranger]:
    """Provisional people whom nobody resolved yet, the busiest first."""
    door = gate(context)
    chart = door.chart
    listed = [p for p in chart.people.values() if p.provisional and _visible(door, chart, p.id)]
    changes = _changes(door, {person.id for person in listed})
    found = [
        Stranger(
            person=person,
            changes=changes[person.id],
            perhaps=tuple(chart.people[each] for each in suggestions(person, chart.people.values())),
        )
        for person in listed
    ]
    return sorted(found, key=lambda each: (-each.changes, each.person.name.casefold(), each.person.id))


def _changes(door: Gate, persons: set[PersonId]) -> Counter[PersonId]:
    counted: Counter[PersonId] = Counter()
    shared, batches = (Audience.SHARED,), (Kind.CHANGE_BATCH,)
    for entry in entries(subjects=None, audiences=shared, kinds=batches, readable=door.readable):
        if entry.subject in persons:
            counted[str(entry.subject)] += int(str(entry.amounts["changes"]))
    return counted


def resolve(context: Context, provisional: str, real: str) -> tuple[Person, Person]:
    """Record that a provisional person is somebody on file; from now on the record of both is one.

    The other one may be provisional too. Raises Problem when the first is not, or the actor may not.
    """
    stranger, person = find_person(context, provisional), find_person(context, real)
    door = gate(context)
    if door.chart.same_as.get(provisional) == person.id and door.allows(Verb.WRITE, Noun.PERSON, person.id):
        return stranger, person  # said twice is said once
    if not stranger.provisional or not door.allows(Verb.WRITE, Noun.PERSON, stranger.id):
        raise Problem(
            f"'{provisional}' is nobody to be resolved", expected="somebody that `people unmatched` lists"
        )
    if person == stranger or not door.allows(Verb.WRITE, Noun.PERSON, person.id):
        raise Problem(f"'{real}' is nobody else", expected="another person on file")
    draft = Draft(
        kind=Kind.IDENTITY_RESOLVED,
        author=context.actor.author,
        occurred_on=context.today,
        subject=person.id,
        amounts={"provisional": stranger.id},
    )
    place([draft], clock=context.clock)
    return stranger, person
