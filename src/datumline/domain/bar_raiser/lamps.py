"""The four lamps, answered with the facts that decided them (spec 60; readings 36 to 38 and "Also")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from datumline.domain.bar_raiser.non_negotiables_record import BarEntry, BarRecord
from datumline.domain.bar_raiser.on_time_lamp import PERCENT, States, above_floor
from datumline.domain.bar_raiser.possible_states import possible_states
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import AsOf, Window, last_days, quarter_number, quarters_until
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.pack import Policy
from datumline.domain.signals.interval import wilson
from datumline.domain.signals.on_time import State
from datumline.domain.verdict import Answer, Condition, Figure, all_of, answer

ON_TIME = "on-time"
# Each lamp that counts claims, by the kind of entry that it counts.
COUNTING = {
    "cross-team-projects": Kind.CROSS_TEAM_PROJECT,
    "customer-impact": Kind.CUSTOMER_IMPACT,
    "trade-offs-with-data": Kind.TRADE_OFF,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BarNumbers:
    """The numbers of the policy that the lamps are measured by, on one day. `needed` is by lamp."""

    window_days: int
    floor: Decimal
    confidence: Decimal
    quarters: int
    needed: dict[str, int]

    def window(self, on: date) -> Window:
        """The days that end with `on`."""
        return last_days(self.window_days, until=on)


def numbers_of(policy: Policy, on: date) -> BarNumbers:
    """The numbers that hold on `on`."""
    parameters = {
        "cross-team-projects": "bar_raiser.cross_team_projects",
        "customer-impact": "bar_raiser.customer_impact",
        "trade-offs-with-data": "bar_raiser.trade_offs_with_data",
    }
    return BarNumbers(
        window_days=policy.days("window.signals", on),
        floor=policy.number("on_time.bar_raiser_floor", on),
        confidence=policy.number("signals.interval", on),
        quarters=policy.whole("on_time.quarters_shown", on),
        needed={lamp: policy.whole(key, on) for lamp, key in parameters.items()},
    )


StatesOf = Callable[[BarEntry, AsOf, Window], States]


def states_of(record: BarRecord, numbers: BarNumbers, look: StatesOf = possible_states) -> Counter[States]:
    """How many commitments have each set of possible states in the window."""
    window = numbers.window(record.at.as_of)
    return Counter(look(entry, record.at, window) for entry in record.of(Kind.COMMITMENT))


def answers_of(record: BarRecord, numbers: BarNumbers, states: Counter[States]) -> dict[str, Answer]:
    """The answer of each lamp; all are unknown when nobody said what is on file."""
    if record.entries is ABSENT:
        return dict.fromkeys((ON_TIME, *COUNTING), Answer.UNKNOWN)
    counted = {lamp: _enough(record, kind, numbers.needed[lamp]) for lamp, kind in COUNTING.items()}
    return {ON_TIME: above_floor(states, numbers.floor), **counted}


def _enough(record: BarRecord, kind: Kind, needed: int) -> Answer:
    """Enough claims hold; unknown where nothing is on file, not met where what is on file falls short."""
    told = [(entry.exists(record.at), entry.claim) for entry in record.of(kind)]
    answers = [all_of(pair) for pair in told]
    if not told or all(exists is Answer.NOT_MET for exists, _ in told):
        return Answer.UNKNOWN
    if answers.count(Answer.MET) >= needed:
        return Answer.MET
    possible = len(answers) - answers.count(Answer.NOT_MET)
    on_file = any(exists is Answer.MET for exists, _ in told)
    return answer(None if possible >= needed or not on_file else False)


def lamps(record: BarRecord, numbers: BarNumbers, look: StatesOf = possible_states) -> tuple[Condition, ...]:
    """Every lamp with its evidence and its figures."""
    answers = answers_of(record, numbers, states_of(record, numbers, look))
    counting = (
        _counting(record, lamp, kind, answers[lamp], numbers.needed[lamp]) for lamp, kind in COUNTING.items()
    )
    return (_on_time(record, numbers, answers[ON_TIME], look), *counting)


def _counting(record: BarRecord, lamp: str, kind: Kind, given: Answer, needed: int) -> Condition:
    there = [entry for entry in record.of(kind) if entry.exists(record.at) is not Answer.NOT_MET]
    sure = [entry for entry in there if entry.exists(record.at) is entry.claim is Answer.MET]
    speaking = sure if given is Answer.MET else there
    return Condition(
        id=lamp,
        answer=given,
        because=tuple(entry.pointer for entry in speaking),
        figures={"count": len(sure), "needed": needed, "on_file": len(there)},
    )


def _on_time(record: BarRecord, numbers: BarNumbers, given: Answer, look: StatesOf) -> Condition:
    """The rate with its count and interval (law 4), the quarters beside it (reading 36)."""
    window = numbers.window(record.at.as_of)
    told = [(entry, look(entry, record.at, window)) for entry in record.of(Kind.COMMITMENT)]
    counted = [entry for entry, states in told if states != {State.NOT_YET_DUE}]
    of, on_time = _sure(states for _, states in told)
    interval = wilson(on_time, of, numbers.confidence)
    figures: dict[str, Figure] = {
        "on_time": on_time,
        "of": of,
        "rate": round(PERCENT * on_time / of, 1) if of else None,
        "low": round(interval.low, 1) if interval else None,
        "high": round(interval.high, 1) if interval else None,
        "open_questions": sum(len(states) > 1 for _, states in told),
        "window_start": window.start,
        "quarters": ", ".join(_quarters(record, numbers)),
    }
    return Condition(
        id=ON_TIME, answer=given, because=tuple(entry.pointer for entry in counted), figures=figures
    )


def _sure(states: Iterable[States]) -> tuple[int, int]:
    """How many are surely counted, and surely on time."""
    found = Counter(states)
    on_time = found[frozenset({State.ON_TIME})]
    return on_time + found[frozenset({State.MISSED})], on_time


def _quarters(record: BarRecord, numbers: BarNumbers) -> Iterable[str]:
    """Each quarter's count in words, oldest first: `2026-Q2 9 of 10`."""
    commitments = record.of(Kind.COMMITMENT)
    entries = [entry for entry in commitments if ABSENT not in (entry.due, entry.delivered)]
    for quarter in quarters_until(record.at.as_of, numbers.quarters):
        of, on_time = _sure(possible_states(entry, record.at, quarter) for entry in entries)
        yield f"{quarter.start.year}-Q{quarter_number(quarter.start)} {on_time} of {of}"
