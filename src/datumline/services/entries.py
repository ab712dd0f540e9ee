"""Write an entry, and act on one: correct, retract, dispute, reply, acknowledge, publish.

Each act asks the gate, then what the matter still allows, then appends. Who may not is told what somebody is
told who asks for an entry that does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date
from typing import Any
from zoneinfo import ZoneInfo

from datumline.domain.evidence.acts import RIGHT, Act, is_possible
from datumline.domain.evidence.body import REASON, fields_of
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Dimension, Entry, EntryId, Seen, Tag
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import check_draft
from datumline.domain.evidence.receipt import Receipt
from datumline.domain.evidence.threads import Thread, thread_of
from datumline.domain.evidence.writing import BY_HAND
from datumline.domain.improvement.audience import audience_of
from datumline.domain.people.access import Thing
from datumline.domain.people.access_rules import noun_of
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.access import absent
from datumline.services.ledger import append
from datumline.services.visit import Visit
from datumline.store.keys import entry_under
from datumline.store.ledger import by_id, entries

ID = re.compile(r"[0-9a-f]{64}")
MOVED = "the entry no longer stands"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says about somebody, before the ledger gives it a place and a time.

    The words are those of `Entry`; `private` keeps it a note of the author's own.
    """

    kind: Kind
    occurred_on: date
    title: str = ""
    text: str = ""
    links: tuple[str, ...] = ()
    seen: Seen | None = None
    principles: tuple[str, ...] = ()
    dimension: Dimension | None = None
    concern: str | None = None
    tag: Tag | None = None
    remediation: str | None = None
    remediated_on: date | None = None
    amounts: Mapping[str, Json | date] = field(default_factory=dict)
    private: bool = False


def thing_of(entry: Entry) -> Thing:
    """An entry, as the access matrix asks about it."""
    return Thing(
        noun=noun_of(entry.audience.value, entry.kind.value),
        subject=entry.subject,
        author=entry.author,
        recorded_on=entry.recorded_at.date(),
    )


def found(asked: Visit, wanted: EntryId) -> Thread | None:
    """An entry with all that was written about it; None when there is none that the one who asks may read."""
    known = by_id([wanted]) if ID.fullmatch(wanted) else []
    readable = asked.gate.readable_entries(known)
    if not readable:
        return None
    entry = readable[0]
    subjects = asked.chart.known_as(entry.subject) if entry.subject else ("",)
    stream = [
        each
        for each in entries(subjects=subjects, audiences=(entry.audience,))
        if each.stream == entry.stream
    ]
    return thread_of(entry, asked.gate.readable_entries(stream))


def may(asked: Visit, act: Act, thread: Thread) -> bool:
    """Whether the access matrix lets the one who asks do this, whatever state the matter is in."""
    if thread.entry.subject is None:
        return False
    if act in {Act.GRANT, Act.DECLINE}:
        return _may_answer(asked, thread)
    allowed = asked.gate.asks(RIGHT[act], thing_of(thread.entry)).allowed
    if act is Act.PUBLISH:
        return allowed and thread.entry.audience is Audience.PRIVATE and _may_write_shared(asked, thread)
    return allowed


def _may_answer(asked: Visit, thread: Thread) -> bool:
    """A request is answered by who may approve that the named entry's words are struck."""
    if thread.entry.kind is not Kind.REDACTION_REQUEST:
        return False
    named = by_id([thread.entry.ref or ""])
    return bool(named) and asked.gate.asks(Verb.APPROVE, thing_of(named[0])).allowed


def _may_write_shared(asked: Visit, thread: Thread) -> bool:
    noun = noun_of(Audience.SHARED.value, thread.entry.kind.value)
    return asked.gate.allows(Verb.WRITE, noun, thread.entry.subject, author=asked.context.actor.author)


def acts_on(asked: Visit, thread: Thread) -> tuple[Act, ...]:
    """What the one who asks can do about the entry now."""
    if thread.entry.kind is Kind.REDACTION_REQUEST and not _waits(thread):
        return ()
    return tuple(act for act in Act if is_possible(act, thread) and may(asked, act, thread))


def _waits(request: Thread) -> bool:
    """Whether a request to strike words has not been granted yet."""
    (named,) = by_id([request.entry.ref or ""])
    fields = request.entry.amounts.get("fields")
    return isinstance(fields, list) and not set(named.redacted).issuperset(map(str, fields))


def sent(asked: Visit, key: str) -> EntryId | None:
    """What the one who asks wrote under a key already, if anything."""
    return entry_under(asked.context.actor.author, key)


def to_act(asked: Visit, wanted: EntryId, act: Act, key: str) -> Thread:
    """The matter, for an act on it. Raises Problem: absent without the right, and when it is too late.

    A request that was sent before is not too late: it gets the same answer again.
    """
    thread = found(asked, wanted)
    if thread is None or not may(asked, act, thread):
        raise absent("such entry")
    if not is_possible(act, thread) and sent(asked, key) is None:
        raise Problem(MOVED if not thread.stands else f"nothing to {act}", expected="another act, or none")
    return thread


def kinds_for(asked: Visit, about: PersonId) -> tuple[Kind, ...]:
    """The kinds that the one who asks may write about somebody; none for a person that they may not see."""
    if about not in asked.chart.people:
        return ()
    return tuple(
        kind
        for kind in BY_HAND
        if any(may_write(asked, about, Audience(each), kind) for each in ("shared", "private"))
    )


def may_write(asked: Visit, about: PersonId, audience: Audience, kind: Kind) -> bool:
    """Whether the one who asks may write this kind about somebody for this audience."""
    noun = noun_of(audience.value, kind.value)
    seen = noun is Noun.PRIVATE_NOTE or asked.sees(about, Noun.ENTRY)
    return seen and asked.gate.allows(Verb.WRITE, noun, about, author=asked.context.actor.author)


