"""Who is who and where: profiles, positions with their changes, and the review cycles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import half_of
from datumline.domain.verdict import Json
from datumline.services.demo.calendar import QUARTERS, working
from datumline.services.demo.company import ADMIN, Company, Member, Place, told
from datumline.services.demo.planned import Planned, planned

REVIEW_AFTER, CALIBRATION_AFTER = 9, 16  # days after a half-year's end


def frame(company: Company) -> Iterator[Planned]:
    """Everything about people's places, and the cycles."""
    admin = next(each for each in company.members.values() if each.role == ADMIN)
    for half in dict.fromkeys(half_of(quarter.start) for quarter in QUARTERS):
        yield _cycle(half.start, half.end, admin)
    for member in company.members.values():
        yield _profile(member, admin)
        for place in member.places:
            yield _position(member, place, company, admin)


def _cycle(starts: date, ends: date, admin: Member) -> Planned:
    half = "first" if starts.month == 1 else "second"
    return planned(
        Draft(
            kind=Kind.CYCLE,
            author=admin.id,
            occurred_on=starts,
            audience=Audience.ORGANISATION,
            title=f"{half.capitalize()} half of {starts.year}",
            amounts={
                "name": f"{starts.year}-H{1 if starts.month == 1 else 2}",
                "starts": starts,
                "ends": ends,
                "review_on": working(ends + timedelta(days=REVIEW_AFTER)),
                "calibration_on": working(ends + timedelta(days=CALIBRATION_AFTER)),
            },
        )
    )


def _profile(member: Member, admin: Member) -> Planned:
    domain = told("organisation")["domain"]
    return planned(
        Draft(
            kind=Kind.PROFILE,
            author=admin.id,
            subject=member.id,
            occurred_on=member.places[0].start,
            amounts={
                "name": member.name,
                "emails": [f"{member.handle}@{domain}"],
                "handles": [f"git:{member.handle}"],
                "zone": member.zone,
            },
        )
    )


def _position(member: Member, place: Place, company: Company, admin: Member) -> Planned:
    manager = company.members[place.manager].id if place.manager else None
    said: dict[str, Json | date] = {
        "unit": _unit(place, company) or member.unit,
        "team": place.team,
        "level": member.level,
        "role": member.role,
        "start_date": member.joined,
        "active": place.active,
    }
    if manager:
        said["manager"] = manager
    said = {name: value for name, value in said.items() if value != ""}
    return planned(
        Draft(kind=Kind.POSITION, author=admin.id, subject=member.id, occurred_on=place.start, amounts=said)
    )


def _unit(place: Place, company: Company) -> str | None:
    manager = company.members.get(place.manager or "")
    return manager.unit if manager and place.team else None
