"""Which words of an entry can be searched for, and where a text says them.

Words are compared folded: without case, without accents, letters and digits only. Ideographs and kana stand
for themselves, one by one, because nothing separates words there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache

from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import FRAME, Kind, Type, amounts
from datumline.domain.verdict import Json

# What people write down about each other; the frame (profiles, positions, packs) is found elsewhere.
SOUGHT = (frozenset(Kind) - FRAME) | {Kind.DISPUTE}
SOUGHT_IN = (Audience.SHARED, Audience.CASE, Audience.PANEL, Audience.PRIVATE)
FIELDS = ("title", "text", "concern", "remediation", "reason")
LONGEST = 48  # letters of a word that count; what is longer is no word but an address or a hash
MOST_WORDS = 8  # of one question
LEAST_BEGINNING = 3  # letters from which a word is sought as a beginning too

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|(?:[^\W_\u3040-\u30ff\u3400-\u9fff][\u0300-\u036f]*)+")


def words_of(text: str) -> Iterator[str]:
    """The words of a text, folded, in their order."""
    return (word for found in _WORD.finditer(text) if (word := folded(found[0])))


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """The form in which a word is compared; empty when nothing of it is letter or digit."""
    plain = word.casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain).casefold()
        plain = "".join(each for each in parts if each.isalnum())
    return plain[:LONGEST]


def words_in(kind: Kind, fields: Mapping[str, Json]) -> frozenset[str]:
    """Every word by which an entry with these fields is found; none for a kind that is not sought."""
    if kind not in SOUGHT:
        return frozenset()
    found: set[str] = set()
    for name in (*FIELDS, *_texts(kind)):
        value = fields.get(name)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                found.update(words_of(text))
    return frozenset(found)


@cache
def _texts(kind: Kind) -> tuple[str, ...]:
    return tuple(name for name, (type_, _) in amounts(kind).items() if type_ in (Type.TEXT, Type.TEXTS))


def asked_for(question: str) -> tuple[str, ...]:
    """The words of a question, each once, no more than `MOST_WORDS`."""
    return tuple(dict.fromkeys(words_of(question)))[:MOST_WORDS]


def begins(word: str) -> bool:
    """Whether a sought word also finds longer ones that begin with it."""
    return len(word) >= LEAST_BEGINNING


def says(word: str, wanted: Collection[str]) -> bool:
    """Whether a folded word is one of those that are sought."""
    return any(word == each or (begins(each) and word.startswith(each)) for each in wanted)


def places(text: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    """Where a text says one of the words: start and end in code points, end exclusive."""
    return [found.span() for found in _WORD.finditer(text) if says(folded(found[0]), wanted)]
