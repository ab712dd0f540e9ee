"""The ledger page, and the files that leave the house by it, checked by plain python3."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from support.entry_pages import filled
from support.page_world import HANA, INES, LENA, MONA, NILS, VERA

Visit = Callable[[str], Client]
LEDGER, RECEIPT = f"/people/{INES}/ledger", f"/people/{INES}/ledger/receipt"
FILES = (RECEIPT, f"/people/{INES}/ledger/proof")


def checked(folder: Path, *files: str) -> str:
    """What the verifier says first."""
    command = [sys.executable, "-I", "-S", "verify.py", *files]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_an_engineer_keeps_a_proof_that_plain_python_checks(visit_as: Visit, tmp_path: Path) -> None:
    client = visit_as(INES)
    made = client.post(f"/people/{INES}/ledger/proof")
    assert made.headers["Content-Disposition"].startswith("attachment; filename=")
    (tmp_path / "proof.json").write_bytes(made.content)
    (tmp_path / "receipt.json").write_bytes(client.post(f"/people/{INES}/ledger/receipt").content)
    (tmp_path / "verify.py").write_bytes(client.get("/verifier").content)
    key = json.loads(made.content)["key_id"]
    assert checked(tmp_path, "proof.json", "--key", key).startswith("OK: ")
    assert checked(tmp_path, "receipt.json", "proof.json", "--key", key).startswith("OK: ")
    assert "A private thought" not in made.content.decode()


def test_verify_now_says_calmly_what_was_checked(visit_as: Visit) -> None:
    page = visit_as(INES).get(f"/people/{INES}/ledger?verify=now").content.decode()
    assert "Whole: " in page
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_entry_same")
        cursor.execute("DROP TRIGGER ledger_entry_redacted")
        cursor.execute("UPDATE ledger_entry SET body = replace(body, 'Invoice', 'Voiced')")
    page = visit_as(INES).get(f"/people/{INES}/ledger?verify=now").content.decode()
    assert "Not everything is as it was written." in page


def test_a_stream_of_which_a_part_is_hidden_is_not_counted(visit_as: Visit) -> None:
    page = visit_as(HANA).get(f"/people/{INES}/ledger").content.decode()
    assert "There is no stream that you may read from end to end." in page
    for address in FILES:
        assert visit_as(HANA).post(address).status_code == 404


def test_a_manager_sees_the_own_private_stream_and_nobody_else_does(visit_as: Visit) -> None:
    assert "Your own notes" in visit_as(MONA).get(LEDGER).content.decode()
    for reader in (VERA, INES):
        assert "Your own notes" not in visit_as(reader).get(LEDGER).content.decode()


@pytest.mark.parametrize("reader", [NILS, LENA])
def test_to_others_it_is_not_there(visit_as: Visit, reader: str) -> None:
    client = visit_as(reader)
    missing = client.get("/people/nobody/ledger").content
    for answer in (client.get(LEDGER), *map(client.post, FILES)):
        assert (answer.status_code, answer.content) == (404, missing)


def test_a_receipt_and_a_proof_are_made_by_a_form_alone(visit_as: Visit) -> None:
    for address in FILES:
        assert visit_as(INES).get(address).status_code == 405


def test_what_was_given_out_stands_on_the_own_ledger_page_and_can_be_had_again(visit_as: Visit) -> None:
    client, ledger = visit_as(INES), f"/people/{INES}/ledger"
    assert "Receipts that you were given" not in client.get(ledger).content.decode()
    taken = client.post("/receipts/take", filled(client, "/receipts"))
    for page in (client.get(ledger), client.get("/receipts")):
        (again,) = re.findall(r'href="(/receipts/[0-9a-f]{64})"', page.content.decode())
        assert client.get(again).content == taken.content
    assert "Receipts that you were given" not in visit_as(MONA).get(ledger).content.decode()
    missing = visit_as(MONA).get("/people/nobody/ledger").content
    for reader in (MONA, VERA, LENA):
        for address in (again, f"/receipts/{'0' * 64}", "/receipts/x"):
            answer = visit_as(reader).get(address)
            assert (answer.status_code, answer.content) == (404, missing)


def test_the_receipt_of_the_ledger_page_counts_as_held(visit_as: Visit) -> None:
    client = visit_as(INES)
    assert "came after the last receipt that you hold" in client.get("/receipts").content.decode()
    assert client.get(RECEIPT).status_code == 405
    assert "came after the last receipt that you hold" in client.get("/receipts").content.decode()
    client.post(RECEIPT)
    assert "You hold a receipt for everything in your record." in client.get("/receipts").content.decode()
