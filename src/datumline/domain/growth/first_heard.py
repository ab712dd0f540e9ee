"""Was it said before review day? What a review names and nobody shared before is first heard there (S4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from datumline.domain.clocks.deadline import day_in
from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import NO_EVIDENCE, Kind

REVIEWS = frozenset({Kind.FORMAL_REVIEW, Kind.QUARTERLY_REVIEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A concern that a review names, and since when the person could read of it; None: first heard there."""

    review: EntryId
    on: date
    concern: str
    since: date | None


def heard(entries: Iterable[Entry], *, zone: tzinfo = UTC) -> tuple[Heard, ...]:
    """Every concern of every review, in the order of the reviews; `entries` are what stands."""
    told = list(entries)
    return tuple(
        Heard(
            review=review.id,
            on=review.occurred_on,
            concern=concern,
            since=named_since(told, concern, before=review.occurred_on, zone=zone),
        )
        for review in sorted(told, key=lambda each: (each.occurred_on, each.recorded_at))
        if review.kind in REVIEWS
        for concern in concerns_of(review)
    )


def concerns_of(review: Entry) -> tuple[str, ...]:
    """The concerns that a review names."""
    listed = review.amounts.get("concerns")
    many = tuple(map(str, listed)) if isinstance(listed, list) else ()
    return tuple(dict.fromkeys(([review.concern] if review.concern else []) + list(many)))


def named_since(entries: Iterable[Entry], concern: str, *, before: date, zone: tzinfo = UTC) -> date | None:
    """The first day before that one on which the person could read of it in somebody else's words."""
    days = (
        max(entry.occurred_on, day_in(entry.shared_at, zone))
        for entry in entries
        if entry.concern == concern
        and entry.kind not in NO_EVIDENCE | REVIEWS
        and entry.author != entry.subject
        and entry.shared_at is not None
    )
    return min((day for day in days if day < before), default=None)
