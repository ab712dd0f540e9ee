"""What somebody assessed about a person: the last answer on each condition of a dimension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind

YES_OR_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """An answer, in lower case, and the entry that gave it."""

    answer: str
    entry: EntryId

    @property
    def flag(self) -> bool | None:
        """Yes or no as a truth value; None for any other answer."""
        return YES_OR_NO.get(self.answer)


def assessed(standing: Iterable[Entry], dimension: str, concern: str | None) -> Mapping[str, Assessed]:
    """The last answers under `dimension`, by condition with underscores.

    Those given for the person as a whole count for every concern. `standing` is in the order of recording.
    """
    found: dict[str, Assessed] = {}
    for entry in standing:
        ours = entry.kind is Kind.ASSESSMENT and entry.amounts.get("dimension") == dimension
        if ours and entry.concern in (None, concern):
            name = str(entry.amounts.get("condition", "")).replace("-", "_")
            found[name] = Assessed(answer=str(entry.amounts.get("answer", "")).lower(), entry=entry.id)
    return found
