"""Verdicts: an outcome by written policy, with every condition, what decided it and what would change it.

A verdict holds no sentences. Its words come from the pack's phrasebook, its layout from the shell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from datumline.domain.period import AsOf

Pointer = str  # a JSON pointer into the facts, such as "/entries/2" or "/weeks/5/readings/0"
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Figure = None | bool | int | float | str | date


class Answer(StrEnum):
    """The three answers of a condition. Missing evidence is `UNKNOWN`, never `NOT_MET` (law 2)."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"


def all_of(answers: Iterable[Answer]) -> Answer:
    """All of them (and): one no decides, then one unknown. Met for no answers at all."""
    seen = set(answers)
    if Answer.NOT_MET in seen:
        return Answer.NOT_MET
    return Answer.UNKNOWN if Answer.UNKNOWN in seen else Answer.MET


def any_of(answers: Iterable[Answer]) -> Answer:
    """At least one of them (or): one yes decides, then one unknown. Not met for no answers at all."""
    seen = set(answers)
    if Answer.MET in seen:
        return Answer.MET
    return Answer.UNKNOWN if Answer.UNKNOWN in seen else Answer.NOT_MET


def opposite(answer: Answer) -> Answer:
    """The opposite (not): unknown stays unknown."""
    return {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET}.get(answer, Answer.UNKNOWN)


def answer(value: bool | None) -> Answer:  # noqa: FBT001 - this is the one place where a truth value becomes an answer
    """True, false and nobody-said as an answer."""
    if value is None:
        return Answer.UNKNOWN
    return Answer.MET if value else Answer.NOT_MET


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of a verdict, answered.

    Attributes:
        id: its name in the decision table, such as `named-in-writing`.
        answer: met, not met or unknown.
        because: pointers to the facts that decided it, in the order of the facts.
        parameter: the policy parameter that it is measured by, if any.
        figures: named values for the words that describe it (counts, dates, rates), by name.
    """

    id: str
    answer: Answer
    because: tuple[Pointer, ...] = ()
    parameter: str | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One change of the facts: a JSON Patch (RFC 6902), and the condition that it is there to move."""

    condition: str
    patch: tuple[Mapping[str, Json], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A smallest set of changes that, all applied, gives the verdict `to`; no smaller subset does."""

    to: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRef:
    """The pack, by name and version, that a verdict was given under."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to one question about one person on one day (law 3).

    Attributes:
        table: the decision table asked, such as `plan`.
        verdict: the outcome's id in that table.
        at: the two clocks that it was given for.
        pack: the policy that it was given under.
        rows: the rows of the table with their answers, in order; the first that is met gave the outcome.
        conditions: every condition with its answer, in the table's order.
        would_change: smallest sets of changes to each other outcome that could be reached.
        holds_until: the first day on which time alone gives another outcome; None if none does.
        next_step: the phrasebook's id of what to do next.
        figures: named values of the verdict as a whole, such as the earliest day on which a plan could start.
    """

    table: str
    verdict: str
    at: AsOf
    pack: PackRef
    rows: tuple[Condition, ...] = ()
    conditions: tuple[Condition, ...]
    would_change: tuple[Change, ...] = ()
    holds_until: date | None = None
    next_step: str
    next_step_figures: Mapping[str, Figure] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
