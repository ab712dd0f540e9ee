"""Clocks as lines: what runs out in somebody's record, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from datumline.services.pages.cards import ClockLine
from datumline.services.record import Record

AHEAD_DAYS = 14  # how far ahead a page looks for what runs out
STALE_DAYS = 60  # a commitment overdue for longer is a matter of the record, no deadline any more
PROMISED = "Ask whether the date holds. A new date counts only before it passes."
PASSED = "Ask what happened, and log the delivery when it comes."
PROMISE = "promise"
WORDS = {
    "note-owed": ("a note is owed{about}", "Write down what you saw, and share it."),
    "wait-before-plan": ("the time that the second note gave ends{about}", "Wait, and log what happens."),
    "remediation-window": ("the window of the corrective step ends{about}", "Read the figure on that day."),
    "remediation-follow-up": ("the follow-up of the corrective step is due{about}", "Follow up, and log it."),
    "note-checkpoint": ("a note is looked at again{about}", "Say what came of it: it held, in part, or not."),
    "update-answer": ("the monthly update waits for an answer", "Answer it in writing before the next 1:1."),
    "coaching-decision": ("a decision on coaching is owed{about}", "Close it by one path."),
    "week-reading": ("this week is to be read{about}", "Read it: met, missed or not applicable."),
    "plan-clock": ("the plan's time ends{about}", "Close it with its outcome, or ask for more time."),
    "move-clock": ("the managed move's time ends{about}", "Say how it ended."),
    "plan-signature": ("the visibility plan waits for a signature", "Read what it says, and sign it."),
    "self-audit": ("the self-audit of the visibility plan is due", "Go through the artifacts, one by one."),
    "stretch-recheck": (
        "the stretch project is checked again",
        "Ask whether budget, sponsor and user stand.",
    ),
}


def clock_lines(record: Record) -> tuple[ClockLine, ...]:
    """What runs out in the record soon, or is overdue, by day."""
    return soon(all_clock_lines(record))


def soon(lines: Iterable[ClockLine]) -> tuple[ClockLine, ...]:
    """Those that fall due in the next days, or were due not long ago."""
    return tuple(line for line in lines if -STALE_DAYS <= line.days <= AHEAD_DAYS)


def on_day(line: ClockLine, day: date) -> ClockLine:
    """The same line, read on another day."""
    days = (line.due - day).days
    step = line.next_step
    if step in (PROMISED, PASSED):
        step = PROMISED if days >= 0 else PASSED
    return replace(line, days=days, next_step=step)


def all_clock_lines(record: Record) -> tuple[ClockLine, ...]:
    """Every clock of the record, and every commitment that is still open, by day."""
    found = [*_clocks(record), *_commitments(record)]
    return tuple(sorted(found, key=lambda line: (line.due, line.what)))


def _clocks(record: Record) -> Iterator[ClockLine]:
    for clock in record.clocks:
        what, step = WORDS[clock.id]
        about = f", concern: {clock.concern}" if clock.concern else ""
        line = _line(record, clock.due, what.format(about=about), step)
        yield replace(line, kind=clock.id, about=clock.concern or "", entry=clock.entry)


def _commitments(record: Record) -> Iterator[ClockLine]:
    for each in record.commitments:
        if each.delivered is None:
            line = _line(record, each.standing.due, f"“{each.work}”", PROMISED)
            yield replace(line, kind=PROMISE)


def _line(record: Record, due: date, what: str, step: str) -> ClockLine:
    line = ClockLine(
        person=record.person.id,
        name=record.person.name,
        what=what,
        due=due,
        days=0,
        next_step=step,
    )
    return on_day(line, record.at.as_of)
