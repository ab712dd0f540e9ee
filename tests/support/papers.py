"""Entries of Ines, a record at a time, for tests of papers: notes, updates, reviews, plans."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind

INES, MONA = "ines", "mona"
_NUMBER = count(1)


def paper(kind: Kind, day: date, *, by: str = MONA, id: str = "", **said: Any) -> Entry:  # noqa: A002 - an entry's own word
    """An entry about Ines that was written and shared at noon of its day; `said` are fields, then amounts."""
    number = next(_NUMBER)
    written = datetime.combine(said.pop("written", day), time(12), tzinfo=UTC)
    fields = {name: said.pop(name) for name in ("title", "text", "concern", "tag") if name in said}
    return Entry(
        id=id or f"{number:064x}",
        stream="s",
        seq=number,
        audience=Audience.SHARED,
        kind=kind,
        subject=INES,
        author=by,
        occurred_on=day,
        recorded_at=written,
        shared_at=written,
        amounts=said,
        **fields,
    )
