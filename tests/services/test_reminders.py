"""Reminders: the right day, the right reader, once; and nothing in a mail that its reader may not see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from datumline.services.evidence import log, understand
from datumline.services.jobs import NoWorker
from datumline.services.outgoing import NoMail
from datumline.services.pages.clock_lines import WORDS
from datumline.services.pages.reminders import reminders_page
from datumline.services.people import find_person
from datumline.services.reminders import KIND, PLAIN, ask_if_due
from datumline.services.visit import visit
from datumline.store import jobs
from datumline.store.jobs import State
from support.installations import Installation
from support.mailbox import Mailbox, mailbox
from support.offices import Office

DUE = date(2026, 7, 10)  # a Friday
REMINDED = [date(2026, 7, 7), date(2026, 7, 10), date(2026, 7, 13)]


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as made:
        yield made


@pytest.fixture
def busy(office: Office) -> Office:
    """Ines promised something; Jens has a concern that nobody wrote about."""
    office.people()
    mona = office.as_person("mona@firm.example")
    for line, about in (
        ("promised secret-export due 2026-07-10 on 2026-06-29", "ines@firm.example"),
        ("saw shouting in a review on 2026-06-29 !tone", "jens@firm.example"),
    ):
        log(mona, understand(mona, line, find_person(office.context, about)))
    return office


def remind(office: Office, box: Mailbox, day: date) -> None:
    """What the worker does on that day, twice over."""
    there = Installation(office=office.on(day), outgoing=box.outgoing)
    for _ in range(2):
        ask_if_due(there.context(), NoWorker(), there.outgoing)
        there.work()


def test_each_reminder_is_mailed_once_on_its_day_to_whom_it_concerns(busy: Office, box: Mailbox) -> None:
    for day in (date(2026, 7, n) for n in range(6, 15)):
        remind(busy, box, day)
    ines = box.to("ines@firm.example")
    assert [_sent_for(letter["Message-ID"]) for letter in ines] == REMINDED
    managers = [_sent_for(letter["Message-ID"]) for letter in box.to("mona@firm.example")]
    assert set(REMINDED) < set(managers)  # the note that she owes about Jens has days of its own
    assert len(set(managers)) == len(managers)
    for other in ("jens@firm.example", "vera@firm.example", "hana@firm.example", "nils@firm.example"):
        assert box.to(other) == []


def _sent_for(number: str) -> date:
    return date.fromisoformat(number.strip("<").split("-", 1)[1][:10])


def test_a_mail_names_no_matter(busy: Office, box: Mailbox) -> None:
    remind(busy, box, date(2026, 7, 10))
    (letter,) = box.to("mona@firm.example")
    body = letter.get_body(("plain",))
    assert body is not None
    said = f"{letter['Subject']} {body.get_content()}"
    assert "a date that was promised (Ines Okafor): due today" in said
    assert "https://datumline.firm.example/reminders" in said
    assert not any(word in said for word in ("secret", "export", "shouting", "tone", "plan", "concern"))


def test_a_day_on_which_nothing_ran_is_made_up_for_on_the_next(busy: Office, box: Mailbox) -> None:
    remind(busy, box, date(2026, 7, 6))
    for day, sent in ((9, 1), (10, 2), (15, 3), (16, 3)):
        remind(busy, box, date(2026, 7, day))
        assert len(box.to("ines@firm.example")) == sent


def test_what_the_server_does_not_take_now_is_tried_again(busy: Office, box: Mailbox) -> None:
    refused = ["451 later"]
    box.answers = lambda address: refused.pop() if refused and address == "mona@firm.example" else "250 taken"
    there = Installation(office=busy.on(DUE), outgoing=box.outgoing)
    ask_if_due(there.context(), NoWorker(), there.outgoing)
    there.work()
    (job,) = jobs.of_kinds([KIND], 5)
    assert (job.state, "later" in job.error) == (State.WAITING, True)
    jobs.again(_claimed(), "", at=datetime(2026, 7, 1, tzinfo=UTC), counts=True)
    there.work()
    assert [len(box.to(f"{who}@firm.example")) for who in ("ines", "mona")] == [1, 1]


def _claimed() -> jobs.Job:
    found = jobs.claim([KIND], now=datetime(2027, 1, 1, tzinfo=UTC))
    assert found is not None
    return found


def test_without_a_server_nothing_is_asked_and_the_page_says_so(busy: Office) -> None:
    there = Installation(office=busy.on(DUE), outgoing=NoMail())
    ask_if_due(there.context(), NoWorker(), there.outgoing)
    assert jobs.of_kinds([KIND], 5) == []
    page = reminders_page(visit(busy.as_person("mona@firm.example")), there.outgoing)
    assert "No mail is sent" in page.mail


def test_the_page_shows_what_is_mine_to_do(busy: Office) -> None:
    later = busy.on(date(2026, 7, 8))

    def whats(email: str) -> list[str]:
        page = reminders_page(visit(later.as_person(email)), NoMail())
        return [line.what for line in (*page.over, *page.week)]

    assert sorted(whats("mona@firm.example")) == ["a note is owed, concern: tone", "“secret-export”"]
    assert whats("ines@firm.example") == ["“secret-export”"]
    assert whats("jens@firm.example") == []
    assert whats("vera@firm.example") == []
    assert whats("hana@firm.example") == []


def test_an_empty_home_is_told_what_to_do_first(office: Office) -> None:
    def steps() -> list[str]:
        return [step.words for step in reminders_page(visit(office.context), NoMail()).steps]

    assert steps() == ["Import your people"]
    office.people()
    assert steps() == ["Write the first note"]
    mona = find_person(office.context, "mona@firm.example")
    log(office.context, understand(office.context, "praise a fine review on 2026-06-29", mona))
    assert steps() == []


def test_who_is_no_longer_the_manager_is_told_nothing_more(busy: Office, box: Mailbox) -> None:
    moved = "name,email,manager,effective\nInes Okafor,ines@firm.example,nils@firm.example,2026-07-09\n"
    busy.on(date(2026, 7, 9)).people(moved)
    remind(busy, box, DUE)
    (letter,) = box.to("nils@firm.example")
    assert "Ines Okafor" in letter.as_string()
    assert all("Ines" not in letter.as_string() for letter in box.to("mona@firm.example"))


def test_every_clock_has_words_that_give_nothing_away() -> None:
    """A clock without them would stop everybody's mail; with its own words it would tell of a case."""
    assert set(WORDS) - {"wait-before-plan"} <= set(PLAIN)
    assert not any("plan" in words or "coaching" in words for words in PLAIN.values())
