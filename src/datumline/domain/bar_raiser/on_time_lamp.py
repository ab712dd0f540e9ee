"""The on-time lamp: a rate over possible worlds, strictly above the floor (spec 60; spec 96, reading 36)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from datumline.domain.signals.on_time import State
from datumline.domain.verdict import Answer

PERCENT = 100
States = frozenset[State]  # every state that one commitment may have; NOT_YET_DUE is in no count


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many on time of so many counted."""

    on_time: int
    of: int

    def above(self, floor: Decimal) -> bool:
        """Whether the rate lies strictly above `floor`, in percent. False when nothing is counted."""
        return self.of > 0 and PERCENT * self.on_time > floor * self.of


def best(states: Counter[States]) -> Rate:
    """The rate in the world that is kindest: on time where possible, else not counted where possible."""
    on_time = sum(count for each, count in states.items() if State.ON_TIME in each)
    missed = sum(count for each, count in states.items() if each == {State.MISSED})
    return Rate(on_time=on_time, of=on_time + missed)


def worst(states: Counter[States]) -> Rate:
    """The rate in the world that is harshest: missed where possible, else not counted where possible."""
    on_time = sum(count for each, count in states.items() if each == {State.ON_TIME})
    missed = sum(count for each, count in states.items() if State.MISSED in each)
    return Rate(on_time=on_time, of=on_time + missed)


def above_floor(states: Counter[States], floor: Decimal) -> Answer:
    """Whether the rate is above the floor in every world, or in none; unknown where nothing is counted."""
    if worst(states).above(floor):
        return Answer.MET
    kindest = best(states)
    return Answer.NOT_MET if kindest.of and not kindest.above(floor) else Answer.UNKNOWN


def added_to_reach(rate: Rate, floor: Decimal) -> int:
    """How many more on time, and none missed, lift the rate above the floor."""
    short = floor * rate.of - PERCENT * rate.on_time
    if short < 0:
        return 0
    return max(int(short // (PERCENT - floor)) + 1, 0 if rate.of else 1)


def missed_to_fall(rate: Rate, floor: Decimal) -> int:
    """How many more missed bring the rate down to the floor or below it."""
    spare = Decimal(PERCENT * rate.on_time) / floor - rate.of
    whole = int(spare) if spare == int(spare) else int(spare) + 1
    return max(whole, 0 if rate.of else 1)
