"""An invented organisation in which every relation of the matrix occurs, for the access tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from datumline.domain.people.conflicts import Declared, Why
from datumline.domain.people.fold import Profile, Records
from datumline.domain.people.leave_cover import Cover
from datumline.domain.people.limits import Limits
from datumline.domain.people.person import PersonId, Position

TODAY = date(2026, 6, 30)
WRITTEN = datetime(2025, 1, 2, 9, tzinfo=UTC)
LIMITS = Limits(former_manager=timedelta(days=30), private_note=timedelta(days=180))


def who(name: str) -> PersonId:
    return str(uuid5(UUID(int=7), name))


def _at(  # noqa: PLR0913 - a case says what it is about
    name: str,
    day: date,
    manager: str | None = None,
    *,
    unit: str | None = None,
    role: str | None = None,
    active: bool | None = None,
) -> Position:
    return Position(
        person=who(name),
        from_day=day,
        recorded_at=WRITTEN,
        manager=who(manager) if manager else None,
        unit=unit,
        role=role,
        active=active,
    )


START = date(2025, 1, 6)
POSITIONS = (
    _at("vera", START, unit="core", role="director"),
    _at("mona", START, "vera", unit="core", role="engineering-manager"),
    _at("nils", START, "vera", unit="core", role="engineering-manager"),
    _at("olga", START, "vera", unit="edge", role="engineering-manager"),
    _at("ines", START, "mona", unit="core", role="engineer"),
    _at("jens", START, "mona", unit="core", role="engineer"),
    _at("kato", START, "nils", unit="core", role="engineer"),
    _at("kato", date(2026, 6, 10), "mona"),  # a report since 20 days, an ex-report of nils since then
    _at("lars", START, "mona", unit="core", role="engineer"),
    _at("lars", date(2026, 4, 1), "nils"),  # an ex-report of mona since long
    _at("gita", START, "nils", unit="core", role="engineer"),
    _at("gita", date(2026, 7, 15), "mona"),  # a report of mona in two weeks
    _at("rosa", START, "olga", unit="edge", role="engineer"),
    _at("toni", START, "mona", unit="core", role="engineer"),
    _at("toni", date(2026, 6, 20), active=False),  # left ten days ago
    _at("hana", START, "vera", unit="core", role="hr-partner"),
    _at("hugo", START, "vera", unit="core", role="hr-partner"),
    _at("hedy", START, "vera", unit="edge", role="hr-partner"),
    _at("abel", START, "vera", unit="core", role="admin"),
    _at("adam", START, "vera", unit="edge", role="admin, engineer"),
    _at("augo", START, "vera", unit="edge", role="auditor"),
)
NAMES = tuple(
    dict.fromkeys(
        [
            "vera",
            "mona",
            "nils",
            "olga",
            "ines",
            "jens",
            "kato",
            "lars",
            "gita",
            "rosa",
            "toni",
            "hana",
            "hugo",
            "hedy",
            "abel",
            "adam",
            "augo",
        ]
    )
)
RECORDS = Records(
    profiles=tuple(
        Profile(
            person=who(n), from_day=START, recorded_at=WRITTEN, name=n.title(), emails=(f"{n}@firm.example",)
        )
        for n in NAMES
    ),
    positions=POSITIONS,
    covers=(
        # Nils is away for the second half of June; Jens, an engineer, stands in for him
        Cover(entry="c1", manager=who("nils"), by=who("jens"), starts=date(2026, 6, 15), ends=TODAY),
    ),
    conflicts=(Declared(entry="d1", person=who("olga"), other=who("gita"), why=Why.PARTNER),),
)
