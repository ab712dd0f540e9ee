"""The improvement case about one concern, from a record that has been read."""

from __future__ import annotations

from datumline.domain.evidence.ledger import acknowledgements
from datumline.domain.improvement.case import Case, case_of
from datumline.services.record import Record


def case_in(record: Record, concern: str | None) -> Case:
    """The case about `concern`, as far as the reader of the record may see."""
    return case_of(
        record.evidence,
        acknowledgements(record.published, record.at),
        record.policy,
        record.at.as_of,
        concern=concern,
    )
