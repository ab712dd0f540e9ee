"""Striking words out of an entry: one person asks, another grants or declines; one alone waits (law 11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from datumline.domain.evidence.acts import Act
from datumline.domain.evidence.draft import Draft, KeyTaken
from datumline.domain.evidence.entry import EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Receipt
from datumline.domain.evidence.redaction import Asked, Basis, alone_from, asked_for, strikable, to_strike
from datumline.domain.evidence.threads import Thread
from datumline.domain.people.access_words import Noun
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.access import absent, note_reading
from datumline.services.entries import found, sent, to_act
from datumline.services.ledger import append, receipt_of_entry
from datumline.services.policy import active_policy
from datumline.services.visit import Visit
from datumline.store.keys import entry_under
from datumline.store.ledger import by_id


class OwnRequestError(PermissionError):
    """Somebody tried to grant what they asked for themselves."""


def ask(asked: Visit, *, entry: EntryId, fields: Sequence[str], basis: Basis, key: str) -> Receipt:
    """Ask that the words of some fields be struck. Raises Problem."""
    thread = to_act(asked, entry, Act.REDACT, key)
    strange = sorted(set(fields) - set(strikable(thread.entry)))
    if (strange or not fields) and sent(asked, key) is None:
        raise Problem(f"no words in {', '.join(strange) or 'nothing'}", where="fields", expected="some words")
    draft = Draft(
        kind=Kind.REDACTION_REQUEST,
        author=asked.context.actor.author,
        subject=thread.entry.subject,
        audience=thread.entry.audience,
        occurred_on=asked.context.today,
        ref=thread.entry.id,
        key=key,
        amounts={"fields": list(fields), "basis": basis.value},
    )
    return append(asked.context, [draft])[0]


def grant(asked: Visit, *, request: EntryId, key: str) -> Receipt:
    """Strike the words that were asked for, in the entry and in its corrections. Raises Problem.

    Raises OwnRequestError for who asked for it; a person alone may, when the policy's wait is over.
    """
    thread = to_act(asked, request, Act.GRANT, key)
    done = _granted_under(asked, thread, key)
    if done is not None:
        return receipt_of_entry(asked.context, done)
    alone = _alone(asked, thread)
    about, wanted = _matter(asked, thread)
    strike = list(to_strike(about, wanted))
    if not strike:
        raise Problem("these words are struck already", expected="words that are still there")
    drafts = [
        Draft(
            kind=Kind.REDACTION,
            author=thread.entry.author,
            subject=entry.subject,
            audience=entry.audience,
            occurred_on=asked.context.today,
            ref=entry.id,
            key=f"{key}-{number}",
            amounts=_said(asked, fields, wanted.basis, alone=alone),
        )
        for number, (entry, fields) in enumerate(strike)
    ]
    return append(asked.context, drafts)[0]


def _granted_under(asked: Visit, request: Thread, key: str) -> EntryId | None:
    """What was struck under a key already. Raises KeyTaken when that was for another request."""
    done = entry_under(request.entry.author, f"{key}-0")
    if done is None:
        return None
    about = found(asked, request.entry.ref or "")
    if about is None or by_id([done])[0].ref not in {each.id for each in about.line}:
        raise KeyTaken(key, done)
    return done


def _said(asked: Visit, fields: Sequence[str], basis: str, *, alone: bool) -> dict[str, Json | date]:
    said: dict[str, Json | date] = {
        "fields": list(fields),
        "basis": basis,
        "approved_by": asked.context.actor.author,
    }
    return said | {"alone": True} if alone else said


def decline(asked: Visit, *, request: EntryId, reason: str, key: str) -> Receipt:
    """Leave the words as they are, with a reason. Raises Problem."""
    thread = to_act(asked, request, Act.DECLINE, key)
    draft = Draft(
        kind=Kind.RETRACTION,
        author=asked.context.actor.author,
        subject=thread.entry.subject,
        audience=thread.entry.audience,
        occurred_on=asked.context.today,
        ref=thread.entry.id,
        key=key,
        amounts={"reason": reason},
    )
    return append(asked.context, [draft])[0]


def grantable_from(asked: Visit, thread: Thread) -> datetime:
    """From when on a person alone may grant their own request."""
    hours = active_policy(asked.context).whole("access.second_person_wait", asked.context.today)
    return alone_from(Asked(request=thread.entry, fields=(), basis=""), timedelta(hours=hours))


def _alone(asked: Visit, thread: Thread) -> bool:
    """Whether the one who grants asked for it themselves, and may. The attempt of others leaves a trace."""
    context = asked.context
    if thread.entry.author != context.actor.author:
        return False
    if not context.actor.operator:
        note_reading(context, str(thread.entry.subject), Noun.ENTRY, "tried to grant an own request")
        raise OwnRequestError
    first = grantable_from(asked, thread)
    if context.clock() < first:
        raise Problem(
            "a person alone waits before words are struck", expected=f"{first:%Y-%m-%d %H:%M} UTC or later"
        )
    return True


def _matter(asked: Visit, thread: Thread) -> tuple[Thread, Asked]:
    """What the request is about, and the request as it waits."""
    named = by_id([thread.entry.ref or ""])
    about = found(asked, named[0].id) if named else None
    if about is None:
        raise absent("such entry")
    waiting = [each for each in asked_for(about) if each.request.id == thread.entry.id]
    if not waiting:
        raise Problem("this request was answered already", expected="one that still waits")
    return about, waiting[0]
