"""Break-glass (M7): a reason, a second person, minutes, reading alone, seen by its person, reviewed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from datumline.config import wiring
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.break_glass import Basis
from datumline.domain.verdict import Json
from datumline.services import break_glass
from datumline.services.break_glass import OwnOpeningError
from datumline.services.outgoing import NoMail
from datumline.services.visit import visit
from datumline.store.ledger import place
from datumline.web.installed import opened
from support.page_world import HANA, INES, JENS, LENA, MONA, PRIVATE, TODAY, VERA, at_noon

As = Callable[[str], Client]
ABEL, HUGO, AUGO = (f"00000000-0000-4000-8000-00000000003{n}" for n in range(1, 4))
WHY = {"basis": "investigation", "words": "A claim was made about this record."}


class Clock:
    """The time of day of the requests, to be moved."""

    def __init__(self) -> None:
        self.now = datetime.combine(TODAY, datetime.min.time(), tzinfo=UTC) + timedelta(hours=13)

    def on(self, day: date) -> datetime:
        """The moment, whatever the day; a second passes with every look."""
        del day
        self.now += timedelta(seconds=1)
        return self.now

    def after(self, minutes: int) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(wiring, "_clock_on", made.on)
    return made


@pytest.fixture
def office(visit_as: As, clock: Clock) -> As:
    """The small organisation with an administrator, a second HR partner and an auditor."""
    del clock
    told = {ABEL: ("Abel Roth", "admin"), HUGO: ("Hugo Stern", "hr-partner"), AUGO: ("Augo Lang", "auditor")}
    drafts = []
    for person, (name, role) in told.items():
        profile: dict[str, Json | date] = {
            "name": name,
            "emails": [f"{name.split()[0].lower()}@firm.example"],
        }
        stands: dict[str, Json | date] = {"manager": VERA, "role": role, "unit": "engineering"}
        drafts += [
            Draft(
                kind=kind, author="import:people", subject=person, occurred_on=date(2026, 6, 1), amounts=said
            )
            for kind, said in ((Kind.PROFILE, profile), (Kind.POSITION, stands))
        ]
    place(drafts, clock=at_noon(date(2026, 6, 29)))
    return visit_as


def send(client: Client, **fields: str) -> Any:
    page = client.get("/break-glass").content.decode()
    once = re.findall(r'name="once" value="(\w+)"', page)
    return client.post("/break-glass", {"once": once[0] if once else "a" * 32} | fields)


def waiting(client: Client) -> str:
    page = client.get("/break-glass").content.decode()
    return str(re.findall(r'name="entry" value="(\w+)"', page)[0])


def opens(client: Client, person: str = INES) -> bool:
    return client.get(f"/people/{person}").status_code == 200


def test_an_administrator_reads_a_record_for_an_hour_and_its_person_sees_it(office: As, clock: Clock) -> None:
    abel, hana, ines = office(ABEL), office(HANA), office(INES)
    assert not opens(abel)
    assert send(abel, person="Ines Okafor", **WHY).status_code == 303
    assert not opens(abel)
    assert "A claim was made" in ines.get("/break-glass").content.decode()
    assert send(hana, step="let-in", entry=waiting(hana)).status_code == 303
    page = abel.get(f"/people/{INES}").content.decode()
    assert "Break-glass is open" in page
    assert PRIVATE in page
    assert abel.get(f"/people/{INES}/entries/new").status_code == 404
    assert not opens(abel, JENS)
    read = ines.get("/opened").content.decode()
    assert "Abel Roth" in read
    assert "by break-glass" in read
    clock.after(61)
    assert not opens(abel)
    assert "Break-glass is open" not in abel.get("/").content.decode()


def test_nobody_lets_themselves_in_before_the_wait_is_over(office: As, clock: Clock) -> None:
    """A09: refused with 403, and noted."""
    abel = office(ABEL)
    send(abel, person="Ines Okafor", **WHY)
    entry = waiting(abel)
    assert send(abel, step="let-in", entry=entry).status_code == 403
    assert not opens(abel)
    assert "tried to let themselves in" in office(INES).get("/opened").content.decode()
    clock.after(31)
    assert send(abel, step="let-in", entry=entry).status_code == 303
    assert opens(abel)
    assert "alone" in office(INES).get("/break-glass").content.decode()


def test_it_can_be_ended_turned_down_and_is_reviewed_by_a_third(office: As, clock: Clock) -> None:
    abel, hana, hugo = office(ABEL), office(HANA), office(HUGO)
    send(abel, person="Ines Okafor", **WHY)
    entry = waiting(abel)
    send(hana, step="let-in", entry=entry)
    assert send(hugo, step="review", entry=entry, words="too early").status_code == 422
    clock.after(5)
    assert send(abel, step="close", entry=entry).status_code == 303
    assert not opens(abel)
    for own in (abel, hana):
        assert send(own, step="review", entry=entry, words="all was well").status_code == 403
    assert "To be reviewed by" in hugo.get("/break-glass").content.decode()
    assert send(hugo, step="review", entry=entry, words="Called for; two pages read.").status_code == 303
    assert "Called for" in office(INES).get("/break-glass").content.decode()
    send(abel, person="Ines Okafor", **WHY)
    second = waiting(hana)
    assert second != entry
    assert send(hana, step="close", entry=second).status_code == 303
    assert send(hana, step="let-in", entry=second).status_code == 422
    assert not opens(abel)


def test_who_may_not_ask_asks_for_nothing(office: As) -> None:
    refused = "not yours to open"
    for who, person in (
        (MONA, "Ines Okafor"),
        (ABEL, "Abel Roth"),
        (HANA, "Hana Sato"),
        (AUGO, "Ines Okafor"),
    ):
        answer = send(office(who), person=person, **WHY)
        assert answer.status_code == 422, who
        assert refused in answer.content.decode()
    assert "Ask for a record" not in office(MONA).get("/break-glass").content.decode()


def test_the_subject_lets_nobody_in_and_strangers_know_nothing(office: As) -> None:
    abel = office(ABEL)
    send(abel, person="Hana Sato", **WHY)
    entry = waiting(abel)
    for who in (HANA, MONA, AUGO, JENS):
        assert send(office(who), step="let-in", entry=entry).status_code == 422, who
    assert "A claim was made" not in office(JENS).get("/break-glass").content.decode()
    assert "A claim was made" in office(AUGO).get("/break-glass").content.decode()
    assert not opens(abel, HANA)


def test_a_declared_conflict_bars_from_asking_and_letting_in(office: As) -> None:
    hana, abel = office(HANA), office(ABEL)
    page = hana.get("/conflicts").content.decode()
    once = re.findall(r'name="once" value="(\w+)"', page)[0]
    assert (
        hana.post("/conflicts", {"once": once, "other": "Ines Okafor", "why": "relative"}).status_code == 303
    )
    assert send(hana, person="Ines Okafor", **WHY).status_code == 422
    send(abel, person="Ines Okafor", **WHY)
    assert send(hana, step="let-in", entry=waiting(abel)).status_code == 422
    assert not opens(abel)


def test_rights_by_break_glass_end_with_the_duty(office: As) -> None:
    abel, hana = office(ABEL), office(HANA)
    send(abel, person="Lena Brandt", **WHY)
    send(hana, step="let-in", entry=waiting(hana))
    assert opens(abel, LENA)
    left = Draft(
        kind=Kind.POSITION,
        author="import:people",
        subject=ABEL,
        occurred_on=TODAY,
        amounts={"role": "engineer"},
    )
    place([left], clock=at_noon(TODAY))
    assert not opens(abel, LENA)


class Letters(NoMail):
    """Mail that is kept."""

    configured = True

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, *, to: str, subject: str, text: str, attachments: Any = (), number: str = "") -> None:
        """Keep one."""
        del subject, attachments, number
        self.sent.append((to, text))


@pytest.mark.usefixtures("office")
def test_the_auditor_and_the_other_administrators_get_a_letter(clock: Clock) -> None:
    letters = Letters()
    asking, second = visit(opened().context(HUGO)), visit(opened().context(HANA))
    break_glass.ask(asking, person="Ines Okafor", basis=Basis.SAFETY, words="At once.", key="k1")
    second = visit(opened().context(HANA))
    (waits,) = break_glass.known(second)
    with pytest.raises(OwnOpeningError):
        break_glass.let_in(visit(opened().context(HUGO)), waits.entry, letters, key="k2")
    assert letters.sent == []
    assert break_glass.let_in(second, waits.entry, letters, key="k3", place="https://d.example") == 2
    assert {to for to, _ in letters.sent} == {"abel@firm.example", "augo@firm.example"}
    assert all("Ines Okafor" in text and "At once." not in text for _, text in letters.sent)
    assert clock.now.strftime("%Y-%m-%d 14:00") in letters.sent[0][1]
