"""The organisation and reporting lines, as far as each may know where people stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.store.ledger import entries, place
from support.page_world import HANA, INES, KOFI, LENA, MONA, NILS, VERA, at_noon

Visit = Callable[[str], Client]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def once(page: str) -> str:
    return str(re.findall(r'name="once" value="(\w+)"', page)[0])


def fresh(page: str) -> dict[str, str]:
    """What the form of a line says of itself: its number, and what it was made from."""
    return {"once": once(page), "seen": str(re.findall(r'name="seen" value="([^"]+)"', page)[0])}


def test_the_tree_unfolds_line_by_line(visit_as: Visit) -> None:
    client = visit_as(HANA)
    assert "engineering" in text(client, "/organisation")
    top = text(client, "/organisation?unit=engineering")
    assert "Vera Lindqvist" in top
    assert "Ines Okafor" not in top
    assert "Ines Okafor" in text(client, f"/organisation?under={MONA}")


def test_nobody_is_placed_for_who_may_not_know(visit_as: Visit) -> None:
    assert "Mona" not in text(visit_as(INES), "/organisation?unit=engineering").partition("<main")[2].replace(
        "Mona Reyes-Tan</a>", ""
    )
    assert visit_as(INES).get(f"/organisation?under={MONA}").status_code == 404
    assert visit_as(INES).get("/organisation?unit=nowhere").status_code == 404


def test_a_line_has_both_clocks(visit_as: Visit) -> None:
    page = text(visit_as(MONA), f"/people/{INES}/line")
    assert "3 Jun 2024" in page
    assert "Mona Reyes-Tan" in page
    assert "Record a change" not in page
    assert visit_as(NILS).get(f"/people/{INES}/line").status_code == 404


def test_an_hr_partner_records_a_move_once(visit_as: Visit) -> None:
    client = visit_as(HANA)
    sent = fresh(text(client, f"/people/{KOFI}/line")) | {"from_day": "2026-07-01", "manager": "Nils Aho"}
    for _ in range(2):
        assert client.post(f"/people/{KOFI}/line", sent).status_code == 303
    page = text(client, f"/people/{KOFI}/line")
    assert page.count("1 Jul 2026") == 1
    assert visit_as(MONA).get(f"/people/{KOFI}").status_code == 200  # the day has not come


def test_of_two_who_record_a_change_the_second_sees_the_first_and_loses_no_word(visit_as: Visit) -> None:
    address = f"/people/{KOFI}/line"
    hana, abel = visit_as(HANA), visit_as(_abel("admin"))
    tabs = [fresh(text(client, address)) for client in (hana, abel)]
    said = {"from_day": "2026-07-01", "team": "risk"}
    assert hana.post(address, tabs[0] | {"from_day": "2026-07-01", "team": "search"}).status_code == 303
    second = abel.post(address, tabs[1] | said)
    shown = second.content.decode()
    assert second.status_code == 422
    assert "Somebody recorded a change since you opened the form" in shown
    assert "search" in shown.partition("What was said")[2]
    assert 'name="team" type="text" value="risk"' in shown
    assert "risk" not in text(abel, address)
    assert abel.post(address, fresh(shown) | said).status_code == 303
    assert "risk" in text(abel, address)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("manager", "Nobody Known", "nobody is known as"),
        ("manager", "Kofi Adeyemi", "cannot manage"),
        ("manager", "", "nothing changes"),
        ("from_day", "soon", "as 2026-06-30"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(visit_as: Visit, field: str, value: str, says: str) -> None:
    client = visit_as(HANA)
    page = text(client, f"/people/{KOFI}/line")
    answer = client.post(f"/people/{KOFI}/line", fresh(page) | {"from_day": "2026-07-01", field: value})
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_an_unknown_person_is_joined_by_an_explicit_choice(visit_as: Visit) -> None:
    stranger = "00000000-0000-4000-8000-000000000031"
    said: dict[str, Any] = {"name": "Kofi Adeyemi", "emails": ["kofi@old.example"], "provisional": True}
    draft = Draft(
        kind=Kind.PROFILE,
        author="git:billing",
        subject=stranger,
        occurred_on=date(2026, 6, 1),
        amounts=said,
    )
    admin = "00000000-0000-4000-8000-000000000032"
    told: dict[Kind, dict[str, Any]] = {Kind.PROFILE: {"name": "Abel Roth"}, Kind.POSITION: {"role": "admin"}}
    drafts = [
        Draft(kind=kind, author="import:people", subject=admin, occurred_on=date(2026, 6, 1), amounts=amounts)
        for kind, amounts in told.items()
    ]
    place([draft, *drafts], clock=at_noon(date(2026, 6, 29)))
    client = visit_as(admin)
    page = text(client, "/organisation")
    assert "kofi@old.example" in page
    assert "perhaps Kofi Adeyemi" in page
    assert "kofi@old.example" not in text(visit_as(HANA), "/organisation")
    sent = {"once": once(page), "provisional": stranger, "real": ""}
    assert client.post("/organisation", sent).status_code == 422
    for _ in range(2):  # a double press says it once
        assert client.post("/organisation", sent | {"real": KOFI}).status_code == 303
    joined = entries(subjects=[KOFI], audiences=[Audience.SHARED], kinds=[Kind.IDENTITY_RESOLVED])
    assert len(joined) == 1
    assert "kofi@old.example" not in text(client, "/organisation")


def test_no_line_comes_round_again(visit_as: Visit) -> None:
    client = visit_as(HANA)
    page = text(client, f"/people/{VERA}/line")
    sent = fresh(page) | {"from_day": "2026-07-01", "manager": "Mona Reyes-Tan"}
    assert "cannot manage" in client.post(f"/people/{VERA}/line", sent).content.decode()


def _abel(role: str) -> str:
    """Somebody else in the house, with that role."""
    abel = "00000000-0000-4000-8000-000000000032"
    told: dict[Kind, dict[str, Any]] = {
        Kind.PROFILE: {"name": "Abel Roth", "emails": ["abel@firm.example"]},
        Kind.POSITION: {"role": role, "unit": "engineering", "manager": VERA},
    }
    drafts = [
        Draft(kind=kind, author="import:people", subject=abel, occurred_on=date(2026, 6, 1), amounts=amounts)
        for kind, amounts in told.items()
    ]
    place(drafts, clock=at_noon(date(2026, 6, 29)))
    return abel


def _sent(client: Client, person: str, **fields: str) -> Any:
    page = text(client, f"/people/{person}/line")
    sent = fresh(page) | {"from_day": "2026-06-30"} | fields
    return client.post(f"/people/{person}/line", sent)


@pytest.mark.parametrize("named", ["Hana Sato", "hana@firm.example", HANA, HANA.upper(), " hana sato "])
def test_an_hr_partner_does_not_name_themselves_manager(visit_as: Visit, named: str) -> None:
    client = visit_as(HANA)
    answer = _sent(client, KOFI, manager=named)
    assert answer.status_code == 422
    assert "nobody names themselves manager" in answer.content.decode()
    assert "Mona Reyes-Tan" in text(client, f"/people/{KOFI}/line").partition("reports to")[2][:90]


def test_an_administrator_does_not_name_themselves_manager(visit_as: Visit) -> None:
    answer = _sent(visit_as(_abel("admin")), KOFI, manager="Abel Roth")
    assert answer.status_code == 422
    assert "nobody names themselves manager" in answer.content.decode()


@pytest.mark.parametrize("role", ["admin", "hr-partner", "engineer, admin", "hr-partner ,engineer"])
def test_an_hr_partner_gives_no_duty(visit_as: Visit, role: str) -> None:
    answer = _sent(visit_as(HANA), KOFI, role=role)
    assert answer.status_code == 422
    assert "is not yours to give or to end" in answer.content.decode()
    assert "Administrator" not in text(visit_as(KOFI), "/people/" + KOFI)


def test_an_hr_partner_ends_no_duty(visit_as: Visit) -> None:
    client, abel = visit_as(HANA), _abel("director, admin")
    address = f"/people/{abel}/line"
    assert 'name="role"' not in text(client, address)
    for said in ({"role": "director"}, {"team": "tools"}, {"active": "no"}):
        sent = {"once": "c" * 32, "seen": "x", "from_day": "2026-06-30"} | said
        assert client.post(address, sent).status_code == 422
    assert "tools" not in text(client, address)


def test_an_administrator_does_not_name_their_own_report_manager(visit_as: Visit) -> None:
    """They would be the manager's manager by their own word, and read the record."""
    abel = _abel("admin")
    to_abel = Draft(
        kind=Kind.POSITION,
        author="import:people",
        subject=LENA,
        occurred_on=date(2026, 6, 1),
        amounts={"manager": abel},
    )
    place([to_abel], clock=at_noon(date(2026, 6, 29)))
    answer = _sent(visit_as(abel), KOFI, manager="Lena Brandt")
    assert answer.status_code == 422
    assert "nobody names themselves manager&#39;s manager" in answer.content.decode()
    assert visit_as(abel).get(f"/people/{KOFI}").status_code == 404


def test_an_administrator_gives_a_duty_to_others_and_none_to_themselves(visit_as: Visit) -> None:
    abel = _abel("admin")
    client = visit_as(abel)
    assert _sent(client, KOFI, role="engineer, hr-partner").status_code == 303
    assert visit_as(KOFI).get(f"/people/{LENA}").status_code == 200
    own = {"once": "b" * 32, "from_day": "2026-06-30", "role": "admin, hr-partner"}
    assert client.post(f"/people/{abel}/line", own).status_code == 422
    assert "hr partner" not in text(client, f"/people/{abel}/line")


def test_who_may_not_move_anybody_is_told_nothing(visit_as: Visit) -> None:
    client = visit_as(MONA)
    sent = {"once": "a" * 32, "from_day": "2026-07-01", "team": "x"}
    assert client.post(f"/people/{INES}/line", sent).status_code == 422
    assert "1 Jul 2026" not in text(client, f"/people/{INES}/line")
