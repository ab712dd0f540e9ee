"""Charts as inline SVG, each with a text alternative: a series against its bar, the months of a record."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from datumline.domain.signals.words import with_unit
from datumline.services.pages.cards import Month, Point, SignalCard

WIDTH, HEIGHT, TOP, FLOOR, LEFT, RIGHT = 280, 124, 14.0, 92.0, 10.0, 228.0
STRIP_WIDTH, STRIP_HEIGHT, STRIP_FLOOR, STRIP_TALLEST = 960, 62, 44, 40
GAUGE_WIDTH = 120
AXIS = f'<line class="axis" x1="{LEFT}" x2="{RIGHT}" y1="{FLOOR}" y2="{FLOOR}"/>'
NONE = "none"
DRAWN = 2000  # pictures held: the same figures give the same picture
AIR = 0.1  # so that no mark lies on the edge
FINEST = 0.1  # no chart resolves less
SEEN_AS_RATE = "%"
FULL = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The span of values that a chart shows, from its floor to its top, in the unit of the series."""

    low: float
    high: float

    def y(self, value: float) -> float:
        """Where a value stands, in the picture's own units, held inside the picture."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(FLOOR - share * (FLOOR - TOP), 1)


def scale_for(points: Sequence[Point], bar: float | None, unit: str) -> Scale:
    """A scale that holds every value, interval and the bar, on round numbers; a rate ends at 100."""
    seen = [v for p in points for v in (p.value, p.low, p.high) if v is not None]
    seen += [bar] if bar is not None else []
    low, high = min(seen, default=0.0), max(seen, default=1.0)
    low, high = low - (high - low) * AIR, high + (high - low) * AIR
    step = _round_step(max(high - low, abs(high) / 10, FINEST))
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    whole = unit == SEEN_AS_RATE and max(seen, default=0.0) <= FULL
    low, high = max(low, 0.0), min(high, FULL) if whole else high
    return Scale(low=low, high=high) if high > low else Scale(low=max(low - step, 0.0), high=max(high, step))


def _round_step(span: float) -> float:
    size = 10.0 ** math.floor(math.log10(span))
    return size if span / size > 2 else size / 2  # noqa: PLR2004 - two steps or fewer would be too coarse


@lru_cache(DRAWN)
def series_chart(card: SignalCard) -> Markup:
    """The card's points with their intervals against its bar; points short of the bar are hollow."""
    scale = scale_for(card.points, card.bar_at, card.unit)
    places = _places(len(card.points))
    parts = [AXIS]
    if card.bar_at is not None:
        parts.append(_bar(scale.y(card.bar_at), with_unit(card.bar_at, card.unit)))
    parts += [
        _point(p, x, scale, card, last=p is card.points[-1]) for p, x in zip(card.points, places, strict=True)
    ]
    return _picture(HEIGHT, WIDTH, alternative(card), "".join(parts))


def _picture(height: int, width: int, words: str, inside: str) -> Markup:
    frame = f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(words)}">'
    return Markup(f"{frame}{inside}</svg>")  # noqa: S704 - every text inside was escaped where it was put in


def _places(count: int) -> list[float]:
    inner_left, inner_right = LEFT + 14, RIGHT - 14
    if count == 1:
        return [(inner_left + inner_right) / 2]
    return [round(inner_left + (inner_right - inner_left) * i / (count - 1), 1) for i in range(count)]


def _bar(y: float, words: str) -> str:
    return (
        f'<line class="bar" x1="{LEFT}" x2="{RIGHT}" y1="{y}" y2="{y}"/>'
        f'<path class="tri" d="M{RIGHT - 3} {y - 6}h9l-4.5 6z"/>'
        f'<text class="at" x="{RIGHT + 9}" y="{y + 4}">{escape(words)}</text>'
    )


