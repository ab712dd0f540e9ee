"""Citations of a document by others, long after it was written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import add_months
from datumline.domain.promotion.piece import Piece
from datumline.domain.promotion.readiness_record import ReadinessRecord, ReadyEntry
from datumline.domain.verdict import Answer, all_of, answer, opposite

STILL_READ = frozenset({"rfc", "retro", "design-doc"})


def citations(record: ReadinessRecord, months: int) -> Iterable[Piece]:
    """Citations by others, so many months after the document or later; else after its first citation."""
    began = _documents_by_name(record)
    first: dict[str, date] = {}
    for entry in record.of(Kind.CITATION):
        name = entry.texts.get("artifact")
        if name and isinstance(entry.occurred, date):
            first[name] = min(entry.occurred, first.get(name, entry.occurred))
    for entry in record.of(Kind.CITATION):
        name = entry.texts.get("artifact") or ""
        late = _late(entry.occurred, began.get(name), first.get(name), months)
        yield Piece(
            entry=entry, answer=all_of((entry.exists(record.at), opposite(entry.flag("own_team")), late))
        )


def _late(cited: object, written: date | None, first: date | None, months: int) -> Answer:
    if not isinstance(cited, date):
        return Answer.UNKNOWN
    if written is not None:
        return answer(cited >= add_months(written, months))
    return answer(True if first is not None and cited >= add_months(first, months) else None)


def _documents_by_name(record: ReadinessRecord) -> dict[str, date]:
    """The day of each document that is still read, under every name by which a citation may know it."""
    return {
        name: entry.occurred
        for entry in record.of(Kind.ARTIFACT)
        if isinstance(entry.occurred, date) and entry.texts.get("type", "rfc") in STILL_READ
        for name in (*_names(entry), str(entry.place), entry.pointer)
    }


def _names(entry: ReadyEntry) -> Iterable[str]:
    return (name for key in ("artifact", "id", "title", "link") if (name := entry.texts.get(key)))
