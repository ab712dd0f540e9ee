"""The page of one's own receipts."""

from __future__ import annotations

from dataclasses import dataclass

from datumline.domain.people.person import PersonId
from datumline.services.outgoing import NO_MAIL, Outgoing
from datumline.services.receipts_out import waiting_for
from datumline.services.visit import Visit

MAILED = "A receipt is sent to you by mail a few minutes after something was shared with you."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptsPage:
    """How many entries of one's record no receipt covers that one holds, and whether mail brings them."""

    person: PersonId
    entries: int
    mail: str


def receipts_page(asked: Visit, outgoing: Outgoing) -> ReceiptsPage | None:
    """The page; None for who has no record."""
    if asked.me is None:
        return None
    return ReceiptsPage(
        person=asked.me,
        entries=waiting_for(asked).entries,
        mail=MAILED if outgoing.configured else NO_MAIL,
    )
