"""A small invented organisation with a record, as the pages see it: one home, one fixed day.

Ines has a concern named once, and commitments that slip; Jens has a spotless record; nobody wrote about Kofi.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from datumline.config.home import create_home
from datumline.config.wiring import context_of, open_home
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Seen, Tag
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId
from datumline.services.context import Context, Mode
from datumline.store.ledger import place
from support.homes import Home

TODAY = date(2026, 6, 30)
VERA, MONA, NILS, HANA = (f"00000000-0000-4000-8000-00000000000{n}" for n in range(1, 5))
INES, JENS, KOFI, LENA = (f"00000000-0000-4000-8000-00000000001{n}" for n in range(1, 5))
NAMES = {
    VERA: ("Vera Lindqvist", None, "director", "engineering"),
    MONA: ("Mona Reyes-Tan", VERA, "engineering-manager", "billing"),
    NILS: ("Nils Aho", VERA, "engineering-manager", "search"),
    HANA: ("Hana Sato", VERA, "hr-partner", "people"),
    INES: ("Ines Okafor", MONA, "engineer", "billing"),
    JENS: ("Jens Holmgren", MONA, "engineer", "billing"),
    KOFI: ("Kofi Adeyemi", MONA, "engineer", "billing"),
    LENA: ("Lena Brandt", NILS, "engineer", "search"),
}
CONCERN = "late delivery"
PRIVATE = "A private thought of the manager about Ines"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The home, opened in this process."""

    home: Home
    context: Context


def small_world(home: Home, *, mode: Mode | None = Mode.DEMO) -> World:
    """Build it in an empty home."""
    create_home(home.folder, mode=mode, today=TODAY)
    said = open_home(home.folder, database_url=home.database_url)
    for day, drafts in sorted(_story(), key=lambda told: told[0]):
        place(drafts, clock=at_noon(day))
    return World(home=home, context=context_of(said))


def at_noon(day: date) -> Any:
    """A clock that stands at noon of a day."""
    moment = datetime.combine(day, time(12), tzinfo=UTC)
    return lambda: moment


def _story() -> Iterator[tuple[date, list[Draft]]]:
    yield date(2024, 6, 3), [draft for person in NAMES for draft in _frame(person)]
    yield from _promises(INES, late=(3, 6, 7, 9))
    yield from _promises(JENS, late=())
    yield (
        date(2026, 3, 3),
        [_entry(INES, Kind.OCCURRENCE, date(2026, 3, 3), "Refund window slipped unannounced")],
    )
    note = _entry(
        INES, Kind.WRITTEN_NOTE, date(2026, 4, 2), "Dates at risk", text="Say so three days before."
    )
    yield date(2026, 4, 2), [note]
    late = _entry(
        INES, Kind.OCCURRENCE, date(2026, 4, 9), "Two review questions left open", tag=Tag.IN_PROGRESS
    )
    yield date(2026, 6, 11), [late]
    yield date(2026, 6, 22), [_entry(INES, Kind.OCCURRENCE, date(2026, 6, 22), "Invoice export came late")]
    private = Draft(
        kind=Kind.WRITTEN_NOTE,
        author=MONA,
        subject=INES,
        audience=Audience.PRIVATE,
        occurred_on=date(2026, 6, 23),
        title=PRIVATE,
    )
    yield date(2026, 6, 23), [private]
    yield (
        date(2026, 6, 24),
        [_reach(JENS, Kind.CROSS_TEAM_PROJECT, "Ledger split", owned=True, teams=["risk"])],
    )
    yield date(2026, 6, 25), [_reach(JENS, Kind.TRADE_OFF, "Queue or table", with_data=True)]


def _frame(person: PersonId) -> Iterator[Draft]:
    name, manager, role, team = NAMES[person]
    told: dict[str, Any] = {"name": name, "emails": [f"{name.split()[0].lower()}@firm.example"]}
    place: dict[str, Any] = {
        "manager": manager,
        "role": role,
        "team": team,
        "unit": "engineering",
        "level": "L5",
    }
    first = date(2024, 6, 3)
    for kind, amounts in ((Kind.PROFILE, told), (Kind.POSITION, place)):
        known = {key: value for key, value in amounts.items() if value is not None}
        yield Draft(kind=kind, author="import:people", subject=person, occurred_on=first, amounts=known)


def _promises(person: PersonId, *, late: tuple[int, ...]) -> Iterator[tuple[date, list[Draft]]]:
    """Ten commitments, one every three weeks up to June; the numbered ones come nine days late."""
    for number in range(10):
        due = date(2025, 12, 15) + timedelta(days=21 * number)
        delivered = due + timedelta(days=9 if number in late else 0)
        amounts: dict[str, Any] = {"work": f"Milestone {number + 1}", "due": due, "delivered": delivered}
        written = min(delivered, TODAY)
        yield (
            written,
            [
                Draft(
                    kind=Kind.COMMITMENT,
                    author=MONA,
                    subject=person,
                    occurred_on=written,
                    title=f"Milestone {number + 1}",
                    seen=Seen.ARTIFACT,
                    links=("https://tracker.example/M-1",),
                    principles=("deliver-results",),
                    amounts=amounts,
                )
            ],
        )


def _entry(subject: PersonId, kind: Kind, day: date, title: str, **more: Any) -> Draft:
    return Draft(
        kind=kind,
        author=MONA,
        subject=subject,
        occurred_on=day,
        title=title,
        seen=Seen.OBSERVED,
        concern=CONCERN,
        **more,
    )


def _reach(subject: PersonId, kind: Kind, title: str, **amounts: Any) -> Draft:
    day = date(2026, 6, 20)
    return Draft(kind=kind, author=MONA, subject=subject, occurred_on=day, title=title, amounts=amounts)
