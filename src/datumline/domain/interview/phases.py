"""How the time of a round went: by the phase whose question was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from datumline.domain.interview.marks import Answer
from datumline.domain.interview.transcript import Speaker, Turn
from datumline.domain.policy.blueprint import Blueprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """The seconds that a phase took, its questions among them; None when nobody noted times."""

    phase: str
    seconds: int | None


def time_spent(blueprint: Blueprint, turns: Sequence[Turn], answers: Sequence[Answer]) -> tuple[Spent, ...]:
    """Each phase in order.

    A turn lasts until the next one begins; the last turn's end is not known, so it counts for nothing.
    """
    if not any(turn.at is not None for turn in turns):
        return tuple(Spent(phase=phase, seconds=None) for phase in blueprint.phases)
    asked = {answer.turn: answer.asked for answer in answers}
    first = next(iter(blueprint.phases))
    spent = dict.fromkeys(blueprint.phases, 0.0)
    phase, waiting, last = first, 0.0, None
    for place, turn in enumerate(turns):
        if turn.at is not None:
            waiting += turn.at - last if last is not None else 0.0
            last = turn.at
        if place and turns[place - 1].speaker is Speaker.CANDIDATE:
            spent[phase] += waiting
            waiting = 0.0
        if turn.speaker is Speaker.CANDIDATE:
            phase = asked.get(place) or phase
    spent[phase] += waiting
    return tuple(Spent(phase=name, seconds=round(seconds)) for name, seconds in spent.items())
