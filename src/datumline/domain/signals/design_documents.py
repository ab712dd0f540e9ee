"""Design documents: passed at first review, adopted beyond the team, cited from outside in time (S4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import A_DAY, add_months
from datumline.domain.signals.record import Record
from datumline.domain.signals.signal import Share, Signal, rate, share_of

DESIGN = frozenset({"design-doc", "rfc"})


def design_documents(record: Record) -> Iterator[Signal]:
    """The three figures, over the whole record: a document's effect comes long after its date."""
    documents = tuple(entry for entry in record.of(Kind.ARTIFACT) if str(entry.amounts.get("type")) in DESIGN)
    yield _first_review(documents, record)
    yield _adopted(documents, _uses(record, own_team=False), record)
    yield _cited(documents, record)


def _uses(record: Record, *, own_team: bool | None) -> Mapping[str, list[Entry]]:
    """Citations by the document's name: from outside the team, from inside, or where nobody said (None)."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in record.of(Kind.CITATION):
        if entry.amounts.get("own_team") is own_team:
            found[_name(entry)].append(entry)
    return found


def _first_review(documents: tuple[Entry, ...], record: Record) -> Signal:
    reviewed = [entry for entry in documents if isinstance(entry.amounts.get("first_review_passed"), bool)]
    return rate(
        "first-review-pass",
        share_of(reviewed, [entry.amounts["first_review_passed"] is True for entry in reviewed]),
        window=None,
        sure=record.measures.sureness,
        bar=record.measures.first_review_bar,
    )


def _adopted(documents: tuple[Entry, ...], uses: Mapping[str, list[Entry]], record: Record) -> Signal:
    """The share adopted. A document of which nobody said who adopted it is in neither count."""
    said = [entry for entry in documents if _is_adopted(entry, uses) or _is_told(entry)]
    return rate(
        "documents-adopted",
        share_of(said, [_is_adopted(entry, uses) for entry in said]),
        window=None,
        sure=record.measures.sureness,
    )


def _is_adopted(entry: Entry, uses: Mapping[str, list[Entry]]) -> bool:
    named = entry.amounts
    return bool(named.get("adopted_by")) or named.get("organisation_wide") is True or _name(entry) in uses


def _is_told(entry: Entry) -> bool:
    return any(entry.amounts.get(name) is not None for name in ("adopted_by", "organisation_wide"))


def _cited(documents: tuple[Entry, ...], record: Record) -> Signal:
    """The share cited in time.

    While the months of an uncited one run, it is in neither count; nor is one whose citations may have come
    from outside or not, because nobody said from which team.
    """
    today, months = record.at.as_of, record.measures.citation_months
    outside, unsaid = _uses(record, own_team=False), _uses(record, own_team=None)
    in_time = {entry.id: _in_time(entry, outside, months) for entry in documents}
    uncited = [entry for entry in documents if not in_time[entry.id]]
    running = [entry for entry in uncited if today <= _last_day(entry, months)]
    open_ = {entry.id for entry in running} | {e.id for e in uncited if _in_time(e, unsaid, months)}
    counted = [entry for entry in documents if entry.id not in open_]
    share = share_of(counted, [bool(in_time[entry.id]) for entry in counted])
    used = tuple(use for entry in counted for use in in_time[entry.id])
    return rate(
        "cited-outside",
        Share(hits=share.hits, of=share.of, entries=(*share.entries, *used), counter=share.counter),
        window=None,
        sure=record.measures.sureness,
        holds_until=min((_last_day(entry, months) + A_DAY for entry in running), default=None),
        figures={"running": len(running)},
    )


def _in_time(entry: Entry, uses: Mapping[str, list[Entry]], months: int) -> tuple[str, ...]:
    last = _last_day(entry, months)
    found = uses.get(_name(entry), [])
    return tuple(use.id for use in found if entry.occurred_on <= use.occurred_on <= last)


def _last_day(entry: Entry, months: int) -> date:
    return add_months(entry.occurred_on, months)


def _name(entry: Entry) -> str:
    """The document's name; an entry whose name was redacted is like no other."""
    return str(entry.amounts.get("artifact") or entry.id)
