"""Can somebody with this title sponsor a stretch project? Director and above can (reading 39)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from datumline.domain.verdict import Answer

_WORD = re.compile(r"[a-z0-9]+")


def can_sponsor(title: str, *, sponsors: Iterable[str], unclear: Iterable[str]) -> Answer:
    """Met for a title that holds one of `sponsors`; else unknown for one of `unclear`; else not met.

    A listed title is found by its words, in order: "Chief Officer" is found in "Chief Technology Officer".
    What follows a "to" is somebody else's title: an assistant to a director is none.
    """
    words = list(takewhile(lambda word: word != "to", _WORD.findall(title.casefold())))
    if any(_holds(words, each) for each in sponsors):
        return Answer.MET
    return Answer.UNKNOWN if any(_holds(words, each) for each in unclear) else Answer.NOT_MET


def _holds(words: list[str], listed: str) -> bool:
    """Whether the listed words stand in the title in their order, others between them or not."""
    left = iter(words)
    return all(word in left for word in _WORD.findall(listed.casefold()))
