"""Which items of a list does a text cover, with which words? Also for items that nobody has seen before.

Words that deny, that speak of others or that only name things cover nothing: they are left out before the
text is matched (`said.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from datumline.domain.language.embedder import Embedder
from datumline.domain.language.head import PLACES, Head
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.matching import FIGURES, Read, Row, figures
from datumline.domain.language.said import Said, said
from datumline.domain.language.spans import Span
from datumline.domain.problem import Problem

MOST_ITEMS = 500
TYPICAL = 0.1  # cosine of a sentence and an item that have nothing to do with each other
BESIDE = ("near_all", "weighted_both", "recall_all", "near_one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that a text may cover: what it says, ways to say it, and near misses that are not it."""

    id: str
    says: str
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Whether an item is covered, how sure that is (0 to 1), and the words that cover it."""

    covered: bool
    confidence: float
    spans: tuple[Span, ...]


class Coverage:
    """Judges coverage with one pack's words, one embedder and one head."""

    def __init__(self, lexicon: Lexicon, embedder: Embedder, close: Head, free: Head) -> None:
        self._lexicon, self._embedder = lexicon, embedder
        self._close, self._free = close, free
        self._common = frozenset(lexicon.words("common_words"))
        self._numbers = {name: float(value) for name, value in lexicon.table("coverage_numbers").items()}
        self._kept: dict[str, Read] = {}

    def find(self, text: str, items: Sequence[Item]) -> dict[str, Covered]:
        """Each item by its id."""
        pieces = said(text, self._lexicon)
        read = [self._fresh(piece.text) for piece in pieces]
        if not read:
            return {item.id: Covered(covered=False, confidence=0.0, spans=()) for item in items}
        matches, least = self._matches(read, [self._read(item.says) for item in items])
        return {
            item.id: self._one(item, pieces, read, match, least)
            for item, match in zip(items, matches, strict=True)
        }

    def _one(
        self,
        item: Item,
        pieces: Sequence[Said],
        read: Sequence[Read],
        match: tuple[float, int],
        least: float,
    ) -> Covered:
        best, place = match
        if item.examples:
            least = self._numbers["covered"]  # who gives examples has said what counts
        for example in item.examples:
            sure, at = self._alike(example, read)
            if sure > best:
                best, place = sure, at
        against = max((self._alike(counter, [read[place]])[0] for counter in item.counter), default=0.0)
        if against > max(best - self._numbers["margin"], self._numbers["counter"]):
            best = min(best, 1 - against)
        confidence = round(best, PLACES)
        covered = confidence >= least
        return Covered(covered=covered, confidence=confidence, spans=(pieces[place].span,) if covered else ())

    def _matches(self, read: Sequence[Read], says: Sequence[Read]) -> tuple[list[tuple[float, int]], float]:
        """For each item how sure it is that the text says it, and where; and from when on that covers it.

        A text that follows the list's words is judged closely, word by word; one in its own words freely, by
        how much nearer it is to this item than to the others.
        """
        found = [figures(item, read) for item in says]
        literal = float(np.mean([row[FIGURES.index("recall_all")] for row, _ in found]))
        low, high = self._numbers["free_below"], self._numbers["close_above"]
        share = min(1.0, max(0.0, (literal - low) / (high - low)))
        cosines = np.array(
            [[float(piece.vectors.whole @ item.vectors.whole) for item in says] for piece in read]
        )
        matches: list[tuple[float, int]] = []
        for place, (row, best) in enumerate(found):
            close = _sure(self._close, row)
            free = _sure(self._free, relative(row, cosines, place))
            at = best if share > 0.5 else int(cosines[:, place].argmax())  # noqa: PLR2004 - whichever weighs more
            matches.append((share * close + (1 - share) * free, at))
        least = share * self._numbers["covered"] + (1 - share) * self._numbers["covered_freely"]
        return matches, round(least, PLACES)

    def _alike(self, example: str, read: Sequence[Read]) -> tuple[float, int]:
        """How sure it is that a piece means the same as an example, by the cosine of the two."""
        whole = self._read(example).vectors.whole
        cosines = np.array([float(piece.vectors.whole @ whole) for piece in read])
        place = int(cosines.argmax())
        raw = self._numbers["slope"] * (cosines[place] - self._numbers["middle"])
        return float(1 / (1 + np.exp(-raw))), place

    def _read(self, text: str) -> Read:
        """An item's words, kept: the same list is asked again and again."""
        if text not in self._kept:
            self._kept[text] = self._fresh(text)
        return self._kept[text]

    def _fresh(self, text: str) -> Read:
        return Read(self._embedder.by_word(text), self._common)


def relative(row: Row, cosines: Row, place: int) -> Row:
    """How near the text is to one item beside the others; `cosines` has a row per piece, a column per item."""
    at = int(cosines[:, place].argmax())
    own = float(cosines[at, place])
    others = np.delete(cosines[at], place)
    if not len(others):
        others = np.array([TYPICAL])
    mean = float(others.mean())
    beside = [own, own - float(others.max()), own - mean, (own - mean) / (float(others.std()) + 0.05)]
    return np.array([*beside, *(row[FIGURES.index(name)] for name in BESIDE)])


def _sure(head: Head, row: Row) -> float:
    nothing = np.zeros((1, 0), dtype=np.float32)
    return head.confidences(nothing, row[None].astype(np.float32))[0]["covered"]


def items_from(given: Any, where: str) -> tuple[Item, ...]:
    """The items of a JSON list. Raises Problem that says which entry is wrong."""
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_ITEMS:
        raise Problem("no list of items", where=where, expected=f'1 to {MOST_ITEMS} of {{"id", "says"}}')
    items = tuple(_item(one, f"{where} /{place}") for place, one in enumerate(given))
    if len({item.id for item in items}) < len(items):
        raise Problem("an id twice", where=where, expected="each id once")
    return items


def _item(given: Any, where: str) -> Item:
    if not isinstance(given, Mapping):
        raise Problem("no object", where=where, expected='{"id", "says"}')
    name, says = given.get("id"), given.get("says")
    if not (isinstance(name, str) and name and isinstance(says, str) and says.strip()):
        raise Problem("no 'id' or no 'says'", where=where, expected="both as texts")
    return Item(
        id=name, says=says, examples=_texts(given, "examples", where), counter=_texts(given, "counter", where)
    )


def _texts(given: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    found = given.get(key, [])
    if not isinstance(found, list) or not all(isinstance(text, str) and text.strip() for text in found):
        raise Problem(f"'{key}' is no list of texts", where=where, expected="a list of texts, or no such key")
    return tuple(found)
