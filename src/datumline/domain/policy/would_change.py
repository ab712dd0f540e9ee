"""What would change a verdict: smallest sets of operations on the facts, each really applied and tried.

A room proposes steps that may suffice; here they are tried through the same evaluator, thinned until
nothing can be left out, and ranked. So a set that is shown gives what it says, and no smaller part of it
does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from datumline.domain.policy.json_patch import Operation
from datumline.domain.verdict import Answer, Change, Need

MOST_SETS = 3
MOST_STEPS_TRIED_WHOLLY = 7
PAIRS = 2
NEW_ENTRY = "/entries/-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One operation on the facts, and the condition that it is there to move."""

    condition: str
    operation: Operation


Steps = tuple[Step, ...]
Answers = tuple[tuple[str, Answer], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What facts give: the verdict, and every condition with its answer in the table's order."""

    verdict: str
    answers: Answers


Try = Callable[[Steps], Tried]
Gives = Callable[[Steps], bool]


def remembered(trial: Try) -> Try:
    """The same trial, made once for the same operations in the same order."""
    written: dict[int, tuple[Step, str]] = {}  # holds on to the steps, so that no identity is used twice
    known: dict[tuple[str, ...], Tried] = {}

    def text(step: Step) -> str:
        found = written.get(id(step))
        if found is None:
            found = written[id(step)] = (step, repr(step.operation))
        return found[1]

    def asked(steps: Steps) -> Tried:
        key = tuple(text(step) for step in steps)
        if key not in known:
            known[key] = trial(steps)
        return known[key]

    return asked


def smallest(
    to: str, proposals: Iterable[Steps], trial: Try, together: Callable[[Steps], Steps]
) -> tuple[Change, ...]:
    """The smallest sets among the proposals that give `to`: for fewest conditions, then of fewest steps.

    `trial` says what the facts with these steps applied, in order, give; it is asked again and again for
    the same steps (see `remembered`). `together` makes the steps of one set fit to be applied. At most
    `MOST_SETS` of equal size.
    """
    found: dict[tuple[str, ...], tuple[tuple[int, int], Steps]] = {}

    def gives(steps: Steps) -> bool:
        return trial(steps).verdict == to

    for steps in proposals:
        if not gives(steps):
            continue
        for order in (1, -1):
            kept = _least(_thinned(steps, order, gives), gives)
            key = tuple(sorted(str(step.operation) for step in kept))
            found.setdefault(key, ((len({step.condition for step in kept}), len(kept)), kept))
    least = min((size for size, _ in found.values()), default=(0, 0))
    sets = [kept for size, kept in found.values() if size == least][:MOST_SETS]
    return tuple(Change(to=to, needs=_needs(together(_named(kept, trial)))) for kept in sets)


def _named(steps: Steps, trial: Try) -> Steps:
    """The steps, each under a condition that it moves: without it, the others leave that one as it is.

    A new entry is named by the first one in the table's order, whatever else it moves; another step by the
    one that it was proposed for, if it moves that.
    """
    before, after = dict(trial(()).answers), dict(trial(steps).answers)
    named = []
    for place, step in enumerate(steps):
        without = dict(trial((*steps[:place], *steps[place + 1 :])).answers)
        moved = [name for name, given in after.items() if given is not without[name]]
        new = [name for name in moved if after[name] is not before[name]] or moved or [step.condition]
        own = step.condition in new and step.operation["path"] != NEW_ENTRY
        named.append(step if own else replace(step, condition=new[0]))
    return tuple(named)


def _thinned(steps: Steps, order: int, gives: Gives) -> Steps:
    """The steps without those that can be left out, tried one after the other from the front or the back."""
    kept = list(steps)
    needed: list[Operation] = []  # of equal steps, if one cannot go, none can
    for step in steps[::order]:
        if step.operation in needed:
            continue
        trial = kept.copy()
        del trial[_place(trial, step)]
        if gives(tuple(trial)):
            kept = trial
        else:
            needed.append(step.operation)
    return tuple(kept)


def _place(steps: Sequence[Step], wanted: Step) -> int:
    return next(place for place, step in enumerate(steps) if step is wanted)


def _least(steps: Steps, gives: Gives) -> Steps:
    """A proper part of the steps that gives the same, if there is one; else all of them.

    Few steps are tried in all their parts. Of more, the parts that lack one and those of one or two are
    tried; of very many, only the parts that lack one: every step adds to the same end, so that less of it
    gives less.
    """
    sizes = range(len(steps))
    for size in sizes:
        if len(steps) > MOST_STEPS_TRIED_WHOLLY and PAIRS < size < len(steps) - 1:
            continue
        if len(steps) > 4 * MOST_STEPS_TRIED_WHOLLY and size not in (0, len(steps) - 1):
            continue
        for part in _parts(steps, size):
            if gives(part):
                return part
    return steps


def _parts(steps: Steps, size: int) -> Iterable[Steps]:
    """The parts of this size; of parts that hold equal operations, one."""
    operations = [step.operation for step in steps]
    alike = [operations.index(operation) for operation in operations]
    seen: set[tuple[int, ...]] = set()
    for places in combinations(range(len(steps)), size):
        key = tuple(alike[place] for place in places)
        if key not in seen:
            seen.add(key)
            yield tuple(steps[place] for place in places)


def _needs(steps: Steps) -> tuple[Need, ...]:
    """The steps as needs, one for each condition, in the order in which they first come."""
    conditions = dict.fromkeys(step.condition for step in steps)
    return tuple(
        Need(
            condition=condition,
            patch=tuple(step.operation for step in steps if step.condition == condition),
        )
        for condition in conditions
    )
