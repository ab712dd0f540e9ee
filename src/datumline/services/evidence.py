"""Log one piece of evidence: read a line, show how it was understood, append it."""

from __future__ import annotations

from dataclasses import dataclass

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.quick_entry import QuickEntry, quick_entry
from datumline.domain.evidence.receipt import Receipt
from datumline.domain.people.person import Person
from datumline.services.context import Context
from datumline.services.entries import Said, draft_of
from datumline.services.ledger import append
from datumline.services.policy import active_policy
from datumline.services.visit import visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A line as it was understood, before anything is written."""

    about: Person
    draft: Draft


def understand(
    context: Context, line: str, about: Person, *, private: bool = False, key: str | None = None
) -> Understood:
    """Read a line about somebody. Raises Problem for a line that says too little, or without the right to.

    A private note stays with its author: it is a memory aid and no evidence until it is published.
    """
    entry = quick_entry(line, today=context.today, principles=frozenset(active_policy(context).principles))
    said = said_in(entry, private=private)
    return Understood(about=about, draft=draft_of(visit(context), about.id, said, key=key))


def said_in(line: QuickEntry, *, private: bool) -> Said:
    """What a line says, as an entry has it: a report of somebody else was told, all else was seen."""
    return Said(
        kind=line.kind,
        occurred_on=line.occurred_on,
        title=line.title,
        links=line.links,
        seen=Seen.REPORTED if line.kind is Kind.PEER_REPORT else Seen.OBSERVED,
        principles=line.principles,
        concern=line.concern,
        tag=line.tag,
        amounts=line.amounts,
        private=private,
    )


def log(context: Context, understood: Understood) -> Receipt:
    """Append what was understood; the receipt proves it. The same key again gives the same receipt."""
    (receipt,) = append(context, [understood.draft])
    return receipt
