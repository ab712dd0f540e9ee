"""Is everything as it was written? The ledger, what was made from it, packs, checkpoints, a receipt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Receipt
from datumline.domain.evidence.verification import Fault
from datumline.pack_files.canonical import digest
from datumline.services import checkpoints
from datumline.services.ledger import listed_keys, signer_of
from datumline.services.projecting import SHELVES
from datumline.signing.keys import signed_by_its_key
from datumline.store import ledger, packs, verifying
from datumline.store.snapshot import snapshot
from datumline.store.troubles import damage


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
    found = verifying.verify(making={shelf.what: shelf.making for shelf in SHELVES})
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
    if not faults:  # a damaged ledger continues nothing; its own faults say more
        faults += checkpoints.faults(home, keys)
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