def _point(point: Point, x: float, scale: Scale, card: SignalCard, *, last: bool) -> str:
    said = with_unit(point.value, card.unit) if point.value is not None else NONE
    kind = "value last" if last else "value"
    name = _text(x, 107, point.label) + _text(x, 121, said, kind)
    if point.value is None:
        return name
    y = scale.y(point.value)
    whisker = ""
    if point.low is not None and point.high is not None:
        whisker = f'<line class="ci" x1="{x}" x2="{x}" y1="{scale.y(point.low)}" y2="{scale.y(point.high)}"/>'
    return whisker + (_dot(x, y) if _holds(point.value, card) else _ring(x, y)) + name


def _holds(value: float, card: SignalCard) -> bool:
    if card.bar_at is None:
        return True
    if not card.higher_is_better:
        return value <= card.bar_at
    return value > card.bar_at if card.bar_above else value >= card.bar_at


def _dot(x: float, y: float) -> str:
    return f'<circle class="ok" cx="{x}" cy="{y}" r="3.5"/>'


def _ring(x: float, y: float) -> str:
    return f'<circle class="short" cx="{x}" cy="{y}" r="4"/>'


def alternative(card: SignalCard) -> str:
    """The chart in words: every window with its figure and count, and the bar."""
    said = [
        f"{p.label}: "
        + (
            NONE
            if p.value is None
            else f"{with_unit(p.value, card.unit)}" + (f", {p.count}" if p.count else "")
        )
        for p in card.points
    ]
    bar = f"; the bar: {card.bar}" if card.bar else ""
    return f"{card.name}. {'; '.join(said)}{bar}"


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="middle">{escape(words)}</text>'


@lru_cache(DRAWN)
def gauge(card: SignalCard) -> Markup:
    """One figure and its bar on a short line, for a row of a list; empty without either."""
    if card.value is None or card.bar_at is None:
        return Markup()
    top = FULL if card.unit == SEEN_AS_RATE else max(card.value, card.bar_at) * 1.25 or 1.0
    at, bar = (round(GAUGE_WIDTH * min(each / top, 1.0), 1) for each in (card.value, card.bar_at))
    shape = "ok" if _holds(card.value, card) else "short"
    inside = (
        f'<line class="axis" x1="0" x2="{GAUGE_WIDTH}" y1="12" y2="12"/>'
        f'<path class="tri" d="M{bar - 4} 3h8l-4 6z"/>'
        f'<line class="bar" x1="{bar}" x2="{bar}" y1="6" y2="16"/>'
        f'<circle class="{shape}" cx="{at}" cy="12" r="3.5"/>'
    )
    return _picture(18, GAUGE_WIDTH, f"{card.name}: {card.figure}; the bar: {card.bar}", inside)


@lru_cache(DRAWN)
def record_chart(months: tuple[Month, ...]) -> Markup:
    """Entries per month of the record, the part that was written late marked.

    Heights go by the square root, so that one busy month leaves the others to be seen.
    """
    top = max((month.count for month in months), default=0) or 1
    wide = STRIP_WIDTH / max(len(months), 1)
    bars = "".join(_month(month, index * wide, wide, top) for index, month in enumerate(months))
    ground = (
        f'<line class="axis" x1="0" x2="{STRIP_WIDTH}" y1="{STRIP_FLOOR + 0.5}" y2="{STRIP_FLOOR + 0.5}"/>'
    )
    count, late = sum(month.count for month in months), sum(month.late for month in months)
    span = f"{months[0].label} to {months[-1].label}" if months else "no month"
    words = f"Entries per month, {span}: {count} entries, {late} written late"
    return _picture(STRIP_HEIGHT, STRIP_WIDTH, words, bars + ground)


def _month(month: Month, x: float, wide: float, top: int) -> str:
    tall = round(STRIP_TALLEST * math.sqrt(month.count / top), 1)
    late = round(tall * month.late / month.count, 1) if month.count else 0.0
    left = round(x + wide / 2 - 4, 1)
    bars = "".join(
        f'<rect class="{kind}" x="{left}" y="{round(STRIP_FLOOR - height, 1)}" width="8" height="{height}"/>'
        for kind, height in (("month", tall), ("tardy", late))
        if height
    )
    return bars + (_text(left + 4, 58, month.name) if month.name else "")
