"""Finds the quantities of a text: amounts with their unit and exact place; names that hold digits are none."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.numbered_names import numbered_names
from datumline.domain.language.spans import Span, plain

_SCALED_FROM = Decimal(1000)
_END_TO_END = re.compile(r"\s*(?:to|-|\u2013|\u2192|->|or|and)\s*")
_SCALE_SAID = re.compile(r"(?:thousand|million|billion|trillion)\b|(?<=\d)\s?(?:k|m|bn|b)\b")
_SAID = {"t": Decimal(1000), "k": Decimal(1000), "m": Decimal(10**6), "b": Decimal(10**9)}


class Measure(StrEnum):
    """What sort of amount a quantity is; only amounts of one sort are compared."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    FACTOR = "factor"
    MONEY = "money"
    DURATION = "duration"
    SIZE = "size"
    FRACTION = "fraction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount as it was written.

    Attributes:
        span: from the first sign of the figure or its currency to the end of its unit.
        value: in `unit`; money and counts in full units, mixed durations in the smaller unit.
        unit: as people write it shortly (`min`, `%`, `$`), for a count the word after it, or None.
        measure: the sort of amount.
        step: the size of the last digit that was written, in `unit`: what the figure is exact to.
        scale: seconds or bytes in one `unit`; 1 otherwise.
        bare: the figure stood without any unit of its own.
    """

    span: Span
    value: Decimal
    unit: str | None
    measure: Measure
    step: Decimal
    scale: Decimal = Decimal(1)
    bare: bool = False


class Amounts:
    """The grammar of amounts, made once from a pack's words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._numbers = {word: Decimal(value) for word, value in lexicon.table("number_words").items()}
        self._scales = {word: Decimal(value) for word, value in lexicon.table("scale_words").items()}
        self._letters = {word: Decimal(value) for word, value in lexicon.table("scale_letters").items()}
        self._parts = {word: Decimal(value) for word, value in lexicon.table("fraction_words").items()}
        self._durations = _scaled(lexicon.table("durations"))
        self._sizes = _scaled(lexicon.table("sizes"))
        self._signs = lexicon.table("currency_signs")
        self._coins = lexicon.table("currency_words")
        self._figure = re.compile(self._figure_pattern(), re.IGNORECASE)
        self._unit = re.compile(self._unit_pattern(lexicon), re.IGNORECASE)
        self._no_nouns = frozenset(lexicon.words("no_nouns"))
        self._names = numbered_names(lexicon)

    def find(self, text: str) -> tuple[Quantity, ...]:
        """Every quantity of `text`, in order; of figures that are names, dates, times or versions none."""
        flat = plain(text)
        taken = deque(Span(start=m.start(), end=m.end()) for m in self._names.finditer(flat))
        found: list[Quantity] = []
        position = 0
        while (figure := self._figure.search(flat, position)) is not None:
            span = Span(start=figure.start(), end=figure.end())
            while taken and taken[0].end <= span.start:
                taken.popleft()
            clash = taken[0] if taken and taken[0].overlaps(span) else None
            if clash is not None and clash.end >= span.end:
                position = max(clash.end, figure.start() + 1)
                continue
            quantity = self._read(flat, figure)
            position = quantity.span.end
            found.append(quantity)
        return _mixed(_sharing(found, flat), flat)

    def _read(self, flat: str, figure: re.Match[str]) -> Quantity:
        value, step = self._value(figure)
        sign = (figure.group("sign") or "").strip().lower()
        unit = self._unit.match(flat, figure.end())
        start, end = figure.start(), figure.end()
        if sign:
            coin_end = unit.end("coin") if unit and unit.group("coin") else end
            return Quantity(
                span=Span(start=start, end=coin_end),
                value=value,
                unit=self._signs[sign],
                measure=Measure.MONEY,
                step=step,
            )
        return self._with_unit(flat, figure, unit, value, step)

    def _with_unit(
        self, flat: str, figure: re.Match[str], unit: re.Match[str] | None, value: Decimal, step: Decimal
    ) -> Quantity:
        start, end = figure.start(), figure.end() if unit is None else unit.end()
        span = Span(start=start, end=end)
        kind = None if unit is None else unit.lastgroup
        if unit is None or kind is None:
            return self._counted(flat, figure, value, step)
        word = unit.group(kind).lower()
        if kind == "size":
            name, scale = self._sizes[word]
            return Quantity(span=span, value=value, unit=name, measure=Measure.SIZE, step=step, scale=scale)
        if kind == "span":
            name, scale = self._durations[word]
            return Quantity(
                span=span, value=value, unit=name, measure=Measure.DURATION, step=step, scale=scale
            )
        if kind == "coin":
            return Quantity(span=span, value=value, unit=self._coins[word], measure=Measure.MONEY, step=step)
        if kind == "basis":
            hundredth = Decimal("0.01")
            return Quantity(
                span=span, value=value, unit="bps", measure=Measure.POINTS, step=step, scale=hundredth
            )
        measure, name = {
            "percent": (Measure.PERCENT, "%"),
            "points": (Measure.POINTS, "points"),
            "factor": (Measure.FACTOR, "x"),
        }[kind]
        return Quantity(span=span, value=value, unit=name, measure=measure, step=step)

    def _counted(self, flat: str, figure: re.Match[str], value: Decimal, step: Decimal) -> Quantity:
        """A bare figure; the word after it names what is counted."""
        span = Span(start=figure.start(), end=figure.end())
        if figure.group("part"):
            return Quantity(span=span, value=value, unit=None, measure=Measure.FRACTION, step=step, bare=True)
        noun = re.compile(r"\s+([A-Za-z][\w'-]*)").match(flat, figure.end())
        name = noun.group(1).lower() if noun else None
        if name in self._no_nouns:
            name = None
        return Quantity(span=span, value=value, unit=name, measure=Measure.COUNT, step=step, bare=True)

    def _value(self, figure: re.Match[str]) -> tuple[Decimal, Decimal]:
        """The value of a figure, and the size of its last digit."""
        if figure.group("digits"):
            digits = figure.group("digits").replace(",", "")
            value = Decimal(digits)
            step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
        else:
            if figure.group("single"):
                return Decimal("0.5") if figure.group("single").lower().startswith("half") else Decimal(
                    1
                ), Decimal(1)
            value, step = self._words_value(figure.group("words") or figure.group("part")), Decimal(1)
        for word in re.findall(r"[a-z]+", (figure.group("scale") or "").lower()):
            scale = self._scales.get(word) or self._letters[word]
            value, step = value * scale, step * scale
        return value, step

    def _words_value(self, text: str) -> Decimal:
        """The value of number words: `a hundred and twenty`, `two and a half`, `two thirds`, `one point five`."""
        total, group, after = Decimal(0), Decimal(0), ""
        found = re.findall(r"[a-z]+", text.lower())
        for index, word in enumerate(found):
            if word == "point":
                after = "".join(str(self._numbers[w]) for w in found[index + 1 :] if w in self._numbers)
                break
            if word in self._numbers:
                group += self._numbers[word]
            elif word in self._scales and self._scales[word] <= Decimal(100):  # hundred, dozen
                group = (group or Decimal(1)) * self._scales[word]
            elif word in self._scales:
                total, group = total + (group or Decimal(1)) * self._scales[word], Decimal(0)
            elif word in self._parts:
                share = Decimal(1) / self._parts[word]
                return total + group + share if "and" in found else (group or Decimal(1)) * share
        return total + group + (Decimal(f"0.{after}") if after else Decimal(0))

    def _figure_pattern(self) -> str:
        numbers = "|".join(sorted(self._numbers, key=len, reverse=True))
        scales = "|".join(sorted(self._scales, key=len, reverse=True))
        times = "hour|minute|second|day|week|month|year"
        parts = "|".join(sorted(self._parts, key=len, reverse=True))
        letters = "|".join(sorted(self._letters, key=len, reverse=True))
        signs = "|".join(re.escape(sign) for sign in sorted(self._signs, key=len, reverse=True))
        digits = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
        number = rf"(?:{numbers})(?:[\s-]+(?:{numbers}))?"
        hundreds = rf"(?:(?:{number}|an?)\s+(?:{scales})s?|{number})(?:\s+(?:{scales}))?(?:\s+(?:and\s+)?{number}(?:\s+(?:{scales}))?)*"
        half = r"(?:\s+and\s+a\s+half)?"
        return (
            rf"(?:(?P<sign>(?<!\w)(?:{signs}))\s?)?(?<![0-9.])(?:(?<!\w)|(?-i:(?<=[A-Z\u00a3$]))(?=\d))(?:(?P<digits>{digits})"
            rf"(?:(?:\s?-?\s?(?P<scale>(?:(?:{scales})(?:\s+(?:{scales}))?)(?!\w)|(?:{letters})(?!\w))))?"
            rf"(?![\w]*\d)"
            rf"|(?P<single>half\s+an?(?=\s+(?:{times})\b)|(?<=from )an?(?=\s+(?:{times})\b)|(?<=\bto )an?(?=\s+(?:{times})\b)|(?<=into )an?(?=\s+(?:{times})\b)|(?<=under )an?(?=\s+(?:{times})\b)|(?<=of )half\s+an?(?=\s+(?:{times})\b))"
            rf"|(?P<part>(?:(?:{number}|an?)[\s-]+)(?:{parts})(?!\w)(?<!\d\sa\squarter)(?<![a-z]s\sa\squarter)|half(?!\w)(?=\s+(?:of|an?|the|a)\s))"
            rf"|(?P<words>{hundreds}(?:\s+point\s+{number})?{half})(?![\w]))"
        )

    def _unit_pattern(self, lexicon: Lexicon) -> str:
        def words(names: object) -> str:
            return "|".join(re.escape(name) for name in sorted(map(str, names), key=len, reverse=True))  # type: ignore[call-overload]

        points = "|".join(phrase.replace(" ", r"\s+") for phrase in lexicon.words("point_words"))
        basis = "|".join(phrase.replace(" ", r"\s+") for phrase in lexicon.words("basis_words"))
        percent = "|".join(phrase.replace(" ", r"\s+") for phrase in lexicon.words("percent_words"))
        edge = r"(?!\w)"
        return (
            rf"[\s-]{{0,2}}(?:(?P<points>(?:{points}){edge})|(?P<basis>(?:{basis}){edge})|(?P<percent>(?:{percent}){edge})"
            rf"|(?P<factor>(?:x|\u00d7|-?fold|times){edge})|(?P<coin>(?:{words(self._coins)}){edge})"
            rf"|(?P<size>(?:{words(self._sizes)}){edge})|(?P<span>(?:{words(self._durations)}){edge}))"
        )


