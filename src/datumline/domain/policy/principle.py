"""Principles and what speaks of them: public names, the clusters of S0, metrics that map to them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle:
    """A leadership principle.

    Attributes:
        id: its standard name in kebab case, such as `dive-deep`.
        name: its public name.
        clusters: the clusters that it belongs to; may be empty.
        critical: whether it is one of the six that matter most at L6 and L7 (S1).
    """

    id: str
    name: str
    clusters: tuple[str, ...] = ()
    critical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A group of principles in which a panel looks for evidence, counter-evidence or silence (S0)."""

    id: str
    name: str
    looks_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricPrinciples:
    """A kind of miss or result, and the principles that it speaks of: suggested, a person confirms.

    Attributes:
        id: its name, such as `missed-delivery-date`.
        says: the event in words.
        kind: the entry kind that it is read from.
        against: whether the event is evidence against the principles, or for them.
        principles: principle ids, the most telling first.
        reference: where the mapping comes from.
    """

    id: str
    says: str
    kind: str
    against: bool
    principles: tuple[str, ...]
    reference: str
