"""May this text be judged at all? Empty, binary, too long and foreign texts are refused in plain words."""

from __future__ import annotations

import unicodedata

from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.segmentation import words
from datumline.domain.problem import Problem

LEAST_WORDS = 6  # fewer say too little about their language
LOOKED_AT = 4000  # code points that settle which language it is
CONTROLS_ALLOWED = "\n\r\t\f\v"


def require_readable(text: str, where: str, lexicon: Lexicon, *, most_words: int) -> None:
    """Raises Problem for a text that is empty, binary, longer than `most_words`, or not English."""
    if any(unicodedata.category(c) == "Cc" and c not in CONTROLS_ALLOWED for c in text[:LOOKED_AT]):
        raise Problem("binary content", where=where, expected="a text in English")
    if not any(c.isalnum() for c in text):
        raise Problem("no words", where=where, expected="a text in English")
    count = len(text.split())
    if count > most_words:
        raise Problem(f"{count} words", where=where, expected=f"at most {most_words} words at once")
    if not is_english(text, lexicon):
        raise Problem(
            "not in English", where=where, expected="a text in English, the one language judged so far"
        )


def is_english(text: str, lexicon: Lexicon) -> bool:
    """Whether a text is English, or too short to tell."""
    sample = text[:LOOKED_AT]
    letters = [c for c in sample if c.isalpha()]
    foreign = sum(not unicodedata.name(c, "LATIN").startswith("LATIN") for c in letters)
    if foreign * 2 > len(letters):
        return False
    found = words(sample)
    if len(found) < LEAST_WORDS:
        return True
    common, other = set(lexicon.words("english_words")), set(lexicon.words("foreign_words"))
    ours = sum(word in common for word in found)
    theirs = sum(word in other for word in found)
    return theirs <= ours or theirs * 10 < len(found)