def _scaled(table: dict[str, str]) -> dict[str, tuple[str, Decimal]]:
    """`word: seconds name` lines as a mapping to the name and the seconds (or bytes)."""
    parted = {word: value.partition(" ") for word, value in table.items()}
    return {word: (name, Decimal(size)) for word, (size, _, name) in parted.items()}


def _sharing(found: list[Quantity], flat: str) -> list[Quantity]:
    """The scale of a range's second end taken over by the first: `four to five thousand`, `from 1.2 to 3 million`."""
    shared = list(found)
    for index, (first, second) in enumerate(pairwise(found)):
        between = flat[first.span.end : second.span.start]
        factor = _scale_said(second, flat)
        small = first.value < _SCALED_FROM and _scale_said(first, flat) == 1
        if (
            factor > 1
            and small
            and first.measure in {Measure.COUNT, second.measure}
            and _END_TO_END.fullmatch(between)
        ):
            shared[index] = replace(
                first,
                value=first.value * factor,
                step=first.step * factor,
                measure=second.measure,
                unit=second.unit,
            )
    return shared


def _scale_said(quantity: Quantity, flat: str) -> Decimal:
    """By how much the last word of the figure multiplies it."""
    said = _SCALE_SAID.search(quantity.span.of(flat).lower())
    return _SAID[said.group().strip()[0]] if said else Decimal(1)


def _mixed(found: list[Quantity], flat: str) -> tuple[Quantity, ...]:
    """Durations in two units made one, in the smaller unit: `1 h 20 min` is 80 min."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.measure is quantity.measure is Measure.DURATION
            and last.scale > quantity.scale
            and re.fullmatch(r"\s*(?:,|and)?\s*", flat[last.span.end : quantity.span.start])
        ):
            joined[-1] = Quantity(
                span=Span(start=last.span.start, end=quantity.span.end),
                value=last.value * last.scale / quantity.scale + quantity.value,
                unit=quantity.unit,
                measure=Measure.DURATION,
                step=quantity.step,
                scale=quantity.scale,
            )
        else:
            joined.append(quantity)
    return tuple(joined)
