"""Which pack is in force: a fold over activations, so that past verdicts keep the pack of their day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from datumline.domain.period import AsOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """A pack put in force.

    Attributes:
        pack, version, digest: which pack; the digest names its whole content.
        effective_from: the first day for which it was meant.
        recorded_at: when the activation was written.
    """

    pack: str
    version: str
    digest: str
    effective_from: date
    recorded_at: datetime

    @property
    def starts(self) -> date:
        """The first day on which it is in force: never before the day on which it was recorded (law 1)."""
        return max(self.effective_from, self.recorded_at.astimezone(UTC).date())


def in_force(activations: Iterable[Activation], at: AsOf) -> Activation | None:
    """The activation that holds at `at`: the latest to start; of two for one day, the one written later.

    None when none had been recorded and started by then: the shipped pack holds.
    """
    known = (one for one in activations if one.recorded_at <= at.known_at and one.starts <= at.as_of)
    return max(known, key=lambda one: (one.starts, one.recorded_at), default=None)
