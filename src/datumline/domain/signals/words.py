"""A signal in the pack's words: short texts for its figure, count, interval, bar and cautions.

One wording for pages, commands and documents, so that a figure reads the same wherever it stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from datumline.domain.period import quarter_number, quarter_of
from datumline.domain.policy.phrasebook import Phrasebook
from datumline.domain.signals.interval import Interval
from datumline.domain.signals.signal import NOTHING, PERCENT, Signal
from datumline.domain.verdict import Figure

WHOLE_FROM = 10  # from here on a decimal adds nothing that a reader could use


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalWords:
    """A signal's texts. An empty one says that there is nothing to say.

    Attributes:
        name: what is measured.
        figure: the value with its unit, such as `74 %`.
        count: what it was counted from, such as `26 of 35`.
        interval: the 95 % interval, such as `58 to 85 %`.
        bar: what it is measured by, such as `above 85 %`.
        trend: the change against the window before, such as `28 points lower`.
        finding: what the figure is taken for, for those that are taken for something.
        cautions: why the figure is weak evidence, or what to know beside it.
        empty: why there is no figure; empty when there is one.
    """

    name: str
    figure: str = ""
    count: str = ""
    interval: str = ""
    bar: str = ""
    trend: str = ""
    finding: str = ""
    cautions: tuple[str, ...] = ()
    empty: str = ""


def signal_words(signal: Signal, phrases: Phrasebook) -> SignalWords:
    """The texts of one signal. Raises Problem for an id that the phrasebook lacks."""
    name = _name(signal, phrases)
    cautions = tuple(phrases.say(f"note.{note}", **_told(signal)) for note in signal.notes if note != NOTHING)
    if signal.value is None:
        return SignalWords(name=name, cautions=cautions, empty=phrases.say(f"note.{NOTHING}"))
    return SignalWords(
        name=name,
        figure=with_unit(signal.value, signal.unit),
        count="" if signal.denominator is None else f"{signal.numerator} of {signal.denominator}",
        interval=_interval(signal.interval, signal.unit),
        bar=_bar(signal, phrases),
        trend=_trend(signal, phrases),
        finding=phrases.say(f"finding.{signal.finding}") if signal.finding else "",
        cautions=cautions,
    )


def _name(signal: Signal, phrases: Phrasebook) -> str:
    name = phrases.say(f"signal.{signal.id}", **_told(signal))
    if signal.window is None or signal.window != quarter_of(signal.window.start):
        return name
    start = signal.window.start
    return phrases.say("words.quarter", name=name, quarter=quarter_number(start), year=str(start.year))


def _told(signal: Signal) -> dict[str, Figure]:
    return {"count": signal.denominator or signal.numerator, **signal.figures}


def number(value: float) -> str:
    """A figure as people write it: one decimal below ten, whole from there on."""
    if value == int(value) or abs(value) >= WHOLE_FROM:
        return f"{value:.0f}"
    return f"{value:.1f}"


def with_unit(value: float, unit: str) -> str:
    """A figure and its unit, such as `74 %` or `31 h`."""
    return f"{number(value)} {unit}".rstrip()


def _interval(interval: Interval | None, unit: str) -> str:
    return "" if interval is None else f"{number(interval.low)} to {with_unit(interval.high, unit)}"


def _bar(signal: Signal, phrases: Phrasebook) -> str:
    if signal.bar is None:
        return ""
    side = "words.above" if signal.bar.above else "words.at-least"
    return phrases.say(side, number=with_unit(float(signal.bar.number), signal.unit))


def _trend(signal: Signal, phrases: Phrasebook) -> str:
    if signal.trend is None:
        return ""
    if number(abs(signal.trend)) == "0":
        return phrases.say("words.unchanged")
    unit = "points" if signal.unit == PERCENT else signal.unit
    side = "words.higher" if signal.trend > 0 else "words.lower"
    return phrases.say(side, number=with_unit(abs(signal.trend), unit))
