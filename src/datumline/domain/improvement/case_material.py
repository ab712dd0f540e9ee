"""Everything that the papers of a case are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from datumline.domain.evidence.entry import Entry
from datumline.domain.improvement.case import Case
from datumline.domain.improvement.documentation import Checklist
from datumline.domain.people.person import Person
from datumline.domain.period import AsOf
from datumline.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMaterial:
    """Everything that the papers of a case are made from, on one day, for one reader.

    Attributes:
        answers: what the person said to its entries, disputes among it.
        entries: all entries that stand about the person and that the reader may read.
        verdict: what the plan table gives; `checklist` what is documented.
        names: what people are called.
    """

    person: Person
    at: AsOf
    case: Case
    answers: Sequence[Entry]
    entries: Sequence[Entry]
    verdict: Verdict
    checklist: Checklist
    names: dict[str, str]
