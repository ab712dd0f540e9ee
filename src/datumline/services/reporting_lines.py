"""Say that somebody moves: another manager, unit, team, level or role from a day on. Nothing is edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Receipt
from datumline.domain.people.access import Duty
from datumline.domain.people.access_words import Noun, Relation, Verb
from datumline.domain.people.gain import gained
from datumline.domain.people.person import PersonId
from datumline.domain.people.relations import duties_in, duties_of
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.access import absent
from datumline.services.ledger import append
from datumline.services.people import find_person
from datumline.services.visit import Visit

GAINS = {
    Relation.MANAGER: "nobody names themselves manager",
    Relation.SKIP_LEVEL: "nobody names themselves manager's manager",
    Relation.HR_PARTNER: "nobody moves people into the unit that they serve",
}
NOBODY = "-"  # said of a manager: there is none any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What changes from a day on. Empty: stays as is. `manager` is a name or address, or `-` for nobody."""

    from_day: date
    manager: str = ""
    unit: str = ""
    team: str = ""
    level: str = ""
    role: str = ""
    active: bool | None = None


def may_move(asked: Visit, person: PersonId) -> bool:
    """Whether the one who asks may say where the person stands."""
    return person in asked.chart.people and asked.gate.allows(Verb.WRITE, Noun.POSITION, person)


def move(asked: Visit, person: PersonId, said: Move, *, key: str) -> Receipt:
    """Record it. Raises Problem where nothing is said, or the line would come round again (M4).

    Rights follow from a position, so nobody gains any by their own word (`domain/people/gain.py`), and duties
    are an administrator's to give and to take away. Only the operator of the machine may do either.
    """
    if not may_move(asked, person):
        raise absent("person")
    _check_duties(asked, person, said.role)
    there = asked.chart.place_of(person)
    amounts: dict[str, Json | date] = {
        name: value for name in ("unit", "team", "level", "role") if (value := getattr(said, name))
    }
    if said.manager:
        amounts["manager"] = None if said.manager == NOBODY else _manager(asked, person, said.manager)
    if said.active is not None:
        amounts["active"] = said.active
    asks = None if asked.context.actor.operator else asked.me
    become = gained(asks, asked.chart, person, there, amounts) if asks else None
    if become is not None:
        raise Problem(
            GAINS[become],
            where="unit" if become is Relation.HR_PARTNER else "manager",
            expected="somebody to record it who gains nothing by it",
        )
    if not amounts:
        raise Problem("nothing changes", where="manager", expected="at least one field")
    draft = Draft(
        kind=Kind.POSITION,
        author=asked.context.actor.author,
        occurred_on=said.from_day,
        subject=person,
        key=key,
        amounts=amounts,
    )
    return append(asked.context, [draft])[0]


def _check_duties(asked: Visit, person: PersonId, role: str) -> None:
    """Raises Problem for a role that gives or ends a duty, unless an administrator says so of another."""
    actor = asked.context.actor
    if not role or actor.operator or (Duty.ADMIN in actor.duties and person != asked.me):
        return
    given, held = duties_in(role), duties_of(person, asked.chart)
    if given or held:
        raise Problem(
            f"a duty ({', '.join(sorted(given | held))}) is not yours to give or to end",
            where="role",
            expected="a role without one, or an administrator to record it",
        )


def _manager(asked: Visit, person: PersonId, text: str) -> PersonId:
    try:
        found = find_person(asked.context, text)
    except Problem as problem:
        raise Problem(problem.what, where="manager", expected=problem.expected) from problem
    if found.id == person or person in asked.chart.chain_of(found.id):
        raise Problem(
            f"{found.name} cannot manage {asked.name_of(person)}",
            where="manager",
            expected="somebody who does not report to them, and not themselves",
        )
    return found.id
