"""What can be read off a sentence of an answer beside its meaning: its form, its stance, its very words."""

from __future__ import annotations

import re
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.segmentation import words
from datumline.domain.language.stems import stem

LISTS = (
    "denied",
    "of_others",
    "preached",
    "waits",
    "at_once",
    "afterwards",
    "more_time",
    "not_better",
    "formal_words",
    "hr_words",
    "unspecific",
    "evidence_words",
    "told_privately",
    "conditional",
)
FORMS = ("first_person", "question", "figure", "figures", "quoted", "names_only", "short", "long", "listed")
NAMES = (*LISTS, *FORMS)
SLOTS = 4096  # into which single words and pairs of words fall
SHORT, LONG, LISTED, MOST_NAME = 7, 30, 3, 4
_FIRST = re.compile(r"\b(?:I|I'd|I'll|I'm|I've|id|ill|im|we|we'd|we'll|my|me)\b", re.IGNORECASE)
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|forty|sixty|ninety)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"]{6,}\"")
_SAYING = re.compile(r"\b(?:\w+(?:'d|'ll|'m|'re|'ve|n't)|is|are|was|were|be|do|does|did|has|have|had|will|would|should|can|could|must|may|might|need|needs|get|gets|got|make|makes|tell|ask|say|give|set|see|look|go|\w+ed)\b", re.IGNORECASE)  # fmt: skip
_PART = re.compile(r"[,;/&]|\band\b|\bor\b", re.IGNORECASE)

Row = NDArray[np.float32]


class Cues:
    """Reads cues with the words of one pack."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._searches = {
            name: lexicon.search(name if name in {"denied", "of_others"} else f"interview_{name}")
            for name in LISTS
        }

    def row(self, text: str) -> Row:
        """The cues of `NAMES`, then `SLOTS` places for words and pairs of words."""
        hits = [float(search.search(text) is not None) for search in self._searches.values()]
        return np.array([*hits, *_forms(text), *_slots(text)], dtype=np.float32)


def only_names(text: str) -> bool:
    """Whether a text names things and says nothing about them: a list of short names without a word of saying."""
    parts = [part.split() for part in _PART.split(text) if part.strip()]
    return len(parts) >= LISTED and max(map(len, parts)) <= MOST_NAME and _SAYING.search(text) is None


def _forms(text: str) -> list[float]:
    count = len(text.split())
    figures = len(_FIGURE.findall(text))
    parts = [part for part in _PART.split(text) if part.strip()]
    return [
        float(_FIRST.search(text) is not None),
        float("?" in text),
        float(figures > 0),
        float(figures > 1),
        float(_QUOTED.search(text) is not None),
        float(_SAYING.search(text) is None and len(parts) >= LISTED),
        float(count < SHORT),
        float(count > LONG),
        float(len(parts) > LISTED),
    ]


def _slots(text: str) -> Row:
    stems = [stem(word) for word in words(text)]
    row = np.zeros(SLOTS, dtype=np.float32)
    for token in (*stems, *(f"{one} {other}" for one, other in pairwise(stems))):
        row[crc32(token.encode()) % SLOTS] = 1.0
    held = float(row.sum())
    return row / np.float32(max(1.0, held) ** 0.5)
