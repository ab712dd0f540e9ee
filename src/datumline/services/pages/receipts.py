"""The page of one's own receipts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from datumline.domain.evidence.chain import moment
from datumline.domain.evidence.entry import EntryId
from datumline.domain.people.person import PersonId
from datumline.services.outgoing import NO_MAIL, Outgoing
from datumline.services.receipts_out import held_by, waiting_for
from datumline.services.visit import Visit

MAILED = "A receipt is sent to you by mail a few minutes after something was shared with you."
WAYS = {"mail": "sent by mail", "download": "taken home"}
SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """A receipt that was given out: for the last entry that it covers, when that was written, how it left."""

    entry: EntryId
    covers: int
    written: datetime
    way: str
    at: datetime
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptsPage:
    """How many entries no receipt covers that one holds, whether mail brings them, and those given out.

    Attributes:
        person: whose record it is; None for somebody who works alone and keeps those of everybody.
        held: the latest that were given out; `more` says that there are others.
    """

    person: PersonId | None
    entries: int
    mail: str
    held: tuple[HeldLine, ...]
    more: bool


def receipts_page(asked: Visit, outgoing: Outgoing) -> ReceiptsPage | None:
    """The page; None for who has no record."""
    if asked.me is None and not asked.context.actor.operator:
        return None
    held = held_lines(asked, most=SHOWN + 1)
    return ReceiptsPage(
        person=asked.me,
        entries=waiting_for(asked),
        mail=MAILED if outgoing.configured else NO_MAIL,
        held=held[:SHOWN],
        more=len(held) > SHOWN,
    )


def held_lines(asked: Visit, *, most: int = SHOWN, person: PersonId | None = None) -> tuple[HeldLine, ...]:
    """The receipts that the reader was given, the latest first; of one person's record, where named."""
    return tuple(
        HeldLine(
            entry=each.end.hash,
            covers=each.end.seq + 1,
            written=moment(each.end.recorded_at),
            way=WAYS[each.way],
            at=each.at,
            about=asked.name_of(asked.chart.same_as.get(each.subject, each.subject)),
        )
        for each in held_by(asked, most, person)
    )
