"""An entry: one dated piece of evidence, as it stands in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from datumline.domain.citation import EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId
from datumline.domain.verdict import Json

__all__ = ["Audience", "Dimension", "Entry", "EntryId", "Seen", "StreamId", "Tag"]

StreamId = str  # 128 random bits, 32 hex digits


class Audience(StrEnum):
    """Who reads a stream. One stream has one audience, so that no gap in it betrays a hidden draft."""

    SHARED = "shared"  # the engineer reads all of it
    CASE = "case"  # unissued plan work: manager and HR partner
    PANEL = "panel"
    PRIVATE = "private"  # one author's own working notes
    ORGANISATION = "organisation"  # packs, cycles, approvals, keys
    SESSION = "session"


class Seen(StrEnum):
    """How first-hand an entry is."""

    OBSERVED = "observed"  # by the author
    ARTIFACT = "artifact"  # speaks for itself
    REPORTED = "reported"  # by a peer


class Tag(StrEnum):
    """Where the matter stands (S0)."""

    IN_PROGRESS = "in-progress"
    RESOLVED = "resolved"
    ESCALATED = "escalated"


class Dimension(StrEnum):
    """The four dimensions of a level rubric."""

    SCOPE = "scope"
    IMPACT = "impact"
    LEVERAGE = "leverage"
    ARTIFACTS = "artifacts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry, read back. What a redaction took is None, and `redacted` names the fields.

    Attributes:
        id: hash of its header.
        ref: the entry of the same stream that it corrects, retracts, disputes, acknowledges or redacts.
        stream, seq, audience: where it stands.
        subject: whom it is about; None in the organisation's and sessions' streams.
        author: person id, or the source's name (`git:billing`) for what a connector wrote.
        occurred_on: when it happened, said by a person or a source.
        recorded_at: when it was written, said by the ledger alone (aware, UTC, microseconds).
        shared_at: since when the subject could read it; None if they cannot. In a `shared` stream it is
            `recorded_at`.
        source: `""` for a person's entry, else `connector:external id`; unique within a stream.
        amounts: the amount fields of its kind (see `kinds.AMOUNTS`), dates as `date`, decimals as text.
    """

    id: EntryId
    stream: StreamId
    seq: int
    audience: Audience
    kind: Kind
    subject: PersonId | None
    author: str
    occurred_on: date
    recorded_at: datetime
    shared_at: datetime | None
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
    source: str = ""
    ref: EntryId | None = None
    redacted: tuple[str, ...] = ()
    amounts: Mapping[str, Json | date] = field(default_factory=dict)
