"""What the figures of a corrective plan say: each metric at its window's end against its start.

Readings 29 to 31 of spec 96: the end is the last reading inside, not older than some days before the window's
end; the start is the last reading up to the plan's start, if it is recent, else the first inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from datumline.domain.policy.facts import ABSENT, Maybe, Reader, wrong
from datumline.domain.verdict import Answer, Pointer, answer

LOWER, HIGHER = "lower", "higher"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricReading:
    """One reading of one metric. ABSENT: nobody said."""

    place: int
    metric: Maybe[str]
    on: Maybe[date]
    value: Maybe[float]
    unit: Maybe[str]
    better: Maybe[str]

    @property
    def pointer(self) -> Pointer:
        """Where it stands in the facts."""
        return f"/readings/{self.place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The window of a corrective plan, with the days that a reading before or near its ends may lie off."""

    start: date
    days: int
    carry: int
    stale: int

    @property
    def end(self) -> date:
        """Its last day, which counts."""
        return self.start + timedelta(days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One metric at the end of the window against its start.

    Attributes:
        begin: the reading that stands for the start; None when there is none, or when it is not known.
        end: the last reading inside that says something about the end; None as above.
        worse: whether it ended worse than it began; improved: whether it ended better.
    """

    metric: str
    begin: MetricReading | None
    end: MetricReading | None
    worse: Answer
    improved: Answer

    @property
    def known(self) -> bool:
        """Whether there are two figures to compare."""
        return self.begin is not None and self.end is not None


def metric_readings(items: list[Any]) -> Iterator[MetricReading]:
    """The readings of the facts, strictly. Raises Problem with the JSON path of a fault."""
    for place, item in enumerate(items):
        reader = Reader(item, f"/readings/{place}")
        yield MetricReading(
            place=place,
            metric=reader.text("metric"),
            on=reader.day("on"),
            value=_number(reader, "value"),
            unit=reader.text("unit"),
            better=reader.choice("better", (LOWER, HIGHER)),
        )


def _number(reader: Reader, key: str) -> Maybe[float]:
    value = reader.raw(key)
    if value is None or value is ABSENT:
        return None if value is None else ABSENT
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(value, reader.at(key), "a number")
    return value


def compared(readings: Iterable[MetricReading], span: Span, as_of: date) -> tuple[Compared, ...]:
    """Every metric that was read by `as_of`, in the order of its first reading."""
    by_metric: dict[str, list[MetricReading]] = {}
    for reading in readings:
        ahead = isinstance(reading.on, date) and reading.on > as_of
        if not ahead and reading.on is not None and reading.value is not None:
            name = reading.metric if isinstance(reading.metric, str) else ""
            by_metric.setdefault(" ".join(name.split()).casefold(), []).append(reading)
    return tuple(_compared(name, each, span) for name, each in by_metric.items())


def _compared(metric: str, readings: list[MetricReading], span: Span) -> Compared:
    if not metric or any(reading.on is ABSENT for reading in readings):
        return _unknown(metric)
    days = sorted(readings, key=lambda reading: (_day(reading), reading.place))
    begin, end = _begin(days, span), _end(days, span)
    if begin is None or end is None or begin.on == end.on:
        return _unknown(metric)
    return _judged(metric, begin, end)


def _unknown(metric: str) -> Compared:
    return Compared(metric=metric, begin=None, end=None, worse=Answer.UNKNOWN, improved=Answer.UNKNOWN)


def _day(reading: MetricReading) -> date:
    return reading.on if isinstance(reading.on, date) else date.max


def _begin(days: list[MetricReading], span: Span) -> MetricReading | None:
    """The figure that led to the plan: carried forward to its start, else the first inside (reading 30)."""
    oldest = span.start - timedelta(days=span.carry)
    carried = [each for each in days if oldest <= _day(each) <= span.start]
    inside = [each for each in days if span.start < _day(each) <= span.end]
    return carried[-1] if carried else (inside[0] if inside else None)


def _end(days: list[MetricReading], span: Span) -> MetricReading | None:
    """The last figure inside, if it is near enough to the end to speak for it (reading 29)."""
    inside = [each for each in days if span.start <= _day(each) <= span.end]
    last = inside[-1] if inside else None
    near = span.end - timedelta(days=span.stale)
    return last if last is not None and _day(last) >= near else None


def _judged(metric: str, begin: MetricReading, end: MetricReading) -> Compared:
    """Any change in the right direction is an improvement (reading 33)."""
    before, after, better = begin.value, end.value, end.better
    if not isinstance(before, int | float) or not isinstance(after, int | float):
        return _unknown(metric)
    if before == after:
        worse, improved = Answer.NOT_MET, Answer.NOT_MET
    elif isinstance(better, str):
        good = after < before if better == LOWER else after > before
        worse, improved = answer(not good), answer(good)
    else:
        worse = improved = Answer.UNKNOWN
    return Compared(metric=metric, begin=begin, end=end, worse=worse, improved=improved)


def latest(readings: Iterable[MetricReading]) -> Mapping[str, MetricReading]:
    """The last reading of every named metric, by its name."""
    found: dict[str, MetricReading] = {}
    for reading in readings:
        if isinstance(reading.metric, str) and reading.metric.strip():
            found[reading.metric] = reading
    return found
