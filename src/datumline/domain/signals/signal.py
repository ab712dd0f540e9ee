"""A signal: one figure over a window, with its count, its interval and the entries behind it (spec 10).

Figures only. Names and sentences come from the pack's phrasebook under `signal.ID` and `note.ID`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.period import Window
from datumline.domain.signals.interval import Interval, wilson
from datumline.domain.verdict import Answer, Figure, answer

NOTHING = "nothing-on-file"
TOO_FEW = "too-few"
PERCENT = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What a figure is measured by: the policy's number, its key, and which side of it is good.

    `above` asks for more than the number; otherwise reaching it is enough.
    """

    number: Decimal
    parameter: str
    above: bool = False

    def met_by(self, value: Fraction) -> bool:
        """Whether `value`, in the bar's own unit, clears it."""
        return value > self.number if self.above else value >= self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One figure.

    Attributes:
        id: its name in the catalogue.
        value: the figure in `unit`; None when nothing is on file (never 0 % for no evidence).
        numerator, denominator: the counts behind it; `denominator` is None for a plain count.
        window: the days counted; None for the whole record up to the day asked about.
        unit: `%`, `h`, `days`, `probability`, or empty for a count.
        interval: in `unit`; None where a count is complete and nothing is estimated.
        entries: the entries used, oldest first; `counter`: those among them that speak against the person.
        previous: the same figure one window earlier; None when there was none.
        bar: what it is measured by, with `standing` against it. None when the policy sets none.
        finding: an answer in a word, for the figures that give one (`regression`, `outlier` …).
        figures: further named values for its words.
        notes: ids of what a reader must know beside it: `nothing-on-file`, `too-few` …
        holds_until: the first day on which time alone moves its counts; None if none does.
    """

    id: str
    value: float | None
    numerator: int
    denominator: int | None = None
    window: Window | None
    unit: str = ""
    interval: Interval | None = None
    entries: tuple[EntryId, ...] = ()
    counter: tuple[EntryId, ...] = ()
    previous: float | None = None
    bar: Bar | None = None
    standing: Answer | None = None
    finding: str | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    holds_until: date | None = None

    @property
    def trend(self) -> float | None:
        """The change against the window before, in `unit` (points for a percentage)."""
        return None if self.value is None or self.previous is None else self.value - self.previous


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole, with the entries on either side. An entry may weigh more than one."""

    hits: int
    of: int
    entries: tuple[EntryId, ...] = ()
    counter: tuple[EntryId, ...] = ()

    @property
    def percent(self) -> float | None:
        """The share in percent; None of nothing."""
        return 100 * self.hits / self.of if self.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """The confidence of an interval, in percent, and below how many counted a rate is marked as too few."""

    confidence: Decimal
    few: int


def share_of(entries: Iterable[Entry], good: Iterable[bool], *, bad: bool = False) -> Share:
    """The share of entries for which `good` holds. With `bad`, the ones that hold count against."""
    pairs = list(zip(entries, good, strict=True))
    return Share(
        hits=sum(holds for _, holds in pairs),
        of=len(pairs),
        entries=tuple(entry.id for entry, _ in pairs),
        counter=tuple(entry.id for entry, holds in pairs if holds is bad),
    )


def rate(  # noqa: PLR0913 - one figure's parts, named by the caller
    name: str,
    share: Share,
    *,
    window: Window | None,
    sure: Sureness,
    before: Share | None = None,
    bar: Bar | None = None,
    holds_until: date | None = None,
    notes: Iterable[str] = (),
    figures: Mapping[str, Figure] | None = None,
) -> Signal:
    """A percentage with its Wilson interval; marked as `too-few` below the least count."""
    cautions = (NOTHING,) if not share.of else (TOO_FEW,) if share.of < sure.few else ()
    return Signal(
        id=name,
        value=share.percent,
        numerator=share.hits,
        denominator=share.of,
        window=window,
        unit=PERCENT,
        interval=wilson(share.hits, share.of, sure.confidence) if share.hits <= share.of else None,
        entries=share.entries,
        counter=share.counter,
        previous=before.percent if before else None,
        bar=bar,
        standing=against(share, bar) if bar else None,
        figures=figures or {},
        notes=(*cautions, *notes),
        holds_until=holds_until,
    )


def against(share: Share, bar: Bar) -> Answer:
    """How a share stands against a bar in percent; unknown of nothing."""
    return answer(bar.met_by(Fraction(100 * share.hits, share.of)) if share.of else None)


def leaves(days: Iterable[date], window: Window) -> date | None:
    """The first day after `window.end` on which an event in this window, or in the one before it, drops out.

    For a window of fixed length that slides with the day.
    """
    length, before = timedelta(days=window.days), window.before
    ordered = sorted(days)
    first = bisect_left(ordered, window.start)
    there = ordered[bisect_left(ordered, before.start) : first][:1]
    return earliest(
        *(day + 2 * length for day in there), *(day + length for day in ordered[first : first + 1])
    )


def earliest(*days: date | None) -> date | None:
    """The earliest day that there is."""
    return min((day for day in days if day is not None), default=None)
