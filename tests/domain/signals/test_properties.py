"""What must hold for every record: order does not matter, and `holds_until` is the first day of a change."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.signals.catalogue import NAMES, all_signals
from datumline.domain.signals.signal import Signal
from support.signal_cases import TODAY, entry, promise, promises, record

DAY = timedelta(days=1)
past = st.integers(0, 400).map(lambda back: TODAY - back * DAY)


@st.composite
def commitments(draw: st.DrawFn) -> Entry:
    promised = draw(past)
    due = promised + draw(st.integers(1, 60)) * DAY
    delivered = draw(st.none() | st.integers(0, 90).map(lambda days: promised + days * DAY))
    return promise(due, delivered if delivered and delivered <= TODAY else None, promised=promised)


@st.composite
def others(draw: st.DrawFn) -> Entry:
    day = draw(past)
    return draw(
        st.sampled_from(
            [
                entry(Kind.CHANGE_BATCH, day, changes=9, defects=1),
                entry(Kind.INCIDENT, day, avoidable=True),
                entry(Kind.REVIEW_TURNAROUND, day, reviews=2, hours="30"),
                entry(Kind.ARTIFACT, day, artifact="D-1", type="rfc"),
                entry(Kind.CITATION, day, artifact="D-1", own_team=False),
                entry(Kind.UNBLOCKED, day, whom="Pell"),
                entry(Kind.MENTORSHIP, day, whom="Ruta", outcome="leads a rota"),
                entry(Kind.OWNERSHIP, day, of="service", services=["rates"], end_to_end=True),
                entry(Kind.OCCURRENCE, day, written=min(day + 20 * DAY, TODAY)),
            ]
        )
    )


files = st.lists(commitments() | others(), max_size=14)


def only_of_the_window(entries: list[Entry]) -> list[Entry]:
    """Those that happened in the last 180 days, so that nothing leaves the window before it unseen."""
    return [each for each in entries if each.occurred_on > TODAY - 180 * DAY]


def figures(entries: list[Entry], day: date) -> list[Signal]:
    return list(all_signals(record(entries, as_of=day)))


def counted(signal: Signal) -> Signal:
    """What time can change: everything but the place of a sliding window and the next change."""
    moving = {
        key: value for key, value in signal.figures.items() if key not in {"from", "earlier_from", "open"}
    }
    return replace(signal, window=None, holds_until=None, figures=moving)


@given(files)
@settings(max_examples=80, deadline=None)
def test_the_order_of_the_record_does_not_matter(entries: list[Entry]) -> None:
    assert figures(entries, TODAY) == figures(entries[::-1], TODAY)


@given(files)
@settings(max_examples=80, deadline=None)
def test_nothing_changes_before_the_day_that_a_signal_names(entries: list[Entry]) -> None:
    today = [each for each in figures(entries, TODAY) if each.id != "on-time-quarter"]
    for offset in (1, 2, 7, 30, 89, 91, 120):
        day = TODAY + offset * DAY
        later = [each for each in figures(entries, day) if each.id != "on-time-quarter"]
        for now, then in zip(today, later, strict=True):
            if now.holds_until is None or day < now.holds_until:
                assert counted(then) == counted(now)


@given(st.lists(commitments() | others(), max_size=14).map(only_of_the_window))
@settings(max_examples=80, deadline=None)
def test_a_sliding_figure_does_change_on_the_day_that_it_names(entries: list[Entry]) -> None:
    sliding = {
        "on-time",
        "defect-rate",
        "review-slow",
        "avoidable-incidents",
        "cited-outside",
        "linked-share",
    }
    for now in figures(entries, TODAY):
        if now.id in sliding and now.holds_until:
            then = next(each for each in figures(entries, now.holds_until) if each.id == now.id)
            assert (then.numerator, then.denominator) != (now.numerator, now.denominator)


def test_every_name_of_the_catalogue_is_answered_for_an_empty_record() -> None:
    found = figures([], TODAY)
    assert tuple(dict.fromkeys(each.id for each in found)) == NAMES
    assert all("nothing-on-file" in each.notes for each in found)
    assert all(each.value is None for each in found)
    assert all(each.holds_until is None for each in found)


def test_three_hundred_entries_take_a_few_milliseconds() -> None:
    entries = [
        each
        for week in range(50)
        for each in (
            *promises(TODAY - week * 7 * DAY, kept=1, missed=1),
            entry(Kind.CHANGE_BATCH, TODAY - week * 7 * DAY, changes=9, defects=1),
            entry(Kind.REVIEW_TURNAROUND, TODAY - week * 7 * DAY, reviews=2, hours="30"),
            entry(Kind.ARTIFACT, TODAY - week * 7 * DAY, artifact=f"D-{week}", type="rfc"),
            entry(Kind.CITATION, TODAY - week * 7 * DAY, artifact=f"D-{week}", own_team=False),
        )
    ]
    assert len(entries) == 300
    took = []
    for _ in range(7):
        start = time.process_time()
        figures(entries, TODAY)
        took.append(time.process_time() - start)
    assert min(took) < 0.015  # about 3 ms of work; the room is for a slower machine
