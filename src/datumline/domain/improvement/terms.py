"""What is agreed in a coaching plan or a formal plan: measurable expectations, and support with dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from datumline.domain.evidence.entry import Entry
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json

AREAS = ("delivery", "quality", "communication", "collaboration")
# A number, as a figure or as a word: what makes an expectation one that can be checked.
NUMBER = re.compile(
    r"[0-9]|\b(?:no|none|never|zero|one|two|three|four|five|six|seven|eight|nine|ten|twelve|every|each|all|always)\b",
    re.IGNORECASE,
)
MEASURE = "how it is measured, with a number, such as 'nine of ten by their date' or 'within 2 working days'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """One thing that is expected, the area that it belongs to, and how it is measured."""

    says: str
    area: str
    measure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What is given to make it possible, until when, and by whom."""

    what: str
    until: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is expected and what is given."""

    expectations: tuple[Expectation, ...]
    support: tuple[Support, ...] = ()

    def document(self) -> dict[str, Json]:
        """As an entry keeps them."""
        return {
            "expectations": [
                {"says": each.says, "area": each.area, "measure": each.measure} for each in self.expectations
            ],
            "support": [
                {"what": each.what, "until": each.until.isoformat() if each.until else None, "by": each.by}
                for each in self.support
            ],
        }

    @property
    def measurable(self) -> bool:
        """Whether each expectation can be checked; no expectations at all cannot."""
        return bool(self.expectations) and all(is_measurable(each) for each in self.expectations)

    @property
    def undated(self) -> tuple[Support, ...]:
        """Support without a date: empathy without accountability (S3)."""
        return tuple(each for each in self.support if each.until is None)


def is_measurable(expectation: Expectation) -> bool:
    """Whether it says how it is measured, with a number."""
    return bool(NUMBER.search(expectation.measure))


def checked(terms: Terms) -> Terms:
    """The same terms. Raises Problem when something that is expected cannot be checked."""
    if not terms.expectations:
        raise Problem("a plan without expectations", where="expectations", expected="at least one")
    for place, each in enumerate(terms.expectations, 1):
        if not each.says.strip():
            raise Problem("an expectation that says nothing", where=f"expectation {place}", expected="words")
        if each.area not in AREAS:
            raise Problem(
                f"no area '{each.area}'", where=f"expectation {place}", expected=f"one of {', '.join(AREAS)}"
            )
        if not is_measurable(each):
            raise Problem(
                "an expectation that cannot be measured", where=f"expectation {place}", expected=MEASURE
            )
    return terms


def terms_of(entry: Entry) -> Terms:
    """The terms that an event says; none of what is damaged or was redacted."""
    said = entry.amounts.get("terms")
    if not isinstance(said, Mapping):
        return Terms(expectations=())
    return Terms(
        expectations=tuple(_expectations(said.get("expectations"))),
        support=tuple(_support(said.get("support"))),
    )


def _expectations(items: Any) -> Iterator[Expectation]:
    for item in _mappings(items):
        yield Expectation(
            says=str(item.get("says", "")),
            area=str(item.get("area", "")),
            measure=str(item.get("measure", "")),
        )


def _support(items: Any) -> Iterator[Support]:
    for item in _mappings(items):
        until = item.get("until")
        yield Support(
            what=str(item.get("what", "")),
            until=date.fromisoformat(until) if isinstance(until, str) and until else None,
            by=str(item.get("by", "")),
        )


def _mappings(items: Any) -> Iterator[Mapping[str, Any]]:
    listed = items if isinstance(items, Sequence) and not isinstance(items, str) else ()
    return (item for item in listed if isinstance(item, Mapping))
