"""Days that a text names, resolved against the day of the note."""

from __future__ import annotations

from datetime import date

import pytest

from datumline.domain.language.days import Days
from datumline.pack_files.language import load_lexicon

DAYS = Days(load_lexicon())
FRIDAY = date(2026, 5, 22)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 2026-06-11", date(2026, 6, 11)),
        ("at our 1:1 on June 11", date(2026, 6, 11)),
        ("on 11 June", date(2026, 6, 11)),
        ("at our 1:1 on the 15th.", date(2026, 6, 15)),
        ("in two weeks", date(2026, 6, 5)),
        ("two weeks from today", date(2026, 6, 5)),
        ("tomorrow", date(2026, 5, 23)),
        ("on Tuesday", date(2026, 5, 26)),
        ("next Wednesday", date(2026, 5, 27)),
        ("a week from Tuesday", date(2026, 6, 2)),
        ("by the end of the month", date(2026, 5, 31)),
        ("on the fourth of june", date(2026, 6, 4)),
        ("on 3 March", date(2027, 3, 3)),
        ("on 4/6", None),
    ],
)
def test_a_day_ahead(text: str, expected: date | None) -> None:
    (found,) = DAYS.find(text, FRIDAY, ahead=True)
    assert found.on == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("last Tuesday", date(2026, 5, 19)),
        ("on 3 March", date(2026, 3, 3)),
        ("yesterday", date(2026, 5, 21)),
        ("two weeks ago", date(2026, 5, 8)),
    ],
)
def test_a_day_behind(text: str, expected: date) -> None:
    (found,) = DAYS.find(text, FRIDAY, ahead=False)
    assert found.on == expected


def test_an_attempt_is_no_day() -> None:
    assert DAYS.find("on the second attempt it worked", FRIDAY, ahead=True) == ()
