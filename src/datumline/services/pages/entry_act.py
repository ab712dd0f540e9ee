"""An act on an entry, before it is done: what it is about, and what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from datumline.domain.evidence.acts import Act, is_possible
from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.redaction import strikable
from datumline.services.entries import found, may
from datumline.services.pages.entry_rows import headline, kind_words
from datumline.services.redactions import grantable_from
from datumline.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAct:
    """The page of an act.

    Attributes:
        state: of the matter; it changes when somebody acts on it.
        possible: whether the act still says something.
        about: the entry that the page goes back to.
        fields: whose words can be struck, or are asked to be.
        basis: why they are asked to be struck; empty elsewhere.
        own: whether it is the own request of the one who asks.
        alone_from: from when on a person alone may grant their own request.
    """

    act: Act
    entry: EntryId
    title: str
    kind: str
    subject_name: str
    text: str
    state: str
    possible: bool
    about: EntryId
    fields: tuple[str, ...] = ()
    basis: str = ""
    own: bool = False
    alone_from: datetime | None = None


def entry_act(asked: Visit, wanted: EntryId, act: Act) -> EntryAct | None:
    """The page of an act; None without the right to it, as where there is no such entry."""
    thread = found(asked, wanted)
    if thread is None or not may(asked, act, thread):
        return None
    entry, answers = thread.entry, act in {Act.GRANT, Act.DECLINE}
    own = answers and entry.author == asked.context.actor.author
    return EntryAct(
        act=act,
        entry=entry.id,
        title=headline(entry, {}),
        kind=kind_words(entry.kind),
        subject_name=asked.name_of(entry.subject),
        text=entry.text,
        state=thread.state,
        possible=is_possible(act, thread),
        about=(entry.ref if answers else None) or entry.id,
        fields=_requested(entry) if answers else strikable(entry) if act is Act.REDACT else (),
        basis=str(entry.amounts.get("basis", "")) if answers else "",
        own=own,
        alone_from=grantable_from(asked, thread) if own and asked.context.actor.operator else None,
    )


def _requested(entry: Entry) -> tuple[str, ...]:
    fields = entry.amounts.get("fields")
    return tuple(map(str, fields)) if isinstance(fields, list) else ()
