"""Whom an import may write about, when a person asks for it: never themselves, and nobody they may not write.

The operator of the machine may write about everybody. Every answer is the access table's; what that table has
no row for stands here: nobody names themselves manager, and only an administrator hands out duties.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from datumline.domain.people.access import Relations, Thing, can
from datumline.domain.people.access_words import Noun, Relation, Verb
from datumline.domain.people.fold import Place
from datumline.domain.people.person import PersonId
from datumline.domain.people.relations import duties_in
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.access import Gate

OWN = "your own row is for somebody else to write"
OTHERS = "somebody of your own unit; an administrator imports the rest"


def check_row(door: Gate, whose: Iterable[PersonId], there: Place, said: Mapping[str, Json | date]) -> None:
    """Raises Problem when the importer may not make a row of a table of people true.

    `whose` is everybody whose address the row has, the one it is about first; `there` is where they stand on
    the row's day, `said` what the row says otherwise.
    """
    if door.context.actor.operator:
        return
    for person in whose:
        check_not_me(door, person)
        unit = str(said.get("unit") or there.unit or "")
        if not (_writes(door, person) if person in door.chart.people else _adds(door, person, unit)):
            raise Problem(f"not yours to write: {_called(door, person, unit)}", expected=OTHERS)
    if said.get("manager") and said["manager"] == door.context.actor.person:
        raise Problem("the manager is you", expected="somebody else to say that you manage somebody")
    duty = duties_in(there.role or "") | duties_in(str(said["role"])) if "role" in said else frozenset()
    if duty and Relation.ADMIN not in door.relations.organisation:
        named = ", ".join(sorted(duty))
        raise Problem(f"the role gives or takes a duty: {named}", expected="an administrator to import it")


def check_not_me(door: Gate, person: PersonId) -> None:
    """Raises Problem when a row is about the importer themself, under any of their names."""
    if not door.context.actor.operator and Relation.SELF in door.relations.towards(person):
        raise Problem("the row is about you", expected=OWN)


def may_import_about(door: Gate, person: PersonId) -> bool:
    """Whether the importer may bring in evidence about somebody on file."""
    return door.allows(Verb.WRITE, Noun.IMPORT) and _writes(door, person)


def _writes(door: Gate, person: PersonId, relations: Relations | None = None) -> bool:
    actor, today = door.context.actor, door.context.today
    things = (Thing(noun=noun, subject=person) for noun in (Noun.PERSON, Noun.POSITION))
    held = relations or door.relations
    return all(can(actor, Verb.WRITE, thing, held, today).allowed for thing in things)


def _adds(door: Gate, person: PersonId, unit: str) -> bool:
    """The same for somebody new: who serves the unit that the row says will be their HR partner."""
    me = door.context.actor.person
    serves = me is not None and Relation.HR_PARTNER in door.relations.organisation
    own = serves and unit != "" and door.chart.place_of(str(me)).unit == unit
    towards = {person: frozenset({Relation.HR_PARTNER})} if own else {}
    return _writes(door, person, replace(door.relations, to=towards))


def _called(door: Gate, person: PersonId, unit: str) -> str:
    known = door.chart.people.get(person)
    return known.name if known else f"somebody new in {unit or 'no unit'}"
