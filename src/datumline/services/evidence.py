"""Log one piece of evidence: read a line, show how it was understood, append it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.quick_entry import quick_entry
from datumline.domain.evidence.receipt import Receipt
from datumline.domain.improvement.plan_facts import DIMENSION
from datumline.domain.people.access import Thing
from datumline.domain.people.access_rules import noun_of
from datumline.domain.people.access_words import Verb
from datumline.domain.people.person import Person
from datumline.domain.verdict import Json
from datumline.services.access import absent, gate
from datumline.services.context import Context
from datumline.services.ledger import append
from datumline.services.policy import active_policy


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
    said = quick_entry(line, today=context.today, principles=frozenset(active_policy(context).principles))
    audience = audience_of(said.kind, said.amounts, private=private)
    draft = Draft(
        kind=said.kind,
        author=context.actor.author,
        occurred_on=said.occurred_on,
        subject=about.id,
        audience=audience,
        title=said.title,
        links=said.links,
        seen=Seen.REPORTED if said.kind is Kind.PEER_REPORT else Seen.OBSERVED,
        principles=said.principles,
        concern=said.concern,
        tag=said.tag,
        key=key,
        amounts=said.amounts,
    )
    thing = Thing(noun=noun_of(audience, said.kind), subject=about.id, author=draft.author)
    if not gate(context).asks(Verb.WRITE, thing).allowed:
        raise absent("such person")
    return Understood(about=about, draft=draft)


def audience_of(kind: Kind, amounts: Mapping[str, Json | date], *, private: bool) -> Audience:
    """Who will read it. What is weighed for a plan stays in the case until a plan is issued (spec 40)."""
    if private:
        return Audience.PRIVATE
    weighed = kind is Kind.ASSESSMENT and amounts.get("dimension") == DIMENSION
    return Audience.CASE if weighed else Audience.SHARED


def log(context: Context, understood: Understood) -> Receipt:
    """Append what was understood; the receipt proves it. The same key again gives the same receipt."""
    (receipt,) = append(context, [understood.draft])
    return receipt
