"""Who is offered first in the demo's role chooser, and why."""

from __future__ import annotations

from dataclasses import dataclass

from datumline.domain.people.person import PersonId
from datumline.services.demo.company import company, told


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMember:
    """One person to be: `role` says what they come for, `why` what there is to see."""

    person: PersonId
    name: str
    role: str
    why: str


def cast() -> tuple[CastMember, ...]:
    """The demo's cast, in the order of the chooser."""
    members = company().members
    return tuple(
        CastMember(person=members[said["person"]].id, name=said["person"], role=said["role"], why=said["why"])
        for said in told("organisation")["cast"]
    )
