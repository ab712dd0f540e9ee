"""Today for each role: what to do now, one line for what falls due together, nothing that is not theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId
from datumline.store.ledger import place
from support.page_world import CONCERN, HANA, INES, JENS, KOFI, MONA, NILS, TODAY, VERA, World, at_noon

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


def test_a_note_is_offered_only_to_who_may_write_one(world: World, visit_as: Visit) -> None:
    del world
    place([owed_since_may(KOFI)], clock=at_noon(TODAY))
    assert text(visit_as(MONA)).count("Write the note") == text(visit_as(MONA)).count("a note is owed") == 1
    assert "Write the note" not in text(visit_as(HANA))


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
    place([owed_since_may(KOFI)], clock=at_noon(TODAY))
    client = visit_as(MONA)
    found = re.search(r'href="([^"]*/note[?][^"]*)"[^>]*>Write the note', text(client))
    assert found
    form = text(client, found[1].replace("&amp;", "&"))
    assert "Kofi Adeyemi" in form
    assert re.search(r'name="concern"[^>]*value="flags left on"', form)


def test_who_has_no_fresh_notes_is_written_about_by_name(visit_as: Visit) -> None:
    client = visit_as(MONA)
    assert f'href="/log?fixed={KOFI}"' in part_html(text(client), "silent")
    assert "Log an entry about Kofi Adeyemi</h1>" in text(client, f"/log?fixed={KOFI}")


def part_html(page: str, title: str) -> str:
    """The section under a title."""
    return page.partition(f'id="{title}-title"')[2].partition("</section>")[0]


def row_of(page: str, name: str) -> str:
    """The line of a table that begins with a name, as words."""
    inside = page.partition('id="managers-title"')[2].partition("</section>")[0]
    found = next(row for row in inside.split("<tr>") if name in row)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def owed_since_may(person: PersonId) -> Draft:
    return Draft(
        kind=Kind.OCCURRENCE,
        author=MONA,
        subject=person,
        occurred_on=date(2026, 5, 25),
        title="A flag left on",
        seen=Seen.OBSERVED,
        concern="flags left on",
    )


def test_what_rests_on_notes_that_one_may_not_read_is_unknown_and_not_nought(
    world: World, visit_as: Visit
) -> None:
    del world
    place([owed_since_may(KOFI)], clock=at_noon(TODAY))
    assert row_of(text(visit_as(VERA)), "Mona Reyes-Tan").startswith("Mona Reyes-Tan 3 2 ")
    page = text(visit_as(HANA))
    assert row_of(page, "Mona Reyes-Tan").startswith("Mona Reyes-Tan 3 1 or more ")
    assert row_of(page, "Nils Aho").startswith("Nils Aho 1 unknown ")
    assert "what is overdue of them is unknown to you" in page
    assert "Nothing is overdue, and" not in page


def test_what_waits_with_people_not_looked_at_yet_is_unknown(world: World, visit_as: Visit) -> None:
    del world
    many = [str(UUID(int=1000 + n, version=4)) for n in range(30)]
    place(
        [draft for n, each in enumerate(many) for draft in _hired(each, f"Newcomer {n}")],
        clock=at_noon(TODAY),
    )
    client = visit_as(VERA)
    first, then = text(client), text(client)
    assert "people were not looked at yet: what waits with them is not in the lists below" in first
    assert "unknown" in row_of(first, "Nils Aho") or "or more" in row_of(first, "Nils Aho")
    assert row_of(then, "Nils Aho") == "Nils Aho 31 0 0 31"


def _hired(person: PersonId, name: str) -> list[Draft]:
    told: tuple[tuple[Kind, dict[str, str]], ...] = (
        (Kind.PROFILE, {"name": name}),
        (
            Kind.POSITION,
            {"manager": NILS, "role": "engineer", "team": "search", "unit": "engineering", "level": "L5"},
        ),
    )
    return [
        Draft(
            kind=kind, author="import:people", subject=person, occurred_on=date(2026, 6, 1), amounts=amounts
        )
        for kind, amounts in told
    ]
