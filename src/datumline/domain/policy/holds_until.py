"""When time alone gives another outcome: same facts, same knowledge, a later `as_of`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from datumline.domain.policy.pack import Policy


def turns(
    *, after: date, days: Iterable[date], outcome: str, outcome_on: Callable[[date], str]
) -> dict[str, date]:
    """For every other outcome that time alone gives, the first day after `after` on which it does.

    The earliest of them is how long the verdict holds. The table proposes the days, and owes every one on
    which one of its answers can turn.
    """
    first: dict[str, date] = {}
    for day in sorted({day for day in days if day > after}):
        found = outcome_on(day)
        if found != outcome:
            first.setdefault(found, day)
    return first


def new_values(policy: Policy, keys: Iterable[str | None], after: date) -> Iterator[date]:
    """The later days on which one of these parameters takes a new value."""
    for key in keys:
        if key is not None:
            yield from (dated.start for dated in policy.parameter(key).values if dated.start > after)