def latest_day(asked: Visit, about: PersonId | None) -> date:
    """The latest day on which something can have happened: today, where the writer or the person is.

    A demo has one day for everybody.
    """
    if asked.context.demo:
        return asked.context.today
    people = asked.chart.people
    zones = (people[each].zone for each in (asked.me, about) if each and each in people)
    now = asked.context.clock().astimezone(UTC)
    return max(asked.context.today, *(now.astimezone(ZoneInfo(zone)).date() for zone in ("UTC", *zones)))


def draft_of(asked: Visit, about: PersonId, said: Said, *, key: str | None = None) -> Draft:
    """What would be written, and for whom to read. Raises Problem without the right to write it."""
    audience = audience_of(said.kind, said.amounts, private=said.private)
    if about not in asked.chart.people or not may_write(asked, about, audience, said.kind):
        raise absent("such person")
    return Draft(
        kind=said.kind,
        author=asked.context.actor.author,
        subject=about,
        audience=audience,
        key=key,
        **_words(said),
    )


def look(asked: Visit, *, about: PersonId, said: Said) -> Draft:
    """What would be written, checked like the real thing, and not written. Raises Problem."""
    draft = draft_of(asked, about, said)
    check_draft(draft, asked.context.clock())
    fields_of(draft)
    return draft


def write(asked: Visit, *, about: PersonId, said: Said, key: str) -> Receipt:
    """Append an entry; the same key again gives the same receipt. Raises Problem."""
    (receipt,) = append(asked.context, [draft_of(asked, about, said, key=key)])
    return receipt


def correct(asked: Visit, *, entry: EntryId, said: Said, reason: str, key: str) -> Receipt:
    """Replace all that an entry says, with a reason. It keeps its readers. Raises Problem."""
    thread = to_act(asked, entry, Act.CORRECT, key)
    words = _words(said)
    words["amounts"] = {**words["amounts"], REASON: reason}
    return _append(asked, thread, said.kind, key, ref=thread.entry.id, **words)


def retract(asked: Visit, *, entry: EntryId, reason: str, key: str) -> Receipt:
    """Take an entry out of all verdicts and figures; or withdraw a dispute or a request. Raises Problem."""
    thread = to_act(asked, entry, Act.RETRACT, key)
    return _append(asked, thread, Kind.RETRACTION, key, ref=thread.entry.id, amounts={REASON: reason})


def dispute(asked: Visit, *, entry: EntryId, reason: str, key: str) -> Receipt:
    """Say that an entry is wrong; that travels with it wherever it is shown. Raises Problem."""
    thread = to_act(asked, entry, Act.DISPUTE, key)
    return _append(asked, thread, Kind.DISPUTE, key, ref=thread.entry.id, amounts={REASON: reason})


def acknowledge(asked: Visit, *, entry: EntryId, key: str) -> Receipt:
    """Say that one has read an entry, which is not to agree with it. Raises Problem."""
    thread = to_act(asked, entry, Act.ACKNOWLEDGE, key)
    return _append(asked, thread, Kind.ACKNOWLEDGEMENT, key, ref=thread.entry.id)


def reply(asked: Visit, *, entry: EntryId, text: str, key: str) -> Receipt:
    """Answer an entry in one's own words. Raises Problem."""
    thread = to_act(asked, entry, Act.REPLY, key)
    return _append(asked, thread, Kind.REPLY, key, text=text, amounts={"to": thread.entry.id})


def publish(asked: Visit, *, entry: EntryId, said: Said, key: str) -> Receipt:
    """Write what a private note says for the person to read, as of today; the note is put away.

    Raises Problem. Nobody else learns that there was a note, or since when.
    """
    thread = to_act(asked, entry, Act.PUBLISH, key)
    subject = str(thread.entry.subject)
    shared = draft_of(asked, asked.chart.same_as.get(subject, subject), said, key=key)
    away = _draft(
        asked,
        thread,
        Kind.RETRACTION,
        f"{key}-note",
        ref=thread.entry.id,
        amounts={REASON: f"published on {asked.context.today}"},
    )
    return append(asked.context, [shared, away])[0]


def said_by(entry: Entry) -> Said:
    """What an entry says, for a form that replaces or repeats it."""
    return Said(
        kind=entry.kind,
        occurred_on=entry.occurred_on,
        title=entry.title,
        text=entry.text,
        links=entry.links,
        seen=entry.seen,
        principles=entry.principles,
        dimension=entry.dimension,
        concern=entry.concern,
        tag=entry.tag,
        remediation=entry.remediation,
        remediated_on=entry.remediated_on,
        amounts={name: value for name, value in entry.amounts.items() if name != REASON},
        private=entry.audience is Audience.PRIVATE,
    )


def _words(said: Said) -> dict[str, Any]:
    return {
        name: getattr(said, name)
        for name in (
            "occurred_on",
            "title",
            "text",
            "links",
            "seen",
            "principles",
            "dimension",
            "concern",
            "tag",
            "remediation",
            "remediated_on",
            "amounts",
        )
    }


def _append(asked: Visit, thread: Thread, kind: Kind, key: str, **said: Any) -> Receipt:
    (receipt,) = append(asked.context, [_draft(asked, thread, kind, key, **said)])
    return receipt


def _draft(asked: Visit, thread: Thread, kind: Kind, key: str, **said: Any) -> Draft:
    """A draft in the stream of the matter, by the one who asks, today unless it says another day."""
    return Draft(
        kind=kind,
        author=asked.context.actor.author,
        subject=thread.entry.subject,
        audience=thread.entry.audience,
        key=key,
        **({"occurred_on": asked.context.today} | said),
    )
