"""Signals as cards and rows: figures with words from the pack, drawn against their bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from datumline.domain.period import Window, quarter_number
from datumline.domain.policy.phrasebook import Phrasebook
from datumline.domain.signals.signal import PERCENT, Signal
from datumline.domain.signals.words import signal_words, with_unit
from datumline.services.pages.cards import Point, SignalCard

QUARTERS = "on-time-quarter"
IN_QUARTERS = "senior-bar"  # it counts quarters, and its bar is a rate
# Drawn large, in this order; all others stand in the list below them.
LARGE = ("on-time", QUARTERS, "defect-rate", "review-median")
# The regression is a sentence beside the quarters, not a figure of its own.
SAID_ELSEWHERE = frozenset({QUARTERS, "regression"})
LESS_IS_BETTER = frozenset(
    {
        "defect-rate",
        "avoidable-incidents",
        "review-median",
        "review-slow",
        "review-blocking",
        "days-since-entry",
        "late-share",
        "recent-share",
    }
)


def signal_cards(signals: Sequence[Signal], phrases: Phrasebook) -> tuple[SignalCard, ...]:
    """The figures drawn large, as far as anything is on file for them."""
    by_id = {signal.id: signal for signal in signals}
    told = {signal.id for signal in signals if signal.value is not None}
    quarters = [signal for signal in signals if signal.id == QUARTERS]
    return tuple(
        quarters_card(quarters, by_id.get("regression"), phrases)
        if name == QUARTERS
        else _windows_card(by_id[name], phrases)
        for name in LARGE
        if name in told
    )


def signal_rows(signals: Iterable[Signal], phrases: Phrasebook) -> tuple[SignalCard, ...]:
    """All other figures that have a value."""
    rest = (each for each in signals if each.id not in LARGE and each.id not in SAID_ELSEWHERE)
    return tuple(signal_card(signal, phrases) for signal in rest if signal.value is not None)


def silent_names(signals: Iterable[Signal], phrases: Phrasebook) -> tuple[str, ...]:
    """The names of the figures that nothing is on file for."""
    every = list(signals)
    told = {each.id for each in every if each.value is not None} | SAID_ELSEWHERE
    names = (signal_words(each, phrases).name for each in every if each.id not in told)
    return tuple(dict.fromkeys(names))


def signal_card(signal: Signal, phrases: Phrasebook, points: tuple[Point, ...] = ()) -> SignalCard:
    """One figure with its words."""
    words = signal_words(signal, phrases)
    bar = None if signal.id == IN_QUARTERS else signal.bar
    return SignalCard(
        id=signal.id,
        name=words.name,
        figure=words.figure,
        count=words.count,
        interval=_interval(words.interval),
        span=words.interval,
        standing=signal.standing,
        bar=f"each {words.bar} {PERCENT}" if signal.id == IN_QUARTERS else words.bar,
        bar_at=float(bar.number) if bar else None,
        bar_above=bar.above if bar else False,
        trend=_sentence(words.trend),
        cautions=words.cautions,
        empty=words.empty,
        unit=signal.unit,
        higher_is_better=signal.id not in LESS_IS_BETTER,
        value=signal.value,
        points=points,
        counter=len(signal.counter),
    )


def _windows_card(signal: Signal, phrases: Phrasebook) -> SignalCard:
    """A figure over the sliding window, beside the window before."""
    if signal.value is None or signal.window is None:
        return signal_card(signal, phrases)
    now = Point(
        label=f"last {signal.window.days} days",
        value=signal.value,
        low=signal.interval.low if signal.interval else None,
        high=signal.interval.high if signal.interval else None,
        count=_of(signal),
    )
    before = Point(label="before", value=signal.previous)
    return signal_card(signal, phrases, (before, now))


def quarters_card(quarters: Sequence[Signal], drop: Signal | None, phrases: Phrasebook) -> SignalCard:
    """The rate of each quarter against the senior bar, with what the last drop means."""
    last = next((each for each in reversed(quarters) if each.value is not None), quarters[-1])
    card = signal_card(last, phrases, tuple(_quarter(each) for each in quarters))
    count = f"{card.count} in {_quarter(last).label}" if card.count else ""
    name = phrases.say(f"signal.{QUARTERS}")
    return replace(card, name=name, count=count, trend=_drop(drop, phrases))


def _quarter(signal: Signal) -> Point:
    return Point(
        label=_quarter_name(signal.window),
        value=signal.value,
        low=signal.interval.low if signal.interval else None,
        high=signal.interval.high if signal.interval else None,
        count=_of(signal),
    )


def _quarter_name(window: Window | None) -> str:
    if window is None:
        return ""
    return f"Q{quarter_number(window.start)} {window.start.year}"


def _of(signal: Signal) -> str:
    return "" if signal.denominator is None else f"{signal.numerator} of {signal.denominator}"


def _drop(drop: Signal | None, phrases: Phrasebook) -> str:
    """What the last quarter's drop means: how sure it is, and what the policy says literally."""
    if drop is None or drop.finding is None:
        return ""
    chance = ""
    if drop.value is not None and drop.finding in ("regression", "outlier"):
        chance = f" ({with_unit(100 * drop.value, PERCENT)})"
    sure = phrases.say(f"finding.{drop.finding}").rstrip(".") + chance + "."
    literal = drop.figures.get("literal")
    return f"{sure} {phrases.say(f'literal.{literal}')}" if literal else sure


def _interval(words: str) -> str:
    return f"95 % interval: {words}." if words else ""


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""
