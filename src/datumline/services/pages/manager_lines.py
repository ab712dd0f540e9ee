"""What waits with each manager below the one who asks. What was not looked at is unknown, never nought."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from datumline.domain.people.person import PersonId
from datumline.domain.people.reach import reach_of
from datumline.services.pages.cards import ClockLine
from datumline.services.record import READS
from datumline.services.visit import Visit


class About(Protocol):
    """A line about somebody."""

    @property
    def person(self) -> PersonId:
        """Whom it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How much was counted. `whole` is False where something that belongs to it was not looked at."""

    known: int
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerLine:
    """A manager under whoever asks: how many people, and what waits among them."""

    person: PersonId
    name: str
    people: int
    over: Tally
    matters: Tally
    silent: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Whom the page looked at; of whom the one who asks may read all that clocks and verdicts rest on."""

    at: frozenset[PersonId]
    whole: frozenset[PersonId]


def read_whole(asked: Visit, people: Iterable[PersonId]) -> Iterator[PersonId]:
    """What a list shows goes as far as a reach does: a right within a case opens the case, not the list."""
    return (each for each in people if reach_of(asked.gate.relations.towards(each)) >= READS)


def manager_lines(
    asked: Visit,
    people: Iterable[PersonId],
    looked: Looked,
    lines: tuple[Iterable[ClockLine], Iterable[About], Iterable[About]],
) -> Iterator[ManagerLine]:
    """For each manager below the one who asks: what waits among their people.

    `lines` are the clocks, the concerns and the people without fresh notes of the page.
    """
    clocks, matters, silent = lines
    below: dict[PersonId, set[PersonId]] = defaultdict(set)
    for person in people:
        manager = asked.chart.manager_of(person)
        if manager and manager != asked.me:
            below[manager].add(person)
    over = Counter(line.person for line in clocks if line.days < 0)
    open_to, quiet = Counter(line.person for line in matters), Counter(line.person for line in silent)
    for manager, theirs in sorted(below.items(), key=lambda item: asked.name_of(item[0])):
        yield ManagerLine(
            person=manager,
            name=asked.name_of(manager),
            people=len(theirs),
            over=_tally(over, theirs, looked.at & looked.whole),
            matters=_tally(open_to, theirs, looked.at & looked.whole),
            silent=_tally(quiet, theirs, looked.at),
        )


def _tally(counted: Counter[PersonId], whose: set[PersonId], known: frozenset[PersonId]) -> Tally:
    return Tally(known=sum(counted[each] for each in whose), whole=whose <= known)
