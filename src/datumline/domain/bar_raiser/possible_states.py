"""How a commitment may stand when its facts leave something open: every state that some possible world has.

What is not said is tried at every day that can matter: one before, on and after each day that is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product

from datumline.domain.bar_raiser.non_negotiables_record import BarEntry, ToldMove
from datumline.domain.period import A_DAY, AsOf, Window
from datumline.domain.policy.facts import ABSENT, Absent, Maybe
from datumline.domain.signals.on_time import Move, State, counts_in, stand
from datumline.domain.verdict import Answer

MOST_OPEN = 2  # with more dates open than this, every state is possible
NOTHING = State.NOT_YET_DUE  # in no count


def possible_states(entry: BarEntry, at: AsOf, window: Window) -> frozenset[State]:
    """The states that the commitment may have in the count of `window`; NOT_YET_DUE: in no count.

    The commitment counts by its due date (reading 36): one that is due after the window is not in it yet,
    even when it is already delivered.
    """
    exists = entry.exists(at)
    if exists is Answer.NOT_MET or entry.due is None:
        return frozenset({NOTHING})
    found = _all_states(entry, at, window)
    return found | {NOTHING} if exists is Answer.UNKNOWN else found


def _all_states(entry: BarEntry, at: AsOf, window: Window) -> frozenset[State]:
    told = [day for move in entry.moves for day in (move.on, move.from_due, move.to)]
    open_dates = sum(day is ABSENT for day in (entry.due, entry.delivered, *told))
    if open_dates == 0 and isinstance(entry.due, date):
        moves = [move for told_move in entry.moves for move in _possible_moves(told_move, ())]
        return frozenset({_state(entry.due, _known(entry.delivered), moves, at.as_of, window)})
    if open_dates > MOST_OPEN:
        never_delivered = entry.delivered is None
        return frozenset(State) - ({State.ON_TIME} if never_delivered else set())
    days = _days_that_matter((entry.due, entry.delivered, at.as_of, window.start, *told))
    return frozenset(_worlds(entry, at, window, days))


def _worlds(entry: BarEntry, at: AsOf, window: Window, days: list[date]) -> Iterator[State]:
    dues: Iterable[date] = days if entry.due is ABSENT else [entry.due] if entry.due else []
    delivered: Iterable[date | None] = (
        [None, *days] if entry.delivered is ABSENT else [_known(entry.delivered)]
    )
    moves = [list(_possible_moves(move, days)) for move in entry.moves]
    for due, done, made in product(dues, delivered, product(*moves)):
        yield _state(due, done, made, at.as_of, window)


def _state(due: date, delivered: date | None, moves: Iterable[Move], as_of: date, window: Window) -> State:
    standing = stand(due=due, delivered=delivered, moves=list(moves), as_of=as_of)
    return standing.state if counts_in(window, due=standing.due, state=standing.state) else NOTHING


def _possible_moves(move: ToldMove, days: Iterable[date]) -> Iterator[Move]:
    spans = [days if day is ABSENT else [day] for day in (move.on, move.from_due, move.to)]
    return (Move(on=on, from_due=from_due, to=to) for on, from_due, to in product(*spans))


def _known(day: Maybe[date]) -> date | None:
    return None if isinstance(day, Absent) else day


def _days_that_matter(known: Iterable[Maybe[date]]) -> list[date]:
    days = [day for day in known if isinstance(day, date)]
    return sorted({day + shift for day in days for shift in (-A_DAY, timedelta(), A_DAY)})
