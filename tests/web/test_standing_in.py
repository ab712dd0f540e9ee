"""Leave cover and conflicts of interest, through the pages: who says them, and what follows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.services.visit import visit
from datumline.store.ledger import entries
from datumline.web.installed import opened
from support.page_world import HANA, INES, JENS, KOFI, LENA, MONA, NILS, VERA

As = Callable[[str], Client]
LEAVE = {"starts": "2026-06-30", "ends": "2026-07-10"}


def once(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return str(re.findall(r'name="once" value="(\w+)"', page)[0])


def send(client: Client, address: str, **fields: str) -> Any:
    return client.post(address, {"once": once(client, address)} | fields)


def opens(client: Client, person: str) -> bool:
    return client.get(f"/people/{person}").status_code == 200


def test_who_stands_in_has_the_managers_rights_and_no_private_note(visit_as: As) -> None:
    jens = visit_as(JENS)
    assert not opens(jens, KOFI)
    answer = send(visit_as(MONA), f"/people/{MONA}/cover", by="Jens Holmgren", **LEAVE)
    assert answer.status_code == 303
    assert opens(jens, KOFI)
    page = jens.get(f"/people/{INES}").content.decode()
    assert "late delivery" in page
    assert "A private thought" not in page
    assert jens.get(f"/people/{KOFI}/entries/new").status_code == 200
    assert not opens(jens, LENA)
    assert not visit(opened().context(JENS)).gate.relations.towards(JENS) & {"cover", "manager"}
    assert "Jens Holmgren" in visit_as(HANA).get(f"/people/{MONA}/cover").content.decode()
    assert f'href="/people/{MONA}/cover"' in visit_as(HANA).get(f"/people/{MONA}/line").content.decode()
    for told in (JENS, KOFI):
        page = visit_as(told).get(f"/people/{told}/line").content.decode()
        assert "Jens Holmgren stands in for Mona Reyes-Tan until 10 Jul 2026" in page


def test_a_cover_passes_nothing_on_and_ends(visit_as: As) -> None:
    mona, jens, address = visit_as(MONA), visit_as(JENS), f"/people/{MONA}/cover"
    send(mona, address, by="Jens Holmgren", **LEAVE)
    assert jens.get(address).status_code == 404
    assert jens.post(address, {"once": "a" * 32, "by": "Kofi Adeyemi", **LEAVE}).status_code == 404
    page = mona.get(address).content.decode()
    (entry,) = re.findall(r'name="entry" value="(\w+)"', page)
    assert send(mona, address, step="end", entry=entry).status_code == 303
    assert not opens(jens, KOFI)
    assert "Jens Holmgren" not in mona.get(address).content.decode()


@pytest.mark.parametrize(
    ("who", "fields", "says"),
    [
        (VERA, {"by": "Vera Lindqvist", **LEAVE}, "nobody appoints themselves"),
        (HANA, {"by": "hana@firm.example", **LEAVE}, "nobody appoints themselves"),
        (VERA, {"by": "Mona Reyes-Tan", **LEAVE}, "Mona Reyes-Tan cannot stand in"),
        (VERA, {"by": "Nobody Known", **LEAVE}, "nobody is known as"),
        (VERA, {"by": "Jens Holmgren", "starts": "2026-06-01", "ends": "2026-06-29"}, "ends too early"),
        (VERA, {"by": "Jens Holmgren", "starts": "2026-07-09", "ends": "2026-07-01"}, "ends too early"),
        (VERA, {"by": "Jens Holmgren", "starts": "2026-07-01", "ends": "2029-07-01"}, "longer than a year"),
    ],
)
def test_what_is_no_cover_is_said_beside_the_field(
    visit_as: As, who: str, fields: dict[str, str], says: str
) -> None:
    answer = send(visit_as(who), f"/people/{MONA}/cover", **fields)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not entries(subjects=[MONA], audiences=[Audience.SHARED], kinds=[Kind.LEAVE_COVER])


def test_a_cover_of_the_director_is_the_skip_level_further_down(visit_as: As) -> None:
    nils = visit_as(NILS)
    assert not opens(nils, INES)
    send(visit_as(VERA), f"/people/{VERA}/cover", by="Nils Aho", **LEAVE)
    assert opens(nils, INES)
    assert not opens(nils, VERA)


def test_a_conflict_is_declared_seen_by_line_and_hr_and_withdrawn(visit_as: As) -> None:
    ines = visit_as(INES)
    answer = send(ines, "/conflicts", other="Nils Aho", why="relative")
    assert answer.status_code == 303
    for other, sees in ((MONA, True), (VERA, True), (HANA, True), (JENS, False), (NILS, False)):
        page = visit_as(other).get("/conflicts").content.decode()
        assert ("Ines Okafor and Nils Aho" in page) is sees, other
    page = ines.get("/conflicts").content.decode()
    (entry,) = re.findall(r'name="entry" value="(\w+)"', page)
    assert send(visit_as(JENS), "/conflicts", step="end", entry=entry).status_code == 422
    assert send(ines, "/conflicts", step="end", entry=entry).status_code == 303
    assert "Nils Aho" not in ines.get("/conflicts").content.decode()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"other": "Ines Okafor", "why": "partner"}, "everybody is near to themselves"),
        ({"other": "Nobody Known", "why": "partner"}, "nobody is known as"),
        ({"other": "Nils Aho", "why": "enemy"}, "from the list"),
        ({"other": "Nils Aho"}, "Choose why"),
    ],
)
def test_what_is_no_conflict_is_said(visit_as: As, fields: dict[str, str], says: str) -> None:
    answer = send(visit_as(INES), "/conflicts", **fields)
    assert answer.status_code == 422
    assert says in answer.content.decode()
