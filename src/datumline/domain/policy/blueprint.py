"""An interview's blueprint: scenario, clock, what an answer may cover, what the interviewer asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from datumline.domain.policy.parameter import Parameter

CONDUCTS = ("structure", "ambiguity", "probes")
FOLLOW_UPS = ("no-figure", "half-answer", "dodge", "closing")
LEAST_WORDINGS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number that stands in the blueprint, or a parameter of the pack that holds it."""

    number: Decimal = Decimal(0)
    parameter: str | None = None

    def on(self, parameters: Mapping[str, Parameter], day: date) -> float:
        """The number on a day."""
        if self.parameter is None:
            return float(self.number)
        return float(str(parameters[self.parameter].on(day)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of the interview, up to the minute `ends`, with the ways to ask its question."""

    id: str
    name: str
    ends: Amount
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlueprintItem:
    """Something that an answer may cover.

    Attributes:
        id, name: its id, and what it is called in a report.
        phase: where it belongs.
        weights: how much it weighs in each dimension.
        ambiguity: whether covering it shows how somebody deals with what is not known.
        says, examples, counter: what it says, ways to say it, near misses; for blueprints without a reader.
        stronger: what a stronger move would have been.
        probes: ways to ask for it without naming it.
    """

    id: str
    name: str
    phase: str
    weights: Mapping[str, Decimal]
    ambiguity: bool
    says: str
    examples: tuple[str, ...]
    counter: tuple[str, ...]
    stronger: str
    probes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """Something that an answer should not do.

    Attributes:
        cleared_by: items that take the mistake away when the same answer covers one of them.
        phases: the phases in whose answers it can be made; all, where none is named.
        before_framing: whether it is a mistake only before the framing phase was spoken to.
        examples, counter: as of an item.
    """

    id: str
    name: str
    cleared_by: tuple[str, ...]
    phases: tuple[str, ...]
    before_framing: bool
    examples: tuple[str, ...]
    counter: tuple[str, ...]
    stronger: str
    probes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricDimension:
    """A part of the score.

    Attributes:
        points: what it is worth.
        gate: the phase by whose share what later phases earn is multiplied; None for no gate.
        mistake_costs: points that each kind of mistake takes.
        conduct: the weights of structure, ambiguity and probes, where it is about how somebody answers.
    """

    id: str
    name: str
    points: Amount
    gate: str | None = None
    mistake_costs: Decimal = Decimal(0)
    conduct: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """A whole blueprint. Mappings keep the order in which they are written.

    Attributes:
        kind: `interview`, or `conversation` when the other side is an engineer.
        reader: the trained reader that knows its items; None when they are read by their examples.
        framing: the phase that has to come before acting; None where order does not count.
        dimensions: none where there is no total.
    """

    id: str
    title: str
    kind: str
    scenario: str
    reference: str
    minutes: Amount
    reader: str | None
    framing: str | None
    dimensions: Mapping[str, RubricDimension]
    phases: Mapping[str, Phase]
    items: Mapping[str, BlueprintItem]
    mistakes: Mapping[str, Mistake]
    follow_ups: Mapping[str, tuple[str, ...]]

    def of_phase(self, phase: str) -> tuple[BlueprintItem, ...]:
        """The items that belong to a phase."""
        return tuple(item for item in self.items.values() if item.phase == phase)
