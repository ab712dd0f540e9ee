"""The team's goals that counted in the window, and the share of them that was on time."""

from __future__ import annotations

from decimal import Decimal
from math import ceil

from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import Window
from datumline.domain.promotion.piece import Measured, Piece
from datumline.domain.promotion.readiness_record import ReadinessRecord
from datumline.domain.signals.on_time import State, stand
from datumline.domain.verdict import Answer, all_of, answer

PERCENT = 100


def goals_on_time(record: ReadinessRecord, window: Window, floor: Decimal) -> Measured:
    """The team goals that counted in the window: the share of them that was on time."""
    pieces = []
    for entry in record.of(Kind.COMMITMENT):
        goal = all_of((entry.exists(record.at), entry.flag("team_goal")))
        due = entry.days.get("due")
        if goal is Answer.NOT_MET or due is None:
            continue
        found = stand(
            due=due, delivered=entry.days.get("delivered"), moves=entry.moves, as_of=record.at.as_of
        )
        if found.state is State.NOT_YET_DUE or found.due not in window:
            continue
        told = "delivered" in entry.days or found.state is State.ON_TIME
        on_time = answer((found.state is State.ON_TIME) if told else None)
        pieces.append(Piece(entry=entry, answer=on_time if goal is Answer.MET else Answer.UNKNOWN))
    return _share(tuple(pieces), floor)


def _share(pieces: tuple[Piece, ...], floor: Decimal) -> Measured:
    if not pieces:
        return Measured(answer=Answer.UNKNOWN)
    sure = sum(piece.answer is Answer.MET for piece in pieces)
    missed = sum(piece.answer is Answer.NOT_MET for piece in pieces)
    enough = PERCENT * sure >= floor * len(pieces)
    out_of_reach = PERCENT * (len(pieces) - missed) < floor * len(pieces)
    given = Answer.MET if enough else Answer.NOT_MET if out_of_reach else Answer.UNKNOWN
    because = tuple(piece.entry.pointer for piece in pieces)
    lacking = _more(sure, len(pieces), floor)
    return Measured(
        answer=given, because=because, have=sure, need=len(pieces), pieces=pieces, lacking=lacking
    )


def _more(on_time: int, of: int, floor: Decimal) -> int:
    """How many more, all on time, lift the share to the floor; 0 where it is there, or out of reach."""
    short = floor * of - PERCENT * on_time
    return ceil(short / (PERCENT - floor)) if short > 0 and floor < PERCENT else 0
