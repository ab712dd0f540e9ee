"""One person's standing entries, grouped once for all signals of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import NO_EVIDENCE, Kind
from datumline.domain.evidence.ledger import known, originals, standing
from datumline.domain.period import AsOf, Window, last_days
from datumline.domain.signals.commitments import Commitment, WasManager, folded
from datumline.domain.signals.measures import Measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What signals are computed from.

    Attributes:
        window, before: the sliding window that ends on the day asked about, and the one before it.
        kinds: the entries of each kind, oldest first.
        evidence: all entries about the work, oldest first.
        review_day: the review day that recency is measured up to; None when no review is near.
        zone: the engineer's own, for the day on which something was written.
    """

    at: AsOf
    measures: Measures
    window: Window
    before: Window
    kinds: Mapping[Kind, tuple[Entry, ...]]
    evidence: tuple[Entry, ...]
    commitments: tuple[Commitment, ...]
    review_day: date | None
    zone: tzinfo

    def of(self, kind: Kind, window: Window | None = None) -> tuple[Entry, ...]:
        """The entries of one kind; with a window, those that happened in it."""
        entries = self.kinds.get(kind, ())
        return entries if window is None else tuple(entry for entry in entries if entry.occurred_on in window)


def record_of(  # noqa: PLR0913 - the whole question: whose entries, measured how, when, by whose calendar
    entries: Iterable[Entry],
    measures: Measures,
    at: AsOf,
    *,
    was_manager: WasManager,
    review_day: date | None = None,
    zone: tzinfo = UTC,
) -> Record:
    """Work out what stands on that day, and group it. Entries as the ledger keeps them, in any order."""
    written = known(entries, at)
    ordered = sorted(
        standing(written, at), key=lambda entry: (entry.occurred_on, entry.recorded_at, entry.id)
    )
    grouped: dict[Kind, list[Entry]] = defaultdict(list)
    for entry in ordered:
        grouped[entry.kind].append(entry)
    window = last_days(measures.window_days, until=at.as_of)
    return Record(
        at=at,
        measures=measures,
        window=window,
        before=window.before,
        kinds={kind: tuple(each) for kind, each in grouped.items()},
        evidence=tuple(entry for entry in ordered if entry.kind not in NO_EVIDENCE),
        commitments=folded(ordered, originals(written), at.as_of, was_manager),
        review_day=review_day,
        zone=zone,
    )
