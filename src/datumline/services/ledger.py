"""Append with a receipt, ask the ledger whether it is whole, and give the person concerned what proves it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Placed, Receipt, Signer, key_id_of, receipt_for, receipt_from
from datumline.domain.evidence.verification import Fault
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.pack_files.canonical import digest
from datumline.services.context import Clock, Context, system_clock
from datumline.signing.keys import SigningKey, signed_by_its_key, signing_key
from datumline.store import ledger, packs, verifying
from datumline.store.snapshot import snapshot
from datumline.store.troubles import damage

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Whether the ledger is whole.

    Attributes:
        streams, entries: how much was held against its hashes.
        keys: the fingerprints of the signing keys that the organisation's stream lists.
        faults: what is not as it was written, each at its place.
    """

    streams: int
    entries: int
    keys: tuple[str, ...]
    faults: tuple[Fault, ...]


def verify(home: Path, receipt: Receipt | None = None) -> Verification:
    """Recompute everything; with a receipt, also say whether its entry still stands."""
    from datumline.services import projecting  # noqa: F401, PLC0415 - says how what is kept was worked out, above this module

    found = verifying.verify()
    faults = list(found.faults)
    keys = listed_keys() if not faults else ()
    if keys and signer_of(home).key_id not in keys:
        faults.append(
            Fault(what="the signing key of this home is not in the organisation's stream", table="keys")
        )
    if not faults:
        faults += _pack_faults()
    if receipt is not None:
        faults += _receipt_faults(receipt, keys)
    return Verification(streams=found.streams, entries=found.entries, keys=keys, faults=tuple(faults))


def unreadable(error: Exception) -> Verification | None:
    """A file that the database cannot read is a fault like any other; None for another error."""
    broken = damage(error)
    if broken is None:
        return None
    fault = Fault(table="database", what=f"{broken}: `datumline restore` brings a backup back")
    return Verification(streams=0, entries=0, keys=(), faults=(fault,))


def _pack_faults() -> Iterator[Fault]:
    """Activated packs whose content is gone or is not what the activation names."""
    activated = ledger.entries(subjects=[""], audiences=[Audience.ORGANISATION], kinds=[Kind.PACK_ACTIVATION])
    for named in sorted({str(entry.amounts["digest"]) for entry in activated}):
        with snapshot():
            content = packs.kept(named)
        if content is None or digest(verifying.shown(content)) != named:
            said = "is gone" if content is None else "is not what was activated"
            yield Fault(table="pack_content", what=f"the content of pack {named[:12]} {said}")


def listed_keys() -> tuple[str, ...]:
    """The fingerprints of the signing keys that the organisation's stream lists."""
    listed = ledger.entries(subjects=[""], audiences=[Audience.ORGANISATION], kinds=[Kind.SIGNING_KEY])
    return tuple(str(entry.amounts["key_id"]) for entry in listed)


def _receipt_faults(receipt: Receipt, keys: Sequence[str]) -> list[Fault]:
    def fault(what: str) -> list[Fault]:
        return [Fault(stream=receipt.stream, seq=receipt.seq, what=what)]

    if not signed_by_its_key(receipt):
        return fault("the receipt is not signed by the key that it names")
    if keys and receipt.key_id not in keys:
        return fault("the receipt is signed by a key that the organisation's stream does not list")
    rows = verifying.rows_of(receipt.stream)
    if not rows:
        return fault("the receipt's stream is not there")
    if receipt.seq > rows[-1].seq:
        return fault(f"the stream ends at seq {rows[-1].seq}, before the receipt's entry")
    if not any((row.seq, row.hash) == (receipt.seq, receipt.hash) for row in rows):
        return fault("another entry stands where the receipt's stood")
    return []


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
