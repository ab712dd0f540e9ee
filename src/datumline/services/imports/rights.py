"""Whom an import may write about, when a person asks for it: never themselves, and nobody they may not write.

The operator of the machine may write about everybody. Every answer is the access table's; what that table has
no row for stands here: nobody names themselves manager, and only an administrator hands out duties.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from datumline.domain.people.access import Thing, can
from datumline.domain.people.access_words import Condition, Noun, Relation, Verb
from datumline.domain.people.fold import Place
from datumline.domain.people.gain import gained
from datumline.domain.people.person import PersonId
from datumline.domain.people.relations import duties_in
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.access import Gate

ROW = (Noun.PERSON, Noun.POSITION)  # what a row of a table of people says
NEW = frozenset({Condition.UNCHARGED})  # somebody new holds no duty yet; and where a duty does not matter
OWN = "your own row is for somebody else to write"
OTHERS = "somebody of your own unit without a duty; an administrator imports the rest"
WORDS = {
    Relation.MANAGER: "the manager is you",
    Relation.SKIP_LEVEL: "the manager's manager is you",
    Relation.HR_PARTNER: "the unit is the one that you serve",
}


def check_row(door: Gate, whose: Sequence[PersonId], there: Place, said: Mapping[str, Json | date]) -> None:
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
    first, me = next(iter(whose)), door.context.actor.person
    become = gained(me, door.chart, first, there, said) if me else None
    if become is not None:
        raise Problem(WORDS[become], expected="somebody else to say so")
    duty = duties_in(there.role or "") | duties_in(str(said["role"])) if "role" in said else frozenset()
    if duty and Relation.ADMIN not in door.relations.organisation:
        named = ", ".join(sorted(duty))
        raise Problem(f"the role gives or takes a duty: {named}", expected="an administrator to import it")


def check_not_me(door: Gate, person: PersonId) -> None:
    """Raises Problem when a row is about the importer themself, under any of their names."""
    if not door.context.actor.operator and Relation.SELF in door.relations.towards(person):
        raise Problem("the row is about you", expected=OWN)


def check_may_import(door: Gate) -> None:
    """Raises Problem for who may bring nothing in."""
    if not door.allows(Verb.WRITE, Noun.IMPORT):
        raise Problem("this is not yours to import", expected="an administrator or an HR partner")


def check_may_read_clones(door: Gate) -> None:
    """Raises Problem for who may not have the machine read a clone: a path on it is a power of its own."""
    check_may_import(door)
    if not door.allows(Verb.WRITE, Noun.JOB):
        raise Problem("a clone is not yours to import", expected="an administrator")


def may_import_about(door: Gate, person: PersonId) -> bool:
    """Whether the importer may bring in evidence about somebody on file, whatever duties they hold."""
    things = (Thing(noun=noun, subject=person, states=NEW) for noun in ROW)
    reaches = all(door.asks(Verb.WRITE, thing).allowed for thing in things)
    return door.allows(Verb.WRITE, Noun.IMPORT) and reaches


def _writes(door: Gate, person: PersonId) -> bool:
    return all(door.allows(Verb.WRITE, noun, person) for noun in ROW)


def _adds(door: Gate, person: PersonId, unit: str) -> bool:
    """The same for somebody new: who serves the unit that the row says will be their HR partner."""
    me = door.context.actor.person
    serves = me is not None and Relation.HR_PARTNER in door.relations.organisation
    own = serves and unit != "" and door.chart.place_of(str(me)).unit == unit
    towards = {person: frozenset({Relation.HR_PARTNER})} if own else {}
    relations = replace(door.relations, to=towards)
    things = (Thing(noun=noun, subject=person, states=NEW) for noun in ROW)
    actor, today = door.context.actor, door.context.today
    return all(can(actor, Verb.WRITE, thing, relations, today).allowed for thing in things)


def _called(door: Gate, person: PersonId, unit: str) -> str:
    known = door.chart.people.get(person)
    return known.name if known else f"somebody new in {unit or 'no unit'}"
