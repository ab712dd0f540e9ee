"""Word pieces: the numbers that the model's own tokeniser gives for the same texts."""

from __future__ import annotations

import pytest

from datumline.embedding.weights import read_vocabulary_text
from datumline.embedding.word_pieces import MAX_PIECES, WordPieces, read_vocabulary, words


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(read_vocabulary(read_vocabulary_text()))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [101, 102]),
        ("The quarterly commitment slipped.", [101, 1996, 12174, 8426, 5707, 1012, 102]),
        ("Naïve café — déjà vu!", [101, 15743, 7668, 1517, 2139, 3900, 24728, 999, 102]),
        ("東京 tower", [101, 1879, 1755, 3578, 102]),
        ("unaffable\x00\u200bness\tx", [101, 14477, 20961, 3468, 2791, 1060, 102]),
        ("ไทย 🎉", [101, 100, 100, 102]),
        ("e\u0301 Ålesund STRASSE ß", [101, 1041, 15669, 25168, 2358, 8180, 3366, 1096, 102]),
        ("don't 3.5kg/day", [101, 2123, 1005, 1056, 1017, 1012, 1019, 2243, 2290, 1013, 2154, 102]),
        ("x" * 101, [101, 100, 102]),
    ],
)
def test_numbers_are_those_of_the_models_own_tokeniser(
    pieces: WordPieces, text: str, numbers: list[int]
) -> None:
    assert pieces.numbers(text) == numbers


def test_a_long_text_is_cut_and_still_ends_with_the_end_mark(pieces: WordPieces) -> None:
    numbers = pieces.numbers("plan " * 1000)
    assert len(numbers) == MAX_PIECES
    assert numbers[-1] == 102


def test_punctuation_stands_alone() -> None:
    assert words("(Re-)tried, twice…") == ["(", "re", "-", ")", "tried", ",", "twice", "…"]
