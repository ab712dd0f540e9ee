"""Half-written forms: kept for their owner, found again by nobody else, gone when sent or discarded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access import Actor
from datumline.services import workspace
from datumline.services.context import Mode
from datumline.store.ledger import by_id, place
from datumline.web import installed
from support.entry_pages import filled, form_of, last_form_of, logged, send, wrote
from support.homes import DATABASE_URL, HOME, Home
from support.page_world import INES, MONA, NILS, TODAY, VERA, World, at_noon, small_world
from support.signing_in import signed_in

As = Callable[[str], Client]
NEW = f"/people/{INES}/entries/new?kind=sbi"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The small organisation, where everybody signs in."""
    home = Home(folder=tmp_path / "office", database_url=None)
    monkeypatch.setenv(HOME, str(home.folder))
    monkeypatch.delenv(DATABASE_URL, raising=False)
    installed.opened.cache_clear()
    try:
        yield small_world(home, mode=Mode.ORGANISATION)
    finally:
        connections.close_all()


def test_a_draft_is_kept_by_a_button_and_by_a_script_and_shown_to_its_owner_alone(visit_as: As) -> None:
    mona = visit_as(MONA)
    kept = mona.post(NEW, filled(mona, NEW) | {"title": ["Half"], "text": ["<i>\nso"], "step": ["keep"]})
    assert "Your draft, kept 30 Jun 2026" in kept.content.decode()
    form = filled(mona, NEW)
    assert (form["title"], form["text"]) == (["Half"], ["<i>\nso"])
    by_script = mona.post(NEW, form | {"title": ["Half of it"], "step": ["keep"]}, headers={"X-Kept": "1"})
    assert (by_script.status_code, by_script.content) == (204, b"")
    assert "SBI conversation (Ines Okafor)" in mona.get("/drafts").content.decode()
    assert form_of(mona.get(NEW))["title"] == ["Half of it"]
    for other in (VERA, INES):
        assert "SBI conversation (Ines Okafor)" not in visit_as(other).get("/drafts").content.decode()
    assert visit_as(INES).get(f"/people/{INES}").content.decode().count("Half of it") == 0


def test_a_draft_is_gone_when_it_was_sent_or_discarded(visit_as: As) -> None:
    mona = visit_as(MONA)
    mona.post(NEW, filled(mona, NEW) | {"title": ["Half"], "step": ["keep"]})
    sent = filled(mona, NEW, step="write")
    assert by_id([wrote(mona.post(NEW, sent))])[0].title == "Half"
    assert filled(mona, NEW)["title"] == [""]
    late = mona.post(NEW, sent | {"title": ["Half"], "step": ["keep"]}, headers={"X-Kept": "1"})
    assert late.status_code == 204
    assert "You have no drafts." in mona.get("/drafts").content.decode()
    mona.post(NEW, filled(mona, NEW) | {"title": ["Another"], "step": ["keep"]})
    assert mona.post(NEW, filled(mona, NEW) | {"step": ["discard"]}).status_code == 303
    mona.post(NEW, filled(mona, NEW) | {"title": ["Third"], "step": ["keep"]})
    assert send(mona, "/drafts").status_code == 303
    assert "You have no drafts." in mona.get("/drafts").content.decode()


def test_nobody_discards_what_is_somebody_elses(visit_as: As) -> None:
    mona, vera = visit_as(MONA), visit_as(VERA)
    mona.post(NEW, filled(mona, NEW) | {"title": ["Half"], "step": ["keep"]})
    assert vera.post("/drafts", {"once": "a", "place": NEW}).status_code == 303
    assert form_of(mona.get(NEW))["title"] == ["Half"]


def test_a_reply_that_is_half_written_is_kept_too(visit_as: As) -> None:
    mona, ines = visit_as(MONA), visit_as(INES)
    address = f"/entries/{wrote(send(mona, NEW, title='Said', step='write'))}/reply"
    assert send(ines, address, text="Half", step="keep").status_code == 200
    assert form_of(ines.get(address))["text"] == ["Half"]
    assert send(ines, address).status_code == 303
    assert "You have no drafts." in ines.get("/drafts").content.decode()


def test_a_draft_lasts_no_longer_than_a_private_note(world: World, visit_as: As) -> None:
    mona = visit_as(MONA)
    mona.post(NEW, filled(mona, NEW) | {"title": ["Half"], "step": ["keep"]})
    context = replace(world.context, actor=Actor(person=MONA))
    later = replace(context, clock=lambda: world.context.clock() + timedelta(days=181))
    assert [each.place for each in workspace.kept_forms(context)] == [NEW]
    assert workspace.kept_forms(later) == []
    assert workspace.kept_at(later, NEW) is None


