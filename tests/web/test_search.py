"""The search page: words, people, marks, and nothing of what one may not read."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from support.page_world import HANA, INES, JENS, LENA, MONA, NILS, PRIVATE, VERA

Visit = Callable[[str], Client]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_words_are_marked_and_lead_to_the_entry(visit_as: Visit) -> None:
    page = text(visit_as(MONA), "/search?q=INVOICE+exp")
    assert "<mark>Invoice</mark> <mark>export</mark> came late" in page
    entry = re.findall(r'href="(/entries/[0-9a-f]{64})"', page)
    assert len(entry) == 1
    assert visit_as(MONA).get(entry[0]).status_code == 200


def test_people_are_found_by_name_and_address_and_opened_by_who_may(visit_as: Visit) -> None:
    assert f'<a href="/people/{INES}"><mark>Ines</mark> Okafor</a>' in text(visit_as(MONA), "/search?q=ines")
    assert f'<a href="/people/{INES}">' in text(visit_as(MONA), "/search?q=ines@firm")
    stranger = text(visit_as(LENA), "/search?q=okafor")
    assert "Ines <mark>Okafor</mark>" in stranger
    assert INES not in stranger
    assert "billing" not in stranger


@pytest.mark.parametrize("reader", [NILS, LENA, JENS])
def test_what_may_not_be_read_is_just_as_absent_as_what_was_never_written(
    visit_as: Visit, reader: str
) -> None:
    client = visit_as(reader)
    hidden, missing = (text(client, f"/search?q={word}") for word in ("refund", "rexund"))
    assert hidden.replace("refund", "rexund") == missing


def test_a_private_note_is_found_by_its_author_alone(visit_as: Visit) -> None:
    assert PRIVATE in re.sub("</?mark>", "", text(visit_as(MONA), "/search?q=private+thought"))
    for reader in (VERA, HANA, INES):
        assert "Nothing that you may read says" in text(visit_as(reader), "/search?q=private+thought")


def test_an_hr_partner_finds_no_feedback_outside_a_case(visit_as: Visit) -> None:
    assert "Nothing that you may read" in text(visit_as(HANA), "/search?q=dates+risk")


def test_pages_go_on_and_end(visit_as: Visit) -> None:
    client = visit_as(VERA)
    first = text(client, "/search?q=milestone")
    assert first.count("entry-title") == 20
    assert client.get("/search?q=milestone&after=" + "0" * 64).status_code == 200
    older = re.findall(r'href="(/search\?q=milestone&amp;after=[0-9a-f]{64})"', first)
    assert older == []  # twenty there are, and twenty were shown


def test_nobody_counts_what_was_found(visit_as: Visit) -> None:
    assert not re.search(r"\d+ (found|results|hits|of)", text(visit_as(MONA), "/search?q=milestone"))


@pytest.mark.parametrize(
    "question", ["", "%20", "%22", "'", "%00", "*", "NEAR(", "x" * 5000, "<script>alert(1)</script>"]
)
def test_any_question_has_a_page(visit_as: Visit, question: str) -> None:
    page = text(visit_as(MONA), f"/search?q={question}")
    assert "<script>alert" not in page


def test_who_looked_is_noted(visit_as: Visit) -> None:
    from datumline.store.access_log import Which, readings  # noqa: PLC0415 - needs Django set up

    text(visit_as(MONA), "/search?q=invoice")
    assert [(each.actor, each.what) for each in readings(Which(subjects=[INES]), most=9)] == [
        (MONA, "search")
    ]


def test_a_hidden_entry_is_no_place_to_go_on_from(visit_as: Visit) -> None:
    (note,) = re.findall(r"/entries/([0-9a-f]{64})", text(visit_as(MONA), "/search?q=private+thought"))
    hidden, missing = (text(visit_as(INES), f"/search?q=invoice&after={entry}") for entry in (note, "0" * 64))
    assert hidden.replace(note, "0" * 64) == missing
