"""Worked cases: facts in, verdict out. A pack carries its own, and they are run whenever it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from datumline.domain.verdict import Answer, Json


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedCase:
    """One worked case.

    Attributes:
        id: its name.
        says: the situation in one sentence.
        table: the table asked.
        facts: the facts, in the shape that the table reads.
        verdict: what the table must give.
        answers: conditions whose answers must be these; those not named are not compared.
        holds_until: the first day on which time alone changes it, when the case states one.
        where: the file and line that it stands in.
    """

    id: str
    says: str
    table: str
    facts: Mapping[str, Json]
    verdict: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    holds_until: str | None = None
    where: str = ""
