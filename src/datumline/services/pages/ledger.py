"""The ledger page of a person: which streams there are, whether they are whole, and what to keep of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from datumline.domain.evidence.chain import moment
from datumline.domain.evidence.entry import Audience, EntryId
from datumline.domain.evidence.verification import stream_faults
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.domain.verdict import Json
from datumline.services import checkpoints
from datumline.services.checkpoints import covers
from datumline.services.ledger import receipt_of_person, signer_of
from datumline.services.pages.readings import note_once
from datumline.services.pages.receipts import HeldLine, held_lines
from datumline.services.receipts_out import taken
from datumline.services.visit import Visit
from datumline.store import ledger, verifying
from datumline.store.ledger import Head

AUDIENCES = {
    Audience.SHARED: ("Shared", "The person reads all of it."),
    Audience.CASE: ("Case", "Work on a plan that the person has not been given yet."),
    Audience.PANEL: ("Panel", "For the panel of a session."),
    Audience.PRIVATE: ("Private", "Your own notes; nobody else reads them."),
}
MOST_FAULTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamRow:
    """One stream that the reader may read from end to end."""

    name: str
    meaning: str
    entries: int
    last: datetime
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a verification found: how much was held against its hashes, and each fault in words."""

    entries: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """The page.

    Attributes:
        mine: whether it is the reader's own record.
        streams: those that may be read from end to end; a count of any other would tell what it hides.
        looked: what the verification that was just asked for found.
        keeps: whether there is a shared stream to take a receipt and a proof of.
        key: the fingerprint of the signing key, to be compared with the one that was told by another way.
        checkpoint: when the last one was signed; a count would tell of entries that one may not see.
        held: the receipts of this record that the reader was given.
    """

    person: PersonId
    name: str
    mine: bool
    streams: tuple[StreamRow, ...]
    looked: Looked | None
    keeps: bool
    origin: str
    key: str
    checkpoint: datetime | None
    held: tuple[HeldLine, ...]


def ledger_page(asked: Visit, person: PersonId, *, verify: bool = False) -> LedgerPage | None:
    """The page; None when the reader may not open the record."""
    if not asked.sees(person, Noun.ENTRY):
        return None
    note_once(asked, person, Noun.ENTRY, "ledger page")
    heads = _whole(asked, person)
    signer = signer_of(asked.context.home)
    return LedgerPage(
        person=person,
        name=asked.name_of(person),
        mine=person == asked.me,
        streams=tuple(_row(head) for head in heads),
        looked=_looked(heads) if verify else None,
        keeps=_shared(heads, person) is not None,
        origin=signer.origin,
        key=signer.key_id,
        checkpoint=_signed_at(),
        held=held_lines(asked, person=person),
    )


def _signed_at() -> datetime | None:
    last = covers()
    return None if last is None else last[1]


def _whole(asked: Visit, person: PersonId) -> list[Head]:
    """The streams of the person of which the reader may read every entry."""
    names = asked.chart.known_as(person)
    found = ledger.entries(subjects=names, audiences=tuple(AUDIENCES))
    readable = {each.id for each in asked.gate.readable_entries(found)}
    hidden = {each.stream for each in found if each.id not in readable}
    heads = ledger.heads(subjects=names, audiences=tuple(AUDIENCES))
    return sorted(
        (head for head in heads if head.stream not in hidden),
        key=lambda head: (list(AUDIENCES).index(head.audience), head.stream),
    )


def _shared(heads: list[Head], person: PersonId) -> Head | None:
    return next((h for h in heads if h.audience is Audience.SHARED and h.subject == person), None)


def _row(head: Head) -> StreamRow:
    name, meaning = AUDIENCES[head.audience]
    return StreamRow(
        name=name, meaning=meaning, entries=head.seq + 1, last=moment(head.recorded_at), head=head.hash
    )


def _looked(heads: list[Head]) -> Looked:
    count, faults = 0, list[str]()
    for head in heads:
        row = verifying.stream_row(head.stream)
        entries = verifying.rows_of(head.stream)
        count += len(entries)
        said = stream_faults(row, entries)
        faults += [f"{AUDIENCES[head.audience][0]}, entry {fault.seq}: {fault.what}" for fault in said]
    return Looked(entries=count, faults=tuple(faults[:MOST_FAULTS]))


def receipt(asked: Visit, person: PersonId) -> dict[str, Json] | None:
    """The receipt for the end of the person's shared stream; None when the reader may not read it all."""
    if not asked.sees(person, Noun.ENTRY) or _shared(_whole(asked, person), person) is None:
        return None
    note_once(asked, person, Noun.ENTRY, "receipt")
    made = receipt_of_person(asked.context, person)
    taken(asked, person, made)
    return made.document()


def proof(asked: Visit, person: PersonId) -> dict[str, Json] | None:
    """The proof file of the person's shared stream; None when the reader may not read it all."""
    if not asked.sees(person, Noun.ENTRY) or _shared(_whole(asked, person), person) is None:
        return None
    note_once(asked, person, Noun.ENTRY, "proof of the record")
    return checkpoints.proof(asked.context, person, withheld=_withheld(asked, person))


def _withheld(asked: Visit, person: PersonId) -> dict[EntryId, frozenset[str]]:
    """The fields of each entry that name somebody whom the reader may not know of."""
    found = ledger.entries(subjects=[person], audiences=[Audience.SHARED])
    hidden = {each.id: asked.gate.veil.hidden_fields(each) for each in found}
    return {entry: fields for entry, fields in hidden.items() if fields}
