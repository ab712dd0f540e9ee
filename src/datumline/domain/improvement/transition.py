"""A managed move: direct, kind and dated, inside with a receiving manager or outside with a runway (S4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from datumline.domain.evidence.entry import Entry
from datumline.domain.improvement.case_events import Event, day_said, events
from datumline.domain.policy.pack import Policy

A_WEEK = timedelta(days=7)


class Path(StrEnum):
    """Where a move leads."""

    INTERNAL = "internal"
    EXTERNAL = "external"


CLOCKS = {Path.INTERNAL: "transition.internal", Path.EXTERNAL: "transition.external"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One offer of a move.

    Attributes:
        offer: the entry; `closing` the one that says how it ended.
        path: inside or outside; `beside` names the receiving manager, or who gives the reference.
        starts, due: its first day, and the last day of its clock.
    """

    concern: str | None
    offer: Entry
    path: Path
    beside: str
    starts: date
    due: date
    closing: Entry | None

    def overdue(self, as_of: date) -> bool:
        """Whether its clock has ended and nobody said how it ended."""
        return self.closing is None and as_of > self.due


def transition_due(path: Path, starts: date, policy: Policy) -> date:
    """The last day of a move's clock."""
    return starts + policy.whole(CLOCKS[path], starts) * A_WEEK


def transitions(entries: Iterable[Entry], policy: Policy) -> tuple[Transition, ...]:
    """Every move that was offered, oldest first."""
    stand = tuple(entries)
    closings = list(events(stand, Event.TRANSITION_CLOSED))
    found = []
    for offer in events(stand, Event.TRANSITION_OFFERED):
        path = Path(str(offer.amounts.get("outcome", Path.INTERNAL)))
        starts = day_said(offer, "on") or offer.occurred_on
        found.append(
            Transition(
                concern=offer.concern,
                offer=offer,
                path=path,
                beside=str(offer.amounts.get("because", "")),
                starts=starts,
                due=transition_due(path, starts, policy),
                closing=next((each for each in closings if each.amounts.get("plan") == offer.id), None),
            )
        )
    return tuple(found)
