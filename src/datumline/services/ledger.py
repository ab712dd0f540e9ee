"""Append with a receipt, ask the ledger whether it is whole, and give the person concerned what proves it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Placed, Receipt, Signer, key_id_of, receipt_for, receipt_from
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.context import Clock, Context, system_clock
from datumline.signing.keys import SigningKey, signing_key
from datumline.store import ledger, verifying

LEDGER = "datumline"  # the author of what the installation itself writes
EXPORT_FORMAT = 1


def signer_of(home: Path) -> SigningKey:
    """The installation's key, from the home that it stands in. Raises Problem."""
    try:
        origin = str(json.loads((home / "home.json").read_text(encoding="utf-8"))["origin"])
    except (OSError, ValueError, KeyError) as wrong:
        raise Problem("not a home", where=str(home), expected="a folder with home.json") from wrong
    return signing_key(home / "keys", origin=origin)


def append(context: Context, drafts: Sequence[Draft]) -> tuple[Receipt, ...]:
    """Append in one transaction; a signed receipt for each draft, in order."""
    return ledger.append(drafts, clock=context.clock, signer=signer_of(context.home))


def list_key(signer: Signer, *, clock: Clock = system_clock) -> None:
    """Write the public key into the organisation's stream, once: receipts can be checked against it."""
    key_id = key_id_of(signer.public_key)
    draft = Draft(
        kind=Kind.SIGNING_KEY,
        author=LEDGER,
        occurred_on=clock().date(),
        audience=Audience.ORGANISATION,
        source=f"signing-key:{key_id}",
        amounts={"key_id": key_id, "public_key": signer.public_key},
    )
    ledger.place([draft], clock=clock)


def listed_keys() -> tuple[str, ...]:
    """The fingerprints of the signing keys that the organisation's stream lists."""
    listed = ledger.entries(subjects=[""], audiences=[Audience.ORGANISATION], kinds=[Kind.SIGNING_KEY])
    return tuple(str(entry.amounts["key_id"]) for entry in listed)


def read_receipt(text: str, *, where: str) -> Receipt:
    """A receipt from its file's text. Raises Problem."""
    try:
        document: Json = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise Problem("not JSON", where=where, expected="a receipt") from wrong
    return receipt_from(document, where=where)


def receipt_of_entry(context: Context, entry: EntryId) -> Receipt:
    """A receipt for an entry, by its id or the first digits of it. Raises Problem."""
    found = ledger.placed(entry)
    if len(found) != 1:
        raise Problem(
            f"{len(found) or 'no'} entries begin with '{entry}'",
            where="ENTRY",
            expected="an entry's id, or enough of it to tell it from others",
        )
    return receipt_for(found[0], signer_of(context.home))


def receipt_of_person(context: Context, person: PersonId) -> Receipt:
    """A receipt for the last entry of a person's shared stream: it covers all before it. Raises Problem."""
    heads = ledger.heads(subjects=[person], audiences=[Audience.SHARED])
    if not heads:
        raise Problem("nothing is on file", where=person, expected="a person with a shared stream")
    head = heads[0]
    placed = Placed(stream=head.stream, seq=head.seq, hash=head.hash, recorded_at=head.recorded_at)
    return receipt_for(placed, signer_of(context.home))


def export(context: Context, person: PersonId) -> dict[str, Json]:
    """A person's shared stream, byte for byte, for the offline verifier. Raises Problem."""
    heads = ledger.heads(subjects=[person], audiences=[Audience.SHARED])
    if not heads:
        raise Problem("nothing is on file", where=person, expected="a person with a shared stream")
    streams: list[Json] = [
        {
            "stream": head.stream,
            "audience": head.audience.value,
            "subject": head.subject,
            "entries": [
                {"hash": row.hash, "header": row.header, "body": row.body}
                for row in verifying.rows_of(head.stream)
            ],
        }
        for head in heads
    ]
    return {"v": EXPORT_FORMAT, "origin": signer_of(context.home).origin, "streams": streams}


def offline_verifier() -> bytes:
    """The one-file verifier that runs where Datumline is not installed."""
    return files("datumline.signing").joinpath("offline_verifier.py").read_bytes()
