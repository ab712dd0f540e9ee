"""The pages, asked over a small organisation: who sees what, what it costs, and how it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from datumline.services.kept import begin
from support.forgetting import forget
from support.page_world import HANA, INES, JENS, KOFI, LENA, MONA, NILS, PRIVATE, VERA, World

Visit = Callable[[str], Client]
UNKNOWN = "00000000-0000-4000-8000-0000000000ff"
MOST_QUERIES = 6  # two of the eight are left for the session and its user
FIRST_PAGE_BYTES = 100_000
EVERY_PAGE = ("/", "/people", f"/people/{INES}", "/counted")


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_nobody_chosen_leads_to_the_choice(world: World) -> None:
    del world
    answer = Client(headers={"host": "127.0.0.1"}).get("/")
    assert answer.headers["Location"] == "/who"


def test_a_cookie_that_was_not_written_here_is_nobody(world: World) -> None:
    del world
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["datumline-who"] = f"{VERA}:1:forged"
    assert client.get("/").headers["Location"] == "/who"


def test_a_manager_sees_reports_and_nobody_else(visit_as: Visit) -> None:
    page = text(visit_as(MONA), "/people")
    assert all(name in page for name in ("Ines Okafor", "Jens Holmgren", "Kofi Adeyemi"))
    assert "Lena Brandt" not in page


def test_what_may_not_be_seen_looks_just_like_what_is_not_there(visit_as: Visit) -> None:
    client = visit_as(NILS)
    hidden, missing = client.get(f"/people/{INES}"), client.get(f"/people/{UNKNOWN}")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_entries_of_others_look_absent_too(visit_as: Visit) -> None:
    mine = visit_as(MONA)
    entry = re.findall(r'href="(/entries/[0-9a-f]{64})"', text(mine, f"/people/{INES}"))[0]
    assert mine.get(entry).status_code == 200
    answers = [visit_as(NILS).get(address) for address in (entry, f"/entries/{'0' * 64}", "/entries/x")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_a_private_note_is_its_authors_alone(visit_as: Visit) -> None:
    assert PRIVATE in text(visit_as(MONA), f"/people/{INES}")
    for reader in (VERA, HANA):
        assert PRIVATE not in text(visit_as(reader), f"/people/{INES}")
    assert PRIVATE not in text(visit_as(INES), "/")


def test_a_verdict_is_not_shown_to_who_may_not_read_all_that_it_rests_on(visit_as: Visit) -> None:
    page = text(visit_as(HANA), f"/people/{INES}")
    assert "rest on notes that you may not read" in page
    assert 'class="verdict"' not in page
    assert "Dates at risk" not in page


def test_an_engineers_first_page_is_their_own_line(visit_as: Visit) -> None:
    page = text(visit_as(INES), "/")
    assert "<h1>My line</h1>" in page
    assert "Written about you since 16 Jun 2026" in page
    assert "What is asked of you" in page
    assert "Invoice export came late" in page
    assert visit_as(INES).get(f"/people/{JENS}").status_code == 404


def test_today_names_clocks_changes_and_silence_with_the_next_step(visit_as: Visit) -> None:
    page = text(visit_as(MONA), "/")
    assert "Milestone 10" in page
    assert "8 days over" in page
    assert "Kofi Adeyemi" in page.partition("People without fresh notes")[2]
    changed = page.partition("Verdicts that changed")[2].partition("People without")[0]
    assert "Jens Holmgren" in changed
    assert "Before:" in changed


def test_a_director_sees_the_people_of_the_managers(visit_as: Visit) -> None:
    page = text(visit_as(VERA), "/people")
    assert "Ines Okafor" in page
    assert "Lena Brandt" in page


def test_a_condition_leads_to_the_entries_behind_it(visit_as: Visit) -> None:
    client = visit_as(MONA)
    page = text(client, f"/people/{INES}")
    link = re.findall(r'href="([^"]+evidence=plan\.named-in-writing#evidence)"', page)[0]
    shown = text(client, link.replace("&amp;", "&").partition("#")[0])
    rows = re.findall(r'<a class="entry-title"[^>]*>([^<]+)<', shown)
    assert rows == ["Dates at risk"]


def test_another_day_shows_what_was_known_then(visit_as: Visit) -> None:
    client = visit_as(MONA)
    then = text(client, f"/people/{INES}?as_of=2026-04-30")
    assert "The record as it stood on 30 Apr 2026" in then
    assert "Two review questions left open" not in then
    known = text(client, f"/people/{INES}?as_of=2026-04-30&known_at=2026-06-30")
    assert "Two review questions left open" in known


@pytest.mark.parametrize("day", ["2026-13-01", "30.6.2026", "9999-01-01", "1969-12-31", "x" * 5000, "%00"])
def test_what_is_no_day_is_said_beside_the_field(visit_as: Visit, day: str) -> None:
    answer = visit_as(MONA).get(f"/people/{INES}?as_of={day}")
    assert answer.status_code == 400
    assert "That is not a day" in answer.content.decode()


def test_the_three_dates_and_lateness_stand_beside_an_entry(visit_as: Visit) -> None:
    page = text(visit_as(MONA), f"/people/{INES}").partition('id="evidence"')[2]
    row = page.partition("Two review questions")[0].rpartition("<tr")[2]
    assert "9 Apr 2026" in row
    assert "11 Jun 2026" in row
    assert "63 days later" in row


def test_an_entry_shows_its_place_and_what_was_written_since(visit_as: Visit) -> None:
    client = visit_as(MONA)
    listed = text(client, f"/people/{INES}")
    address = re.findall(r'href="(/entries/[0-9a-f]{64})">Dates at risk', listed)[0]
    page = text(client, address)
    assert "Say so three days before." in page
    assert address.rpartition("/")[2] in page
    assert "it stands as it was written" in page


def test_the_filter_works_without_a_script(visit_as: Visit) -> None:
    page = text(visit_as(MONA), "/people?q=ines+bill")
    assert "Ines Okafor" in page
    assert "Jens Holmgren" not in page


def test_every_answer_forbids_what_a_page_does_not_need(visit_as: Visit) -> None:
    client = visit_as(MONA)
    for address in (*EVERY_PAGE, "/who", "/nowhere"):
        headers = client.get(address).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store, private"


def test_the_choice_is_refused_without_our_forms_token(world: World) -> None:
    del world
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    answer = client.post("/who", {"person": MONA})
    assert answer.status_code == 403
    assert "datumline-who" not in client.cookies


@pytest.mark.parametrize("address", ["/", "/people", f"/people/{INES}", "/counted"])
def test_no_page_changes_anything_when_it_is_asked_for_by_post(visit_as: Visit, address: str) -> None:
    assert visit_as(MONA).post(address).status_code == 405


def test_a_stranger_host_gets_no_page(world: World) -> None:
    del world
    assert Client(headers={"host": "rebound.example"}).get("/who").status_code == 400


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_a_page_costs_at_most_eight_queries_the_first_time_and_later(
    world: World, visit_as: Visit, address: str
) -> None:
    client = visit_as(MONA)
    begin(world.context)
    for again in (False, True):
        if not again:
            forget()
        with CaptureQueriesContext(connection) as asked:
            text(client, address)
        assert len(asked) <= MOST_QUERIES, [query["sql"][:90] for query in asked]


def test_the_first_page_weighs_less_than_a_hundred_kilobytes(visit_as: Visit) -> None:
    client = visit_as(MONA)
    page = text(client, "/")
    own = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert len(own) == 4
    packed = {"accept-encoding": "gzip"}
    size = len(page) + sum(
        int(client.head(address, headers=packed).headers["Content-Length"]) for address in own
    )
    assert size < FIRST_PAGE_BYTES


def test_own_files_may_be_kept_and_pages_may_not(visit_as: Visit) -> None:
    client = visit_as(MONA)
    address = re.findall(r'href="(/static/[^"]+css[^"]*)"', text(client, "/"))[0]
    assert "max-age=31536000" in client.head(address).headers["Cache-Control"]


def test_lena_is_seen_by_her_manager(visit_as: Visit) -> None:
    assert "Nothing is on file." in text(visit_as(NILS), f"/people/{LENA}")
    assert visit_as(MONA).get(f"/people/{KOFI}").status_code == 200


def test_a_demo_without_the_cast_starts_with_the_roles(world: World) -> None:
    del world
    page = text(Client(headers={"host": "127.0.0.1"}), "/who")
    assert "Start here" not in page
    assert "Mona Reyes-Tan" in page


def test_my_line_shows_what_is_new_once(visit_as: Visit) -> None:
    page = visit_as(INES).get("/").content.decode()
    marks = re.findall(r'<tr[^>]* id="(e-[0-9a-f]+)"', page)
    assert marks
    assert len(marks) == len(set(marks))
    assert "/components" in page


def test_a_persons_page_leads_to_its_ledger_and_its_line(visit_as: Visit) -> None:
    page = visit_as(MONA).get(f"/people/{INES}").content.decode()
    assert all(f'href="/people/{INES}/{name}"' in page for name in ("ledger", "line"))
