"""The facts about a stretch project, as the table reads them (spec 95, `stretch`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from datumline.domain.period import AsOf
from datumline.domain.policy.facts import ABSENT, Maybe, Reader, clocks
from datumline.domain.verdict import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsor:
    """Who stands behind the project: what they are, and when they said so."""

    name: Maybe[str]
    title: Maybe[str]
    statement_on: Maybe[date]
    top3: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectUser:
    """A team or user that will use the result."""

    place: int
    own_team: Answer
    confirms: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchRecord:
    """The facts of the table, as they were given."""

    facts: Mapping[str, Any]
    at: AsOf
    budget: Maybe[str]
    sponsor: Maybe[Sponsor]
    users: Maybe[tuple[ProjectUser, ...]]


def read_stretch(facts: Mapping[str, Any]) -> StretchRecord:
    """The facts, read strictly. Raises Problem with the JSON path of a fault."""
    reader = Reader(facts)
    return StretchRecord(
        facts=facts,
        at=clocks(facts),
        budget=reader.text("budget"),
        sponsor=_sponsor(reader),
        users=_users(reader),
    )


def _sponsor(reader: Reader) -> Maybe[Sponsor]:
    value = reader.raw("sponsor")
    if value is None or value is ABSENT:
        return None if value is None else ABSENT
    named = Reader(value, "/sponsor")
    return Sponsor(
        name=named.text("name"),
        title=named.text("title"),
        statement_on=named.day("statement_on"),
        top3=named.flag("top3"),
    )


def _users(reader: Reader) -> Maybe[tuple[ProjectUser, ...]]:
    items = reader.items("users")
    if items is None or items is ABSENT:
        return None if items is None else ABSENT
    told = [Reader(item, f"/users/{place}") for place, item in enumerate(items)]
    return tuple(
        ProjectUser(place=place, own_team=each.flag("own_team"), confirms=each.flag("confirms"))
        for place, each in enumerate(told)
    )