def test_what_is_too_long_for_a_draft_is_said_and_stays_on_the_page(visit_as: As) -> None:
    mona = visit_as(MONA)
    answer = mona.post(NEW, filled(mona, NEW) | {"text": ["x" * 400_001], "step": ["keep"]})
    assert answer.status_code == 422
    assert "The draft was not kept" in answer.content.decode()
    assert len(form_of(answer)["text"][0]) == 400_001


@pytest.mark.usefixtures("office")
def test_a_session_that_ends_in_the_middle_costs_no_word() -> None:
    browser = signed_in(Client(headers={"host": "localhost"}), MONA)
    form = filled(browser, NEW, title="Before the session ended", text="All of it", step="write")
    ended = Client(headers={"host": "localhost"}).post(NEW, form)
    assert ended.status_code == 303
    assert ended.headers["Location"].startswith("/sign-in?next=%2Fpeople")
    another = signed_in(Client(headers={"host": "localhost"}), VERA)
    assert "Before the session ended" not in another.get(NEW).content.decode()
    again = signed_in(Client(headers={"host": "localhost"}), MONA)
    back = filled(again, NEW)
    assert (back["title"], back["text"]) == (["Before the session ended"], ["All of it"])
    assert by_id([wrote(again.post(NEW, back | {"step": ["write"]}))])[0].title == "Before the session ended"


LINE = "Ines missed retry-queue due 2026-05-04, delivered 05-13 #deliver-results"
SIGN_IN = "/sign-in?next=%2Flog"


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("by_script", [True, False])
@pytest.mark.parametrize("step", ["read", "save"])
def test_a_line_that_is_sent_after_the_session_ended_is_found_again(step: str, *, by_script: bool) -> None:
    """Whether it was only typed or read back and mended; with htmx, and without a script."""
    mona = signed_in(Client(headers={"host": "localhost"}), MONA)
    form = form_of(mona.get("/")) | {"line": [LINE]}
    if step == "save":
        form = last_form_of(mona.post("/log", form)) | {"title": ["Mended by hand"]}
    asked = {"HX-Request": "true"} if by_script else {}
    ended = Client(headers={"host": "localhost"}).post("/log", form | {"step": [step]}, headers=asked)
    assert ended.headers["HX-Redirect" if by_script else "Location"] == SIGN_IN
    vera = signed_in(Client(headers={"host": "localhost"}), VERA)
    assert "retry-queue" not in vera.get("/log").content.decode()
    again = signed_in(Client(headers={"host": "localhost"}), MONA)
    back = again.get("/log")
    assert back.content.decode().count("when you were no longer signed in") == 1
    fields = last_form_of(back)
    assert fields["line"] == [LINE]
    if step == "save":
        assert fields["title"] == ["Mended by hand"]
    entry = logged(again.post("/log", fields | {"step": ["save"]}))
    assert by_id([entry])[0].subject == INES
    assert "no longer signed in" not in again.get("/log").content.decode()


@pytest.mark.usefixtures("office")
def test_a_kept_line_about_somebody_who_moved_on_is_still_there_to_be_read() -> None:
    mona = signed_in(Client(headers={"host": "localhost"}), MONA)
    form = form_of(mona.get(f"/people/{INES}")) | {"line": ["saw a careful review"]}
    assert form["fixed"] == [INES]
    Client(headers={"host": "localhost"}).post("/log", form)
    moved = Draft(
        kind=Kind.POSITION,
        author="import:people",
        subject=INES,
        occurred_on=TODAY,
        amounts={"manager": NILS},
    )
    place([moved], clock=at_noon(TODAY))
    page = mona.get("/log").content.decode()
    assert "saw a careful review" in page
    assert "Ines Okafor" not in page


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("ticket", ["", "forged", "WyJ4IiwieSJd:1aaaaa:bbbb"])
def test_without_a_ticket_of_ours_nothing_is_kept_for_anybody(ticket: str) -> None:
    browser = signed_in(Client(headers={"host": "localhost"}), MONA)
    form = filled(browser, NEW, title="Planted", keep=ticket)
    ended = Client(headers={"host": "localhost"}).post(NEW, form)
    assert ended.headers["Location"] == "/sign-in"
    assert filled(browser, NEW)["title"] == [""]
