"""Texts with figures: filled in plainly, refused when one is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from datumline.domain.policy.phrasebook import Phrasebook, figures_in
from datumline.domain.problem import Problem
from datumline.domain.verdict import Figure

BOOK = Phrasebook(
    texts={
        "wait": "Wait until {until}.",
        "notes": "{count:note|notes} of {needed}.",
        "plain": "Look into it first.",
    }
)


@pytest.mark.parametrize(
    ("phrase", "figures", "said"),
    [
        ("plain", {}, "Look into it first."),
        ("plain", {"count": 3}, "Look into it first."),
        ("wait", {"until": date(2026, 7, 3)}, "Wait until 3 July 2026."),
        ("notes", {"count": 1, "needed": 2}, "1 note of 2."),
        ("notes", {"count": 0, "needed": 2}, "0 notes of 2."),
        ("notes", {"count": Decimal("1.50"), "needed": 90.0}, "1.5 notes of 90."),
        ("notes", {"count": Decimal(1), "needed": Decimal(200)}, "1 note of 200."),
    ],
)
def test_said(phrase: str, figures: dict[str, Figure | Decimal], said: str) -> None:
    assert BOOK.say(phrase, **figures) == said


def test_a_missing_figure_is_refused() -> None:
    with pytest.raises(Problem, match="phrase 'wait' without 'until'"):
        BOOK.say("wait", until=None)


def test_an_unknown_phrase_is_refused() -> None:
    with pytest.raises(Problem, match="no phrase 'hurry'"):
        BOOK.say("hurry")


def test_the_figures_of_a_text_are_named_once() -> None:
    assert figures_in("{a} and {b:x|y} and {a}") == ("a", "b")
