"""The pack's words: keyed texts with named figures, so that a company can say the same thing in its own way.

Ids: `verdict.TABLE.VERDICT`, `row.TABLE.ROW`, `condition.TABLE.CONDITION`, `next.TABLE.STEP`,
`fact.TABLE.KEY` (with `{value}`) and `fact.TABLE.KEY.VALUE`, `signal.NAME`.
A text names its figures in braces: `{count}`. `{count:note|notes}` gives "1 note" or "2 notes".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from string import Formatter

from datumline.domain.problem import Problem
from datumline.domain.verdict import Figure

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """Every text of a pack, by id."""

    texts: Mapping[str, str]

    def __contains__(self, phrase: str) -> bool:
        return phrase in self.texts

    def say(self, phrase: str, /, **figures: Figure | Decimal) -> str:
        """The text of `phrase` with its figures filled in.

        Raises Problem for an id that the pack lacks, or a figure that the text names and nobody gave.
        """
        text = self.texts.get(phrase)
        if text is None:
            raise Problem(f"no phrase '{phrase}'", expected="an id of the pack's phrasebook")
        return "".join(_filled(text, phrase, figures))


def day_words(day: date) -> str:
    """A day as people write it: 30 June 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day_words(day: date) -> str:
    """A day in a table or a line: 30 Jun 2026."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def figures_in(text: str) -> tuple[str, ...]:
    """The names of the figures that a text uses. Raises ValueError for braces that do not pair."""
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(text) if name is not None))


def _filled(text: str, phrase: str, figures: Mapping[str, Figure | Decimal]) -> Iterator[str]:
    for words, name, noun, _ in Formatter().parse(text):
        yield words
        if name is None:
            continue
        if figures.get(name) is None:
            raise Problem(f"phrase '{phrase}' without '{name}'", expected="a value for every figure it names")
        yield _said(figures[name], noun or "")


def _said(value: Figure | Decimal, noun: str) -> str:
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    number = f"{value.normalize():f}" if isinstance(value, Decimal) else _plain(value)
    one, _, many = noun.partition("|")
    return f"{number} {one if value == 1 else many}" if noun else number


def _plain(value: Figure) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
