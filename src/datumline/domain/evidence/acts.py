"""What can be done about an entry, by which right, and whether it still can be.

Who has the right is for the access matrix to say (`people.access`); here is only what the matter allows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import FRAME, Kind
from datumline.domain.evidence.redaction import asked_for, strikable
from datumline.domain.evidence.threads import Thread
from datumline.domain.people.access_words import Verb


class Act(StrEnum):
    """An act on one entry."""

    ACKNOWLEDGE = "acknowledge"
    REPLY = "reply"
    DISPUTE = "dispute"
    PUBLISH = "publish"
    CORRECT = "correct"
    RETRACT = "retract"
    REDACT = "redact"
    GRANT = "grant"
    DECLINE = "decline"


RIGHT: Mapping[Act, Verb] = {
    Act.ACKNOWLEDGE: Verb.ACKNOWLEDGE,
    Act.REPLY: Verb.REPLY,
    Act.DISPUTE: Verb.DISPUTE,
    Act.PUBLISH: Verb.AMEND,
    Act.CORRECT: Verb.AMEND,
    Act.RETRACT: Verb.AMEND,
    Act.REDACT: Verb.REDACT,
    Act.GRANT: Verb.APPROVE,
    Act.DECLINE: Verb.APPROVE,
}
WITHDRAWN = frozenset({Kind.DISPUTE, Kind.ACKNOWLEDGEMENT, Kind.REDACTION_REQUEST})  # verbs to be taken back


# What two people agreed on, or one decided for good reason: another version of it is an entry of its own.
LOCKED = frozenset({Kind.PLAN_EVENT, Kind.DIAGNOSIS})


def is_possible(act: Act, thread: Thread) -> bool:
    """Whether the matter is in a state in which the act says something."""
    if not thread.stands:
        return False
    return _POSSIBLE[act](thread)


def _evidence(thread: Thread) -> bool:
    return thread.entry.kind not in FRAME


def _free(thread: Thread) -> bool:
    return _evidence(thread) and thread.entry.kind not in LOCKED


def _words(thread: Thread) -> bool:
    return thread.entry.kind in WITHDRAWN - {Kind.REDACTION_REQUEST} or _evidence(thread)


def _shared(thread: Thread) -> bool:
    return thread.entry.audience is not Audience.PRIVATE


def _said_since(thread: Thread, kind: Kind) -> bool:
    return any(each.ref == thread.last.id for each in thread.said(kind))


_POSSIBLE: Mapping[Act, Callable[[Thread], bool]] = {
    Act.ACKNOWLEDGE: lambda it: _evidence(it) and not _said_since(it, Kind.ACKNOWLEDGEMENT),
    Act.REPLY: _evidence,
    Act.DISPUTE: lambda it: _evidence(it) and not it.said(Kind.DISPUTE),
    Act.PUBLISH: lambda it: _evidence(it) and not _shared(it),
    Act.CORRECT: _free,
    Act.RETRACT: lambda it: _free(it) or it.entry.kind in WITHDRAWN,
    Act.REDACT: lambda it: _words(it) and _shared(it) and bool(strikable(it.entry)) and not asked_for(it),
    Act.GRANT: lambda it: it.entry.kind is Kind.REDACTION_REQUEST,
    Act.DECLINE: lambda it: it.entry.kind is Kind.REDACTION_REQUEST,
}
