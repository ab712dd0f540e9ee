"""One entry: all that it says, what was written about it since, and its place in the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from datumline.domain.evidence.acts import Act
from datumline.domain.evidence.entry import Audience, Entry, EntryId
from datumline.domain.evidence.kinds import FRAME, VERBS, Kind
from datumline.domain.evidence.redaction import asked_for
from datumline.domain.evidence.threads import NAMED_BY, Thread
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import short_day_words
from datumline.domain.signals.commitments import commitments_of
from datumline.domain.verdict import Json
from datumline.services.entries import acts_on, found
from datumline.services.feedback import LOOKED_AT, agreed_of, may_check
from datumline.services.pages.cards import EntryRow
from datumline.services.pages.entry_rows import (
    SEEN,
    Reading,
    author_words,
    entry_row,
    headline,
    kind_words,
    principle_name,
    told_by,
)
from datumline.services.pages.readings import note_once
from datumline.services.policy import active_policy
from datumline.services.visit import Visit

CORRECTED = "A later entry corrects this one and stands for it."
RETRACTED = "This entry was retracted: no verdict reads it."
BEFORE = "what it said before"
STRUCK = "redacted"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """Something that was written about the entry later."""

    id: EntryId
    kind: str
    written: datetime
    text: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """The page.

    Attributes:
        standing: why the entry no longer stands, if it does not; `now` is the entry that stands instead.
        acts: what the one who asks can do about it.
        asked_to_strike: requests to strike words that wait for an answer.
        names: the entry that this one is about, for a dispute, a reply or a request.
        expires: the day after which a private note is gone; None for everything else.
        agreed: the day on which a note is looked at again, and what came of it; `checks` whether the
            one who asks may say so.
        fields: everything else that it says, by name.
        place: where it stands in the ledger, by name.
    """

    row: EntryRow
    subject: PersonId | None
    subject_name: str
    standing: str
    now: EntryId
    acts: tuple[Act, ...]
    asked_to_strike: tuple[EntryId, ...]
    names: EntryId
    expires: date | None
    agreed: tuple[date, str] | None
    checks: bool
    fields: tuple[tuple[str, str], ...]
    history: tuple[HistoryLine, ...]
    place: tuple[tuple[str, str], ...]


def entry_page(asked: Visit, wanted: EntryId) -> EntryPage | None:
    """The page of an entry; None when there is none that the one who asks may read."""
    thread = found(asked, wanted)
    if thread is None:
        return None
    entry, stream, at = thread.entry, (*thread.line, *thread.since), asked.context.at()
    if entry.subject is not None:
        note_once(asked, entry.subject, Noun.ENTRY, "entry page")
    reading = Reading(
        policy=active_policy(asked.context),
        on=asked.context.today,
        disputes={each.id: thread.said(Kind.DISPUTE) for each in thread.line},
        commitments=told_by(commitments_of(_told(asked, thread), at)),
        names=asked.names,
    )
    return EntryPage(
        row=entry_row(entry, reading),
        subject=entry.subject,
        subject_name=asked.name_of(entry.subject),
        standing=_standing(thread),
        now="" if thread.stands or thread.retracted else thread.last.id,
        acts=acts_on(asked, thread),
        asked_to_strike=tuple(each.request.id for each in asked_for(thread)),
        names=_named(entry),
        expires=_expires(asked, entry),
        agreed=_agreed(asked, thread, reading.policy),
        checks=thread.stands and may_check(asked, thread),
        fields=tuple(_fields(entry, asked, reading.policy)),
        history=tuple(_history(thread, stream, asked)),
        place=_place(entry),
    )


def _agreed(asked: Visit, thread: Thread, policy: Policy) -> tuple[date, str] | None:
    """What was agreed about a note, and what came of it."""
    told = agreed_of(asked, thread) if thread.entry.kind in LOOKED_AT else None
    if told is None:
        return None
    return told.on, policy.phrases.say(f"outcome.{told.outcome}") if told.outcome else ""


def _told(asked: Visit, thread: Thread) -> Sequence[Entry]:
    """The entries among which a promise is told: the thread of a delivery does not hold it."""
    promise = thread.entry.amounts.get("commitment")
    other = found(asked, str(promise)) if promise else None
    more = (*other.line, *other.since) if other else ()
    return (*thread.line, *thread.since, *more)


def _standing(thread: Thread) -> str:
    if thread.entry.kind in FRAME or thread.stands:
        return ""
    return RETRACTED if thread.retracted else CORRECTED


def _named(entry: Entry) -> EntryId:
    said = (entry.ref if entry.kind in VERBS else None, *(entry.amounts.get(name) for name in NAMED_BY))
    return next((str(each) for each in said if each), "")


def _expires(asked: Visit, entry: Entry) -> date | None:
    """Private notes last for the policy's days and no longer (M12)."""
    private = entry.audience is Audience.PRIVATE
    return entry.recorded_at.date() + asked.gate.relations.limits.private_note if private else None


def _fields(entry: Entry, asked: Visit, policy: Policy) -> Iterator[tuple[str, str]]:
    """Every field that says something, in plain words; what was struck is named."""
    said: dict[str, object] = {
        "Text": entry.text,
        "How first-hand": SEEN[entry.seen] if entry.seen else "",
        "Concern": entry.concern or "",
        "State": (entry.tag or "").replace("-", " "),
        "Principles": ", ".join(principle_name(each, policy) for each in entry.principles),
        "Dimension": entry.dimension or "",
        "Remediation": entry.remediation or "",
        "Remediated on": entry.remediated_on or "",
        "Author": author_words(entry.author, asked.names),
        "Source": entry.source,
    }
    shown = {name: value for name, value in entry.amounts.items() if name not in NAMED_BY}  # a link says it
    for name, value in shown.items():
        said[name.replace("_", " ").capitalize()] = _amount(value, asked)
    yield from ((name, _plain(value)) for name, value in said.items() if value not in ("", None))
    yield from ((name.replace("_", " ").capitalize(), STRUCK) for name in entry.redacted)


def _amount(value: Json | date, asked: Visit) -> Json | date:
    return asked.name_of(value) or value if isinstance(value, str) else value


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return short_day_words(value)
    if isinstance(value, dict):
        return "\n".join(
            f"{str(name).replace('_', ' ').replace('-', ' ')}: {_inner(each)}" for name, each in value.items()
        )
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _inner(value: object) -> str:
    """A part of a document in one line."""
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_inner(each)}" for name, each in value.items())
    return "; ".join(map(_inner, value)) if isinstance(value, list) else _plain(value)


def _history(thread: Thread, stream: Sequence[Entry], asked: Visit) -> Iterator[HistoryLine]:
    """Everything else about the matter, oldest first."""
    earlier = {each.id for each in thread.line if each.recorded_at < thread.entry.recorded_at}
    for each in sorted({one.id: one for one in stream}.values(), key=lambda later: later.recorded_at):
        if each.id != thread.entry.id:
            yield HistoryLine(
                id=each.id,
                kind=BEFORE if each.id in earlier else _verb(each),
                written=each.recorded_at,
                text=str(each.amounts.get("reason") or each.text or headline(each, {})),
                author=author_words(each.author, asked.names),
            )


def _verb(entry: Entry) -> str:
    corrects = entry.ref is not None and entry.kind not in VERBS
    return "correction" if corrects else kind_words(entry.kind)


def _place(entry: Entry) -> tuple[tuple[str, str], ...]:
    return (
        ("Entry", entry.id),
        ("Stream", entry.stream),
        ("Position", str(entry.seq)),
        ("Recorded at", entry.recorded_at.isoformat()),
    )
