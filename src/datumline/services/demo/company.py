"""Northfold's people: who they are, where they stood on each day, and how they work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

import yaml

from datumline.domain.people.person import PersonId
from datumline.services.demo.calendar import BEGIN, dice

MANAGER, DIRECTOR, HR, ADMIN, ENGINEER = (
    "engineering-manager",
    "director",
    "hr-partner",
    "admin",
    "engineer",
)


@cache
def told(name: str) -> Any:
    """One of the data files beside this module."""
    return yaml.safe_load(files(__package__).joinpath(f"data/{name}.yaml").read_text(encoding="utf-8"))


@cache
def _id_of(name: str) -> PersonId:
    return str(UUID(int=dice("person", name).getrandbits(128), version=4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody stands from a day on."""

    start: date
    team: str
    manager: str | None
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person. `places` are oldest first; `manner` names how they work (engineers only)."""

    name: str
    role: str
    level: str
    zone: str
    unit: str
    joined: date
    places: tuple[Place, ...]
    manner: str = ""

    @property
    def id(self) -> PersonId:
        """Their person id: random in form, the same in every build."""
        return _id_of(self.name)

    @property
    def handle(self) -> str:
        """Their name as an address writes it."""
        plain = self.name.lower().replace("ñ", "n").replace("á", "a")
        return plain.replace(" ", ".").replace("-", "")

    def place(self, day: date) -> Place:
        """Where they stand on a day; before the first one, where they first stood."""
        return [each for each in self.places if each.start <= day or each is self.places[0]][-1]

    @property
    def first_day(self) -> date:
        """The first day of their history in the demo."""
        return max(self.joined, BEGIN)

    @property
    def last_day(self) -> date | None:
        """Their last day, if they left."""
        gone = [each.start for each in self.places if not each.active]
        return gone[0] - timedelta(days=1) if gone else None


@dataclass(frozen=True, kw_only=True)
class Company:
    """Everybody, by name, and the teams as the data tells of them."""

    members: dict[str, Member] = field(default_factory=dict)
    teams: dict[str, Any] = field(default_factory=dict)

    def manager(self, member: Member, day: date) -> Member:
        """Who led somebody on a day. Raises KeyError for the top."""
        return self.members[member.place(day).manager or ""]

    @property
    def engineers(self) -> list[Member]:
        """Those with a manner of working."""
        return [each for each in self.members.values() if each.role == ENGINEER]


@cache
def company() -> Company:
    """Northfold."""
    data = told("organisation")
    made = Company(teams=data["teams"])
    top = data["top"]["name"]
    _add(made, data["top"], DIRECTOR, unit="Engineering", manager=None)
    _add(made, data["admin"], ADMIN, unit="Engineering", manager=top)
    for unit in data["units"].values():
        _add(made, unit["director"], DIRECTOR, unit=unit["name"], manager=top)
        _add(made, unit["hr"], HR, unit=unit["name"], manager=top)
        for team in unit["teams"]:
            _add_team(made, team, unit, data)
    return made


def _add(  # noqa: PLR0913 - all that is said of somebody
    made: Company, said: Any, role: str, *, unit: str, manager: str | None, team: str = ""
) -> None:
    start, left = said.get("from", BEGIN), said.get("left")
    places = [Place(start=start, team=team, manager=manager)]
    if left:
        places.append(Place(start=left + timedelta(days=1), team=team, manager=manager, active=False))
    made.members[said["name"]] = Member(
        name=said["name"],
        role=role,
        level="L6" if role == MANAGER else "L7" if role == DIRECTOR else "",
        zone=said["zone"],
        unit=unit,
        joined=said.get("from", dice("joined", said["name"]).choice(JOINED)),
        places=tuple(places),
    )


JOINED = [date(2016, 5, 2), date(2017, 9, 4), date(2018, 2, 5), date(2019, 10, 7)]


def _add_team(made: Company, team: str, unit: Any, data: Any) -> None:
    said = made.teams[team]
    director, leads = unit["director"]["name"], [said["manager"], *filter(None, [said.get("next_manager")])]
    for lead in leads:
        _add(made, lead, MANAGER, unit=unit["name"], manager=director, team=said["name"])
    moves = {each["person"]: each for each in data["moves"]}
    leavers = {each["person"]: each["last_day"] for each in data["leavers"]}
    for line in data["engineers"][team]:
        name, level, manner, zone, joined = (part.strip() for part in line.split("|"))
        made.members[name] = Member(
            name=name,
            role=ENGINEER,
            level=level,
            zone=zone,
            unit=unit["name"],
            joined=date.fromisoformat(joined),
            manner=manner,
            places=_places(
                made,
                date.fromisoformat(joined),
                leads=leads,
                team=said["name"],
                move=moves.get(name),
                left=leavers.get(name),
            ),
        )


def _places(  # noqa: PLR0913 - all that moves somebody
    made: Company, joined: date, *, leads: list[Any], team: str, move: Any, left: date | None
) -> tuple[Place, ...]:
    first = max(joined, BEGIN)
    found = [Place(start=first, team=team, manager=leads[0]["name"])]
    found += [Place(start=max(lead["from"], first), team=team, manager=lead["name"]) for lead in leads[1:]]
    if move:
        there = made.teams[move["team"]]
        found.append(Place(start=move["day"], team=there["name"], manager=there["manager"]["name"]))
    if left:
        last = found[-1]
        found.append(
            Place(start=left + timedelta(days=1), team=last.team, manager=last.manager, active=False)
        )
    return tuple(each for each in found if each.start >= first)
