"""What a speaker really says: clauses that deny, quote, speak of others or only name things are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.segmentation import Sentence, sentences
from datumline.domain.language.spans import Span, trimmed

LEAST = 3  # words that a clause needs to say something
_CUT = re.compile(
    r"[;:]\s|,\s+(?=(?:but|and|so|instead|rather|then|I|we)\b)|\s+(?=(?:but|instead|rather than|before I|until)\b)",
    re.IGNORECASE,
)
_NAMES = re.compile(r"[,;/&]|\band\b|\bor\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A stretch of a text that the speaker stands for."""

    span: Span
    text: str


def said(text: str, lexicon: Lexicon) -> tuple[Said, ...]:
    """Every sentence, or what remains of it."""
    return tuple(piece for sentence in sentences(text, lexicon) for piece in _kept(sentence, lexicon))


def _kept(sentence: Sentence, lexicon: Lexicon) -> Iterator[Said]:
    words = sentence.text
    if len(words.split()) < LEAST or _only_names(words, lexicon):
        return
    foreign = lexicon.search("denied", "of_others")
    if foreign.search(words) is None:
        yield Said(span=sentence.span, text=words)
        return
    start = 0
    for end in [*(cut.end() for cut in _CUT.finditer(words)), len(words)]:
        span = trimmed(words, start, end)
        clause = words[span.start : span.end]
        if len(clause.split()) >= LEAST and foreign.search(clause) is None:
            yield Said(span=sentence.within(span.start, span.end), text=clause)
        start = end


def _only_names(words: str, lexicon: Lexicon) -> bool:
    """Whether a sentence is a list of nouns: it names things and says nothing about them."""
    if lexicon.search("saying_words").search(words) is not None:
        return False
    parts = [part.split() for part in _NAMES.split(words)]
    return len(parts) > 2 and all(len(part) <= 3 for part in parts)  # noqa: PLR2004 - three short names or more
