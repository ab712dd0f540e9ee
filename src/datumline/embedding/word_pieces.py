"""Cuts a text into the word pieces that the model was trained on, as numbers of its vocabulary.

The rules are those of uncased BERT: control characters dropped, CJK characters and punctuation stand alone,
accents and case removed, then each word is covered from the left by the longest known pieces. Source: Devlin
et al. 2019 and the model's `tokenizer.json`, whose normaliser and pre-tokeniser settings these functions
follow.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

MAX_PIECES = 256
"""The longest input that the model's authors trained and evaluate with, start and end mark included."""

_LONGEST_WORD = 100
_REPLACEMENT = "\ufffd"
_CONTROLS = frozenset({"Cc", "Cf", "Co", "Cs"})
_CJK = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0x2F800, 0x2FA1F),
)
_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class WordPieces:
    """A vocabulary and the way to number a text with it."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._start, self._end = vocabulary["[CLS]"], vocabulary["[SEP]"]
        self._unknown = vocabulary["[UNK]"]
        self._number_word = lru_cache(maxsize=50_000)(self._cover)

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of the text's pieces between start and end mark, at most `MAX_PIECES` in all."""
        found = [self._start]
        for word in words(text):
            found += self._number_word(word)
            if len(found) >= MAX_PIECES:
                break
        return [*found[: MAX_PIECES - 1], self._end]

    def by_word(self, text: str) -> tuple[list[str], list[int], list[int]]:
        """Return the words, the numbers of their pieces with the marks, and each piece's word by its place.

        As many words as `MAX_PIECES` holds.
        """
        kept: list[str] = []
        found, owners = [self._start], list[int]()
        for word in words(text):
            pieces = self._number_word(word)
            if len(found) + len(pieces) >= MAX_PIECES:
                break
            found += pieces
            owners += [len(kept)] * len(pieces)
            kept.append(word)
        return kept, [*found, self._end], owners

    def rank(self, word: str) -> int | None:
        """A word's place in the vocabulary, where common words come first; None for one in several pieces."""
        return self._vocabulary.get(word)

    def _cover(self, word: str) -> tuple[int, ...]:
        """Cover a word greedily by known pieces; a word that cannot be covered is one unknown piece."""
        if len(word) > _LONGEST_WORD:
            return (self._unknown,)
        pieces: list[int] = []
        start = 0
        while start < len(word):
            length, number = self._longest(word, start)
            if number is None:
                return (self._unknown,)
            pieces.append(number)
            start += length
        return tuple(pieces)

    def _longest(self, word: str, start: int) -> tuple[int, int | None]:
        prefix = "##" if start else ""
        for end in range(len(word), start, -1):
            number = self._vocabulary.get(prefix + word[start:end])
            if number is not None:
                return end - start, number
        return 0, None


def read_vocabulary(text: str) -> dict[str, int]:
    """Number the lines of a vocabulary file, from 0."""
    return {piece: number for number, piece in enumerate(text.removesuffix("\n").split("\n"))}


def words(text: str) -> list[str]:
    """Return the text's words in lower case without accents; each punctuation mark is its own word."""
    spaced = "".join(_spaced(character) for character in text)
    plain = unicodedata.normalize("NFD", spaced)
    plain = "".join(c for c in plain if unicodedata.category(c) != "Mn").lower()
    return [part for word in plain.split() for part in _split_punctuation(word)]


def _spaced(character: str) -> str:
    if character in "\t\n\r":
        return " "
    category = unicodedata.category(character)
    if category in _CONTROLS or character == _REPLACEMENT:
        return ""
    if category == "Zs":
        return " "
    return f" {character} " if _is_cjk(ord(character)) else character


def _is_cjk(code: int) -> bool:
    return any(first <= code <= last for first, last in _CJK)


def _split_punctuation(word: str) -> Iterator[str]:
    start = 0
    for position, character in enumerate(word):
        if _is_punctuation(character):
            if position > start:
                yield word[start:position]
            yield character
            start = position + 1
    if start < len(word):
        yield word[start:]


def _is_punctuation(character: str) -> bool:
    return character in _ASCII_PUNCTUATION or unicodedata.category(character).startswith("P")
