"""A link for a new password leaves by a job, which makes it when it can send it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from datumline.services.jobs import NoWorker
from datumline.services.reset_letters import ask_for_reset
from datumline.store import jobs
from datumline.store.accounts import make, open_link
from datumline.store.jobs import State
from support.installations import Installation
from support.mailbox import mailbox
from support.offices import Office

INES = "ines@firm.example"
BASE = "https://datumline.firm.example"


def test_an_account_gets_a_link_that_works_and_an_unknown_address_nothing(office: Office) -> None:
    now = office.context.clock()
    make(email=INES, person=office.person(INES), at=now, password="a long enough word")  # noqa: S106
    with mailbox() as box:
        for email in (INES, "nobody@firm.example"):
            ask_for_reset(office.context, NoWorker(), email, box.outgoing, BASE)
        Installation(office=office, outgoing=box.outgoing, address=BASE).work()
        (letter,) = box.letters
    assert letter["To"] == INES
    found = re.search(rf"{BASE}/links/(\S+)", letter.get_content())
    assert found
    link = open_link(found[1], now)
    assert link is not None
    assert link.account.email == INES
    assert [job.state for job in jobs.latest(9)] == [State.DONE, State.DONE]


def test_a_server_that_does_not_take_it_now_gets_it_later(office: Office) -> None:
    now = office.context.clock()
    make(email=INES, person=office.person(INES), at=now)
    with mailbox() as box:
        box.answers = lambda _: "450 later"
        ask_for_reset(office.context, NoWorker(), INES, box.outgoing, BASE)
        Installation(office=office, outgoing=box.outgoing, address=BASE).work()
        assert [job.state for job in jobs.latest(9)] == [State.WAITING]
        box.answers = lambda _: "250 taken"
        later = replace(office.context, clock=lambda: now + timedelta(minutes=1))
        Installation(office=replace(office, context=later), outgoing=box.outgoing, address=BASE).work()
        assert len(box.to(INES)) == 1
