"""A parameter: one number or text that the policy fixes, with its dates, its unit and where it comes from.

Rules ask for a parameter on a day and get the value that held on that day, so that a verdict of the past
keeps the numbers of its day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from datumline.domain.problem import Problem

Value = int | Decimal | str | tuple[str, ...] | tuple[int, ...]


class Form(StrEnum):
    """How a value is written."""

    WHOLE = "a whole number"
    DECIMAL = "a number"
    TEXT = "a text"
    TEXTS = "a list of texts"
    WHOLES = "a list of whole numbers"


class Unit(StrEnum):
    """What a value counts; the unit decides how it is written."""

    PERCENT = "percent"
    COUNT = "count"
    POINTS = "points"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    QUARTERS = "quarters"
    YEARS = "years"
    PAGES = "pages"
    TYPE_POINTS = "pt"
    MILLIMETRES = "mm"
    TEXT = "text"
    TEXTS = "texts"
    OFFSETS = "business days from the due date"

    @property
    def form(self) -> Form:
        """How a value of this unit is written: whole unless said otherwise."""
        return _FORMS.get(self, Form.WHOLE)


_FORMS = {
    Unit.PERCENT: Form.DECIMAL,
    Unit.TYPE_POINTS: Form.DECIMAL,
    Unit.MILLIMETRES: Form.DECIMAL,
    Unit.TEXT: Form.TEXT,
    Unit.TEXTS: Form.TEXTS,
    Unit.OFFSETS: Form.WHOLES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What a value may be.

    For numbers: between `least` and `most`, both allowed; for a list of whole numbers each of them; for a
    list of texts their count. For one text: one of `choices`, or any when there are none.
    """

    least: Decimal | None = None
    most: Decimal | None = None
    choices: tuple[str, ...] = ()

    def allows(self, value: Value) -> bool:
        """Whether `value` lies inside."""
        if isinstance(value, str):
            return not self.choices or value in self.choices
        least, most = self.least, self.most
        if least is None or most is None:
            return True
        return all(least <= number <= most for number in _measured(value))

    def __str__(self) -> str:
        if self.least is not None:
            return f"{self.least} to {self.most}"
        return ", ".join(self.choices) or "any text"


def _measured(value: int | Decimal | tuple[str, ...] | tuple[int, ...]) -> Iterable[Decimal | int]:
    if not isinstance(value, tuple):
        return (value,)
    if all(isinstance(item, int) for item in value):
        return tuple(int(item) for item in value)
    return (len(value),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A value and the first day on which it holds."""

    start: date
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a pack.

    Attributes:
        key: its name, such as `pip.more_time`.
        unit: what it counts.
        meaning: what it decides, in one sentence.
        reference: a source tag `S0` … `S4`, `reading 22` of the precise readings, or `ours`.
        range: what a value may be.
        values: by first day, oldest first; at least one.
    """

    key: str
    unit: Unit
    meaning: str
    reference: str
    range: Range
    values: tuple[Dated, ...]

    def on(self, day: date) -> Value:
        """The value that holds on `day`. Raises Problem for a day before the first value."""
        for dated in reversed(self.values):
            if dated.start <= day:
                return dated.value
        raise Problem(
            f"{self.key} has no value on {day}", expected=f"a day from {self.values[0].start} onward"
        )
