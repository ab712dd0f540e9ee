"""Today for each role: what to do now, one line for what falls due together, nothing that is not theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId
from datumline.store.ledger import place
from support.page_world import CONCERN, HANA, INES, JENS, KOFI, MONA, TODAY, VERA, World, at_noon

Visit = Callable[[str], Client]
DUE = date(2026, 7, 9)


def text(client: Client, address: str = "/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def part(page: str, title: str) -> str:
    """The section under a title, as words."""
    inside = page.partition(f'id="{title}-title"')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def promise(person: PersonId, work: str, due: date = DUE) -> Draft:
    amounts: dict[str, str | date] = {"work": work, "due": due}
    return Draft(
        kind=Kind.COMMITMENT, author=MONA, subject=person, occurred_on=TODAY, amounts=amounts, title=work
    )


@pytest.fixture
def promised(world: World) -> None:
    """Three promises of one day, and one that is due tomorrow."""
    del world
    place(
        [
            promise(INES, "Export"),
            promise(JENS, "Ledger"),
            promise(KOFI, "Cache"),
            promise(KOFI, "Index", date(2026, 7, 1)),
        ],
        clock=at_noon(TODAY),
    )


@pytest.mark.usefixtures("promised")
def test_promises_of_one_day_are_one_line_that_unfolds(visit_as: Visit) -> None:
    days = part(text(visit_as(MONA)), "days")
    assert days.count("3 promises fall due") == 1
    assert "Ines Okafor, Jens Holmgren and 1 more" in days
    assert "“Cache”" in days


@pytest.mark.usefixtures("promised")
def test_what_is_due_tomorrow_is_to_be_done_now(visit_as: Visit) -> None:
    now = part(text(visit_as(MONA)), "now")
    assert "tomorrow" in now
    assert "“Index”" in now
    assert "“Export”" not in now


def test_a_concern_stands_with_its_answer_and_its_conditions(visit_as: Visit) -> None:
    matters = part(text(visit_as(MONA)), "matters")
    assert CONCERN in matters
    assert re.search(r"\d of \d met", matters)


def test_a_note_is_offered_only_to_who_may_write_one(visit_as: Visit) -> None:
    assert text(visit_as(MONA)).count("Write it down") == text(visit_as(MONA)).count("a note is owed")
    assert "Write it down" not in text(visit_as(VERA))


def test_a_director_sees_what_waits_with_each_manager(visit_as: Visit) -> None:
    assert "Mona Reyes-Tan" in part(text(visit_as(VERA)), "managers")


def test_an_hr_partner_sees_no_verdict_about_a_concern(visit_as: Visit) -> None:
    page = text(visit_as(HANA))
    assert "No case is with you." in page
    assert CONCERN not in page
    assert "data-log" not in page


def test_an_administrator_sees_the_house_and_no_evidence(world: World, visit_as: Visit) -> None:
    del world
    admin = Draft(
        kind=Kind.POSITION,
        author="import:people",
        subject=KOFI,
        occurred_on=TODAY,
        amounts={"role": "admin"},
    )
    place([admin], clock=at_noon(TODAY))
    page = text(visit_as(KOFI))
    assert "the installation" in page
    assert "Milestone" not in page
    assert "default pack" in page


def test_what_was_seen_today_stays_new_for_the_day_and_is_old_on_the_next(visit_as: Visit) -> None:
    client = visit_as(INES)
    assert "Invoice export came late" in part(text(client), "new")
    assert "Invoice export came late" in part(text(client), "new")


def test_an_owed_note_opens_the_form_of_the_note_with_its_concern(world: World, visit_as: Visit) -> None:
    del world
    seen = Draft(
        kind=Kind.OCCURRENCE,
        author=MONA,
        subject=KOFI,
        occurred_on=date(2026, 5, 25),
        title="A flag left on",
        seen=Seen.OBSERVED,
        concern="flags left on",
    )
    place([seen], clock=at_noon(TODAY))
    client = visit_as(MONA)
    found = re.search(r'href="([^"]*kind=written-note[^"]*)"[^>]*>Write it down', text(client))
    assert found
    form = text(client, found[1].replace("&amp;", "&"))
    assert "Kofi Adeyemi" in form
    assert 'name="concern" type="text" value="flags left on"' in form
    assert 'value="2026-06-30"' in form


def test_who_has_no_fresh_notes_is_written_about_by_name(visit_as: Visit) -> None:
    client = visit_as(MONA)
    assert f'href="/log?fixed={KOFI}"' in part_html(text(client), "silent")
    assert "Log an entry about Kofi Adeyemi</h1>" in text(client, f"/log?fixed={KOFI}")


def part_html(page: str, title: str) -> str:
    """The section under a title."""
    return page.partition(f'id="{title}-title"')[2].partition("</section>")[0]
