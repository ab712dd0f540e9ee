"""Sentences and their places: abbreviations, bullets, chat lines, speech, and marks that are not seen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datumline.domain.language.segmentation import sentences, words
from datumline.pack_files.language import load_lexicon

LEXICON = load_lexicon()
WRAPPED = "A line that is wrapped by the editor at some length or other\ngoes on."


def cut(text: str) -> list[str]:
    return [sentence.span.of(text) for sentence in sentences(text, LEXICON)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It broke. We fixed it.", ["It broke.", "We fixed it."]),
        (
            "E.g. the import ran at 2.5 s. Then it stopped.",
            ["E.g. the import ran at 2.5 s.", "Then it stopped."],
        ),
        ("Dr. Moor asked. Nobody knew!", ["Dr. Moor asked.", "Nobody knew!"]),
        ("you missed it. it blocked us.", ["you missed it.", "it blocked us."]),
        ("- one thing\n- another thing", ["one thing", "another thing"]),
        ("First line\r\nSecond line\r\n", ["First line", "Second line"]),
        (
            WRAPPED,
            [WRAPPED],
        ),
        ("", []),
        ("   \n\n ", []),
    ],
)
def test_texts_are_cut_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_speech_without_marks_is_cut_at_its_joints() -> None:
    text = (
        "so on monday in the triage you closed half of the tickets without asking anybody from support"
        " and because of that support had to call back forty customers"
        " so what I need from you is a word in the channel"
        " before you close one and then we look at the list together next wednesday"
    )
    assert len(cut(text)) >= 4


@given(st.text(max_size=200))
def test_places_are_exact_and_in_order(text: str) -> None:
    found = sentences(text, LEXICON)
    assert all(sentence.span.of(text).strip() for sentence in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


PIECES = ["We", "went.", "It", "broke!", "- so", "\n", "2.5", "e.g.", "ok"]


@given(st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_no_word_is_lost(text: str) -> None:
    kept = " ".join(sentence.span.of(text) for sentence in sentences(text, LEXICON))
    assert words(kept) == words(text)
