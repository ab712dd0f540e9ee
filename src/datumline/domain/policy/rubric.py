"""What a level asks for: dimensions, each with the bars that make it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ASSESSED = "assessed"  # in place of a parameter: a named person answers the bar
DIMENSIONS = ("scope", "impact", "leverage", "artifacts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """The bars of one level.

    Attributes:
        level: the level's id among the pack's levels.
        called: other names for it, such as "Staff".
        bars: for each of `DIMENSIONS`, condition ids of the table `readiness` with the parameter that each is
            measured by; None where a named person's assessment decides.
        command_counts: whether commanding an incident of the top severity counts as a document and as
            direction that was followed.
        reference: where it comes from.
    """

    level: str
    called: tuple[str, ...]
    bars: Mapping[str, Mapping[str, str | None]]
    command_counts: bool
    reference: str

    def named(self, words: str) -> bool:
        """Whether somebody who writes `words` means this level."""
        wanted = " ".join(words.casefold().split())
        return wanted in {name.casefold() for name in (self.level, *self.called)}
