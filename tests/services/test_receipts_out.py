"""Receipts leave the house with every share: once, to their person, good for the offline verifier."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from datumline.services.evidence import log, understand
from datumline.services.jobs import NoWorker
from datumline.services.ledger import export, offline_verifier, receipt_of_entry
from datumline.services.outgoing import NoMail
from datumline.services.people import find_person
from datumline.services.receipts_out import (
    KIND,
    again,
    ask_if_due,
    held_by,
    take_home,
    taken,
    waiting_for,
)
from datumline.services.visit import visit
from datumline.store import jobs
from support.installations import Installation
from support.mailbox import Mailbox, mailbox
from support.offices import Office

INES = "ines@firm.example"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as made:
        yield made


def note(office: Office, line: str = "saw a careful review on 2026-06-29", *, private: bool = False) -> str:
    """Mona writes about Ines; the entry's id."""
    mona = office.as_person("mona@firm.example")
    return log(mona, understand(mona, line, find_person(office.context, INES), private=private)).hash


def send(office: Office, box: Mailbox) -> None:
    there = Installation(office=office, outgoing=box.outgoing)
    ask_if_due(there.context(), NoWorker(), there.outgoing)
    there.work()


def attached(letter: EmailMessage) -> list[bytes]:
    return [part.get_payload(decode=True) for part in letter.iter_attachments()]  # type: ignore[misc] # bytes


def test_everybody_is_sent_one_receipt_that_covers_all_of_it(office: Office, box: Mailbox) -> None:
    office.people()
    note(office)
    note(office, "saw a late answer on 2026-06-28")
    send(office, box)
    assert sorted({letter["To"] for letter in box.letters}) == sorted(
        f"{who}@firm.example" for who in ("vera", "mona", "nils", "ines", "jens", "hana", "abel")
    )
    (letter,) = box.to(INES)
    (content,) = attached(letter)
    assert _verified(office, content)
    before = len(box.letters)
    send(office.on(date(2026, 7, 1)), box)
    assert len(box.letters) == before


def test_a_share_brings_one_mail_to_its_person_alone_and_a_private_note_none(
    office: Office, box: Mailbox
) -> None:
    office.people()
    send(office, box)
    box.letters.clear()
    note(office, private=True)
    send(office.on(date(2026, 7, 1)), box)
    assert box.letters == []
    note(office)
    send(office.on(date(2026, 7, 2)), box)
    (letter,) = box.letters
    body = letter.get_body(("plain",))
    assert body is not None
    assert letter["To"] == INES
    assert "1 entry landed in your record" in body.get_content()
    assert "careful" not in letter.as_string()
    (content,) = attached(letter)
    assert _verified(office, content)


def _verified(office: Office, receipt: bytes) -> bool:
    """Whether the offline verifier, run by itself, says OK of the receipt."""
    folder = office.folder
    (folder / "receipt.json").write_bytes(receipt)
    exported = export(office.context, find_person(office.context, INES).id)
    (folder / "export.json").write_text(json.dumps(exported))
    (folder / "verify.py").write_bytes(offline_verifier())
    said = subprocess.run(
        [sys.executable, "verify.py", "receipt.json", "export.json"],
        cwd=Path(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    return said.returncode == 0 and said.stdout.startswith("OK")


def test_one_address_that_is_refused_keeps_nobody_elses_receipt_back(office: Office, box: Mailbox) -> None:
    office.people()
    box.answers = lambda address: "550 gone" if address == "jens@firm.example" else "250 taken"
    send(office, box)
    (job,) = jobs.of_kinds([KIND], 1)
    assert job.result is not None
    assert (job.result["sent"], len(job.result["refused"])) == (6, 1)  # type: ignore[arg-type] # a list
    assert waiting_for(visit(office.as_person("jens@firm.example"))) > 0


def test_without_mail_it_is_taken_home_and_then_counts_as_held(office: Office, box: Mailbox) -> None:
    office.people()
    note(office)
    ines = visit(office.as_person(INES))
    there = Installation(office=office, outgoing=NoMail())
    ask_if_due(there.context(), NoWorker(), there.outgoing)
    assert jobs.of_kinds([KIND], 1) == []
    assert waiting_for(ines) > 1
    ((name, content),) = take_home(ines)
    assert name.endswith(".json")
    assert _verified(office, content)
    assert waiting_for(ines) == 0
    note(office, "saw a late answer on 2026-06-28")
    later = visit(office.as_person(INES))
    assert waiting_for(later) == 1
    assert _verified(office, take_home(later)[0][1])
    assert take_home(later) == ()
    send(office, box)
    assert box.to(INES) == []


def test_the_receipt_of_an_entry_counts_when_its_person_takes_it(office: Office) -> None:
    office.people()
    receipt = receipt_of_entry(office.context, note(office))
    ines = visit(office.as_person(INES))
    owed = waiting_for(ines)
    for email in ("mona@firm.example", "jens@firm.example"):
        taken(visit(office.as_person(email)), ines.me, receipt)
    assert waiting_for(ines) == owed
    taken(ines, ines.me, receipt)
    assert waiting_for(ines) == 0


def test_each_receipt_that_was_given_out_can_be_had_again_by_who_was_given_it(office: Office) -> None:
    office.people()
    note(office)
    ines, jens = visit(office.as_person(INES)), visit(office.as_person("jens@firm.example"))
    ((name, content),) = take_home(ines)
    note(office, "saw a late answer on 2026-06-28")
    take_home(visit(office.as_person(INES)))
    assert ines.me is not None
    later, first = held_by(ines, 10)
    assert (first.way, first.end.seq < later.end.seq) == ("download", True)
    assert again(ines, first.end.hash) == (name, content)
    assert _verified(office, content)
    assert held_by(jens, 10) == held_by(jens, 10, ines.me) == []
    assert again(jens, first.end.hash) is None
    assert again(ines, "0" * 64) is None


def test_somebody_alone_keeps_the_receipts_of_everybody(office: Office) -> None:
    office.people()
    note(office)
    alone = visit(office.context)
    owed = waiting_for(alone)
    assert owed > waiting_for(visit(office.as_person(INES))) > 0
    files = take_home(alone)
    assert len(files) == 7
    assert waiting_for(alone) == 0
    held = held_by(alone, 10)
    assert {each.end.stream[:8] for each in held} == {name.split("-")[1] for name, _ in files}
    assert len(held_by(alone, 10, office.person(INES))) == 1
