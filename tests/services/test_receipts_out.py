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
from datumline.services.receipts_out import KIND, ask_if_due, take_home, taken, waiting_for
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
    assert waiting_for(visit(office.as_person("jens@firm.example"))).entries > 0


def test_without_mail_it_is_taken_home_and_then_counts_as_held(office: Office, box: Mailbox) -> None:
    office.people()
    note(office)
    ines = visit(office.as_person(INES))
    there = Installation(office=office, outgoing=NoMail())
    ask_if_due(there.context(), NoWorker(), there.outgoing)
    assert jobs.of_kinds([KIND], 1) == []
    assert waiting_for(ines).entries > 1
    ((name, content),) = take_home(ines).files
    assert name.endswith(".json")
    assert _verified(office, content)
    assert waiting_for(ines).entries == 0
    note(office, "saw a late answer on 2026-06-28")
    again = visit(office.as_person(INES))
    assert waiting_for(again).entries == 1
    assert _verified(office, take_home(again).files[0][1])
    assert take_home(again).files == ()
    send(office, box)
    assert box.to(INES) == []


def test_the_receipt_of_an_entry_counts_when_its_person_takes_it(office: Office) -> None:
    office.people()
    receipt = receipt_of_entry(office.context, note(office))
    ines = visit(office.as_person(INES))
    owed = waiting_for(ines).entries
    for email in ("mona@firm.example", "jens@firm.example"):
        taken(visit(office.as_person(email)), ines.me, receipt)
    assert waiting_for(ines).entries == owed
    taken(ines, ines.me, receipt)
    assert waiting_for(ines).entries == 0
