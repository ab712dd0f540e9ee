"""What will be written: drafts with the instant of recording, naming each other before they have ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from datumline.domain.evidence.draft import Draft
from datumline.services.demo.calendar import TODAY, working, written_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A draft to be recorded at `at`.

    Attributes:
        name: under which later drafts may name it.
        names: field of the draft (`ref`, or an amount) to the name of the draft that it names.
    """

    draft: Draft
    at: datetime
    name: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def resolved(self, ids: Mapping[str, str]) -> Draft:
        """The draft with the ids of what it names."""
        draft = self.draft
        for where, name in self.names.items():
            if where == "ref":
                draft = replace(draft, ref=ids[name])
            else:
                draft = replace(draft, amounts={**draft.amounts, where: ids[name]})
        return draft


def planned(
    draft: Draft, written: date | None = None, *, name: str = "", names: Mapping[str, str] | None = None
) -> Planned:
    """A draft recorded on a working day: the day it happened, unless said; never after the demo's today."""
    day = min(working(written or draft.occurred_on), TODAY)
    return Planned(draft=draft, at=written_at(max(day, draft.occurred_on)), name=name, names=names or {})
