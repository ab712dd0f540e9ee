"""On-time delivery: over the window, by quarter, by first dates; the senior bar (S0; readings 36 and 37)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from datumline.domain.period import A_DAY, Window, quarter_of, quarters_until
from datumline.domain.signals.commitments import Commitment
from datumline.domain.signals.on_time import State, counts_in
from datumline.domain.signals.record import Record
from datumline.domain.signals.signal import NOTHING, Share, Signal, against, earliest, leaves, rate
from datumline.domain.verdict import Answer, all_of


def tally(commitments: Sequence[Commitment], window: Window) -> Share:
    """How many of the commitments that count in `window` were on time."""
    counted = [
        each for each in commitments if counts_in(window, due=each.standing.due, state=each.standing.state)
    ]
    return _share(counted, [each.standing.state is State.ON_TIME for each in counted])


def tally_by_first(commitments: Sequence[Commitment], window: Window) -> Share:
    """As `tally`, as if nothing had ever been rescheduled."""
    counted = [
        each
        for each in commitments
        if counts_in(window, due=each.standing.first_due, state=each.standing.state_by_first)
    ]
    return _share(counted, [each.standing.state_by_first is State.ON_TIME for each in counted])


def _share(counted: Sequence[Commitment], on_time: Sequence[bool]) -> Share:
    pairs = list(zip(counted, on_time, strict=True))
    return Share(
        hits=sum(on_time),
        of=len(counted),
        entries=tuple(entry for each in counted for entry in each.entries),
        counter=tuple(each.entry for each, good in pairs if not good),
    )


def on_time(record: Record) -> Signal:
    """The rate over the window, against the bar-raiser floor."""
    held = record.commitments
    counted = [
        each for each in held if counts_in(record.window, due=each.standing.due, state=each.standing.state)
    ]
    return rate(
        "on-time",
        tally(held, record.window),
        window=record.window,
        sure=record.measures.sureness,
        before=tally(held, record.before),
        bar=record.measures.bar_raiser_floor,
        holds_until=_holds(record, [(each.standing.due, each.standing.state) for each in held]),
        notes=dict.fromkeys(note for each in counted for note in each.notes),
        figures={
            "rescheduled": sum(each.standing.moved > 0 for each in counted),
            "open": sum(each.standing.state is State.NOT_YET_DUE for each in held),
        },
    )


def on_time_by_first_dates(record: Record) -> Signal:
    """The same rate by the dates first promised, to be shown beside it."""
    held = record.commitments
    return rate(
        "on-time-first-dates",
        tally_by_first(held, record.window),
        window=record.window,
        sure=record.measures.sureness,
        before=tally_by_first(held, record.before),
        holds_until=_holds(
            record, [(each.standing.first_due, each.standing.state_by_first) for each in held]
        ),
    )


def _holds(record: Record, stand: Sequence[tuple[date, State]]) -> date | None:
    """The first day on which a commitment falls overdue, comes into the window, or leaves it."""
    ahead = (due for due, state in stand if state is not State.NOT_YET_DUE and due > record.window.end)
    there = (due for due, _ in stand if due <= record.window.end)
    return earliest(_turns(record.commitments), *ahead, leaves(there, record.window))


def on_time_by_quarter(record: Record) -> Iterator[Signal]:
    """The rate of each of the last calendar quarters, oldest first; the last one may still be running."""
    today = record.at.as_of
    before: Share | None = None
    for quarter in quarters_until(today, record.measures.quarters_shown):
        share = tally(record.commitments, quarter)
        running = today < quarter.end
        yield rate(
            "on-time-quarter",
            share,
            window=quarter,
            sure=record.measures.sureness,
            before=before,
            bar=record.measures.senior_bar,
            holds_until=_turns([each for each in record.commitments if each.standing.due in quarter]),
            notes=("quarter-running",) if running else (),
        )
        before = share


def complete_quarters(day: date, count: int) -> tuple[Window, ...]:
    """The last `count` calendar quarters, oldest first, that are over on `day`: the last day is."""
    last = quarter_of(day + A_DAY).start - A_DAY
    return quarters_until(last, count)


def senior_bar(record: Record) -> Signal:
    """Whether each of the last complete quarters reached the senior bar; the value counts those that did."""
    wanted = record.measures.quarters_in_a_row
    quarters = complete_quarters(record.at.as_of, wanted)
    shares = [tally(record.commitments, quarter) for quarter in quarters]
    answers = [against(share, record.measures.senior_bar) for share in shares]
    return Signal(
        id="senior-bar",
        value=sum(each is Answer.MET for each in answers) if any(share.of for share in shares) else None,
        numerator=sum(each is Answer.MET for each in answers),
        denominator=wanted,
        window=Window(start=quarters[0].start, end=quarters[-1].end),
        entries=tuple(entry for share in shares for entry in share.entries),
        counter=tuple(entry for share in shares for entry in share.counter),
        bar=record.measures.senior_bar,
        standing=all_of(answers),
        notes=() if any(share.of for share in shares) else (NOTHING,),
        holds_until=next_quarter_end(record),
    )


def next_quarter_end(record: Record) -> date | None:
    """The first day on which another quarter is over, or a commitment turns; None without commitments."""
    if not record.commitments:
        return None
    return earliest(_turns(record.commitments), quarter_of(record.at.as_of + A_DAY).end)


def _turns(commitments: Sequence[Commitment]) -> date | None:
    return earliest(*(each.standing.changes_on for each in commitments))
