"""A piece of evidence for a bar of the rubric, and a bar measured by its pieces."""

from __future__ import annotations

from dataclasses import dataclass

from datumline.domain.promotion.readiness_record import ReadyEntry
from datumline.domain.verdict import Answer, Pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One entry that speaks to a bar: how much it counts for, and whether it does.

    Pieces of one `group` count together; where there are several groups, the best one decides.
    """

    entry: ReadyEntry
    answer: Answer
    amount: int = 1
    group: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A bar, measured.

    `have` is how much counts for certain, `need` how much is asked for; both None where a person's assessment
    decides. `lacking` is how many more, all of them counting, a share asks for; 0 for a count.
    """

    answer: Answer
    because: tuple[Pointer, ...] = ()
    have: int | None = None
    need: int | None = None
    pieces: tuple[Piece, ...] = ()
    lacking: int = 0
