"""Was an entry written late? By the calendar of the person it is about (law 1)."""

from __future__ import annotations

from datetime import date, timedelta, tzinfo

from datumline.domain.evidence.entry import Entry


def days_late(entry: Entry, after: timedelta, zone: tzinfo, *, since: date | None = None) -> int | None:
    """Days between happening and writing, when they are more than `after`; else None.

    `since` is a later day to count from, such as the due date of what was missed.
    """
    happened = entry.occurred_on if since is None else max(since, entry.occurred_on)
    lag = entry.recorded_at.astimezone(zone).date() - happened
    return lag.days if lag > after else None
