"""Claims: what is one and what is none, and whether the stated change follows from the figures."""

from __future__ import annotations

import pytest

from datumline.domain.language.claims import Claims
from datumline.pack_files.language import load_lexicon
from datumline.services.bench.language_samples import claims as labelled_claims

CLAIMS = Claims(load_lexicon())


def one(text: str) -> dict[str, object]:
    (claim,) = CLAIMS.find(text)
    return claim.document(text)


def test_42_to_36_is_14_percent_and_not_15() -> None:
    found = one("We cut defect leakage by 15 % (from 42 to 36 defects per release).")
    assert (found["before"], found["after"], found["unit"]) == (42, 36, "defects")
    assert (found["stated"], found["stated_kind"], found["computed_percent"], found["agrees"]) == (
        15,
        "percent",
        14.3,
        False,
    )


def test_12_to_8_8_is_27_percent() -> None:
    found = one("Reduced deployment time by 27 % (from 12 min to 8.8 min).")
    assert (found["unit"], found["computed_percent"], found["agrees"]) == ("min", 26.7, True)


def test_68_to_84_percent_is_16_points() -> None:
    found = one("On-time delivery went from 68 % to 84 %, up 16 points.")
    assert (found["stated_kind"], found["computed_points"], found["agrees"]) == ("points", 16, True)


def test_68_to_84_percent_is_not_16_percent() -> None:
    found = one("On-time delivery went from 68 % to 84 %, up 16 percent.")
    assert (found["stated_kind"], found["computed_percent"], found["agrees"]) == ("percent", 23.5, False)


def test_money_and_counts_are_in_full_units_and_mixed_durations_in_the_smaller() -> None:
    assert one("Spend fell from $120k to $90k.")["before"] == 120_000
    assert one("Users grew from 1.2 to 2.5 million.")["after"] == 2_500_000
    found = one("The batch went from 1 h 20 min to 45 min.")
    assert (found["before"], found["unit"]) == (80, "min")


@pytest.mark.parametrize(
    "text",
    [
        "We moved from Python 3.9 to 3.11 and from v1.4 to v2.0.",
        "The freeze runs from 18 December to 3 January, from 9:00 to 17:00.",
        "She went from L4 to L5; the ticket moved from P3 to P1 in sprint 22.",
        "We aim to cut review time from 3 days to 1 day by Q3.",
        "Reviews take 3 to 5 days, and between 2 and 4 people look at them.",
        "Answer questions in the document within 48 hours.",
    ],
)
def test_versions_dates_levels_sprints_ranges_and_goals_are_no_claims(text: str) -> None:
    assert CLAIMS.find(text) == ()


@pytest.mark.parametrize(("text", "expected"), list(labelled_claims("test")))
def test_labelled_texts(text: str, expected: list[tuple[str, ...]]) -> None:
    found = [claim.document(text) for claim in CLAIMS.find(text)]
    keys = ("before", "after", "stated", "stated_kind", "agrees")
    assert [tuple(_written(claim[key]) for key in keys) for claim in found] == [
        (before, after, stated, kind, "-" if agrees == "null" else agrees)
        for before, after, _, stated, kind, agrees in map(_six, expected)
    ]


def _six(fields: tuple[str, ...]) -> tuple[str, str, str, str, str, str]:
    before, after, unit, *rest = fields
    stated, kind, agrees = rest[-3:]
    return _plain(before), _plain(after), unit, _plain(stated), kind, agrees


def _plain(number: str) -> str:
    return number if number == "-" else f"{float(number):g}"


def _written(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def test_quotes_are_the_words_at_their_place() -> None:
    text = "\u200fUsers \U0001f680 grew 25%, from 40 to 50.\r\nErrors fell from 9 to 3 a day."
    for claim in CLAIMS.find(text):
        found = claim.document(text)
        assert text[claim.span.start : claim.span.end] == found["quote"]
    assert len(CLAIMS.find(text)) == 2
