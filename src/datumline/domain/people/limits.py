"""How long rights last that end by themselves: the policy pack's numbers, as the access rules need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

NOTHING = timedelta(days=-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Where nobody said how long, nothing lasts.

    Attributes:
        former_manager: for how long a former manager reads own entries, from the first day of the new line
            (M2, `access.former_manager`).
        private_note: for how long a private note that was not published can be read (M12,
            `access.private_note`).
    """

    former_manager: timedelta = NOTHING
    private_note: timedelta = NOTHING
