"""Append with a receipt, and ask the ledger whether it is whole."""

from __future__ import annotations

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Signer, key_id_of
from datumline.services.context import Clock, system_clock
from datumline.store.ledger import place

LEDGER = "datumline"  # the author of what the installation itself writes


def list_key(signer: Signer, *, clock: Clock = system_clock) -> None:
    """Write the public key into the organisation's stream, once: receipts can be checked against it."""
    key_id = key_id_of(signer.public_key)
    draft = Draft(
        kind=Kind.SIGNING_KEY,
        author=LEDGER,
        occurred_on=clock().date(),
        audience=Audience.ORGANISATION,
        key=f"signing-key:{key_id}",
        amounts={"key_id": key_id, "public_key": signer.public_key},
    )
    place([draft], clock=clock)
