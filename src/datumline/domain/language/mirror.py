"""Do two texts ask for the same? A rubric and a job description, criterion by criterion.

What is said in the same words is shared, what means nearly the same stands side by side, and the rest is asked
for by one of the two only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datumline.domain.language.embedder import Embedder
from datumline.domain.language.head import PLACES
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.segmentation import sentences, words
from datumline.domain.language.stems import stem
from datumline.domain.problem import Problem

LEAST_WORDS = 2  # fewer are a heading
_HEADING = re.compile(r"\s*(?:#{1,6}\s+|\*\*[^*]+\*\*:?\s*$|[^.!?|]{1,60}:\s*$)")
_RULE = re.compile(r"[\s|:=-]+")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
_PARTS = re.compile(r";\s+|\s\u00b7\s|\s*\|\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Two criteria that mean nearly the same, and their cosine."""

    rubric: str
    jd: str
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrored:
    """What both ask for in the same words, what nearly, and what only one of them does; in the texts' order."""

    shared: tuple[str, ...]
    near: tuple[Near, ...]
    only_rubric: tuple[str, ...]
    only_jd: tuple[str, ...]


class Mirror:
    """Compares with one pack's words and one embedder."""

    def __init__(self, lexicon: Lexicon, embedder: Embedder) -> None:
        self._lexicon, self._embedder = lexicon, embedder
        self._sections = lexicon.search("mirror_other_sections")
        self._no_criteria = lexicon.search("mirror_no_criteria")
        self._opening = re.compile(rf"\W*(?:{lexicon.search('mirror_openings').pattern})\s+", re.IGNORECASE)
        self._common = frozenset(lexicon.words("common_words"))
        numbers = lexicon.table("mirror_numbers")
        self._near, self._same = float(numbers["near"]), float(numbers["same"])
        self._most = int(numbers["most"])

    def compare(self, rubric: str, jd: str) -> Mirrored:
        """The two texts side by side. Raises Problem for a text without a criterion, or with too many."""
        ours, theirs = self._criteria(rubric, "the rubric"), self._criteria(jd, "the job description")
        alike = self._cosines(ours, theirs)
        same, near = self._pairs(ours, theirs, alike)
        matched, mirrored = {a for a, _ in same + near}, {b for _, b in same + near}
        return Mirrored(
            shared=tuple(ours[a] for a, _ in sorted(same)),
            near=tuple(
                Near(rubric=ours[a], jd=theirs[b], similarity=round(float(alike[a, b]), PLACES))
                for a, b in sorted(near)
            ),
            only_rubric=tuple(one for place, one in enumerate(ours) if place not in matched),
            only_jd=tuple(one for place, one in enumerate(theirs) if place not in mirrored),
        )

    def _criteria(self, text: str, where: str) -> list[str]:
        found = list(dict.fromkeys(self._stated(text)))
        if not 1 <= len(found) <= self._most:
            raise Problem(
                f"{len(found)} criteria",
                where=where,
                expected=f"1 to {self._most}, a line or a sentence each",
            )
        return found

    def _stated(self, text: str) -> Iterator[str]:
        """Each criterion as it is written; headings and what is said of the company left out."""
        outside = False
        for line in text.splitlines():
            if not line.strip() or _RULE.fullmatch(line):
                continue
            if _HEADING.match(line):
                outside = self._sections.search(line) is not None
                continue
            if outside:
                continue
            for sentence in sentences(line, self._lexicon):
                for part in _PARTS.split(sentence.text):
                    said = part.strip(" \t|*_.")
                    if len(words(said)) >= LEAST_WORDS and self._no_criteria.search(said) is None:
                        yield said

    def _core(self, criterion: str) -> str:
        """A criterion without the words before it that any other could have too."""
        cut = self._opening.sub("", criterion, count=1)
        return cut if len(words(cut)) >= LEAST_WORDS else criterion

    def _cosines(self, ours: Sequence[str], theirs: Sequence[str]) -> NDArray[np.float64]:
        one, other = (self._embedder.embed([self._core(said) for said in each]) for each in (ours, theirs))
        alike: NDArray[np.float64] = np.asarray(one @ other.T, dtype=np.float64).round(4)
        return alike

    def _pairs(
        self, ours: Sequence[str], theirs: Sequence[str], alike: NDArray[np.float64]
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The pairs in the same words, and those that are near; the most alike first, each criterion once."""
        left, right = [self._bag(said) for said in ours], [self._bag(said) for said in theirs]
        ranked = sorted(
            (-_overlap(left[a], right[b]), -float(alike[a, b]), a, b)
            for a in range(len(ours))
            for b in range(len(theirs))
        )
        same: list[tuple[int, int]] = []
        for overlap, _, a, b in ranked:
            if -overlap >= self._same and _free(a, b, same) and _digits(ours[a]) == _digits(theirs[b]):
                same.append((a, b))
        near: list[tuple[int, int]] = []
        for cosine, a, b in sorted(
            (-float(alike[a, b]), a, b) for a in range(len(ours)) for b in range(len(theirs))
        ):
            if -cosine >= self._near and _free(a, b, same) and _free(a, b, near):
                near.append((a, b))
        return same, near

    def _bag(self, said: str) -> frozenset[str]:
        found = words(self._core(said))
        return frozenset(stem(word) for word in found if not {word, stem(word)} & self._common) or frozenset(
            found
        )


def _free(a: int, b: int, taken: Sequence[tuple[int, int]]) -> bool:
    return all(a != one and b != other for one, other in taken)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _digits(text: str) -> set[str]:
    return set(_DIGITS.findall(text))
