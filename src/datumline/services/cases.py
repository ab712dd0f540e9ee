"""The improvement case about one concern, from a record that has been read."""

from __future__ import annotations

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import acknowledgements
from datumline.domain.improvement.case import Case, case_of
from datumline.services.record import Record

ANSWERS = frozenset({Kind.REPLY, Kind.ACKNOWLEDGEMENT, Kind.DISPUTE})


def case_in(record: Record, concern: str | None) -> Case:
    """The case about `concern`, as far as the reader of the record may see."""
    return case_of(
        record.evidence,
        acknowledgements(record.published, record.at),
        record.policy,
        record.at.as_of,
        concern=concern,
    )


def answers_in(record: Record, case: Case) -> list[Entry]:
    """What the person said to the entries of the case."""
    inside = {entry.id for entry in case.entries}
    return [
        entry
        for entry in record.published
        if entry.kind in ANSWERS
        and (entry.id in inside or entry.ref in inside or entry.amounts.get("to") in inside)
    ]
