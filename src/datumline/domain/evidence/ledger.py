"""The ledger's verbs: which entry may name which, and what stands on a given day as known at a given time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from datumline.domain.evidence.body import SPINE
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Entry, EntryId
from datumline.domain.evidence.kinds import VERBS, Kind
from datumline.domain.period import AsOf
from datumline.domain.problem import Problem

LAST_ZONE = timedelta(hours=14)  # the day has begun nowhere on Earth before it begins in UTC+14
DATED_AHEAD = frozenset({Kind.POSITION, Kind.CYCLE, Kind.PACK_ACTIVATION})  # they say what will hold
FINAL = frozenset({Kind.STREAM_OPENED, Kind.SIGNING_KEY, Kind.RETRACTION, Kind.REDACTION})
STRIKING = frozenset({Kind.REDACTION, Kind.REDACTION_REQUEST})
OWN = frozenset({Kind.DISPUTE, Kind.ACKNOWLEDGEMENT})  # what only the person concerned can say
PERSONAL = frozenset({Audience.SHARED, Audience.CASE, Audience.PANEL, Audience.PRIVATE})


def check_draft(draft: Draft, now: datetime) -> None:
    """Refuse a draft that no stream can hold. Raises Problem."""
    if (draft.subject is None) == (draft.audience in PERSONAL):
        raise Problem(
            f"an entry for '{draft.audience}' {'without' if draft.subject is None else 'with'} a subject",
            expected="a person in shared, case, panel and private, none in the organisation's stream",
        )
    if draft.kind is Kind.STREAM_OPENED:
        raise Problem("a stream cannot be opened by hand", expected="the ledger opens it")
    if draft.occurred_on > (now + LAST_ZONE).date() and draft.kind not in DATED_AHEAD:
        raise Problem(f"occurred on {draft.occurred_on}, in the future", expected="a day up to today")
    if draft.ref is None and draft.kind in VERBS:
        raise Problem(f"a {draft.kind} that names no entry", expected="the entry it is about")


def check_verb(draft: Draft, named: Entry | None) -> None:
    """Refuse a draft that may not name the entry it names (None: not in the same stream). Raises Problem."""
    if named is None:
        raise Problem(f"no entry {draft.ref} in this stream", expected="an entry of the same stream")
    if draft.kind not in VERBS and (draft.kind is not named.kind or draft.kind in FINAL):
        raise Problem(f"a {draft.kind} names a {named.kind}", expected="a correction of the same kind")
    if draft.kind in OWN and draft.author != draft.subject:
        raise Problem(f"a {draft.kind} by somebody else", expected="the person that the entry is about")
    if draft.kind in OWN and named.kind in VERBS:
        raise Problem(f"a {draft.kind} of a {named.kind}", expected="an entry of evidence")
    if draft.kind is Kind.RETRACTION:
        _check_retraction(draft, named)
    if draft.kind in STRIKING:
        _check_striking(draft, named)


def _check_retraction(draft: Draft, named: Entry) -> None:
    if named.kind in FINAL:
        raise Problem(f"a retraction of a {named.kind}", expected="an entry of evidence, or a dispute")
    if named.kind in OWN and draft.author != named.author:
        raise Problem(f"a {named.kind} withdrawn by somebody else", expected="its author")


def _check_striking(draft: Draft, named: Entry) -> None:
    if draft.kind is Kind.REDACTION:
        _check_approved(draft)
    if named.kind in FINAL | STRIKING:
        raise Problem(f"a {draft.kind} of a {named.kind}", expected="an entry with words of its own")
    fields = redacted_fields(draft)
    if not fields or SPINE.intersection(fields):
        raise Problem(
            f"a {draft.kind} of {', '.join(sorted(fields)) or 'nothing'}",
            expected=f"fields other than {', '.join(sorted(SPINE))}",
        )


def _check_approved(draft: Draft) -> None:
    """Two persons strike words; a person alone says so in the entry, after the wait of law 11."""
    approver, alone = draft.amounts.get("approved_by"), draft.amounts.get("alone") is True
    if approver is None or (approver == draft.author) is not alone:
        raise Problem("a redaction by one person", expected="a second person who approved it")


def redacted_fields(draft: Draft) -> frozenset[str]:
    """The fields that a redaction strikes."""
    fields = draft.amounts.get("fields")
    return frozenset(str(name) for name in fields) if isinstance(fields, list) else frozenset()


def known(entries: Iterable[Entry], at: AsOf) -> list[Entry]:
    """What had been written by `known_at`, oldest first."""
    written = (entry for entry in entries if entry.recorded_at <= at.known_at)
    return sorted(written, key=lambda entry: (entry.recorded_at, entry.stream, entry.seq))


def standing(entries: Iterable[Entry], at: AsOf) -> tuple[Entry, ...]:
    """The evidence that stands: occurred by `as_of`, as written by `known_at`, oldest record first.

    The last correction stands for the entry that it corrects, with its own id and dates; a retraction takes
    the entry away with all its corrections. The ledger's own verbs are not among the result.
    """
    written = known(entries, at)
    first = originals(written)
    taken = [entry.ref for entry in written if entry.kind is Kind.RETRACTION and entry.ref is not None]
    gone = {first.get(entry, entry) for entry in taken}
    last = {first[entry.id]: entry for entry in written if entry.id in first}
    kept = (entry for original, entry in last.items() if original not in gone)
    stand = (entry for entry in kept if entry.occurred_on <= at.as_of)
    return tuple(sorted(stand, key=lambda entry: (entry.recorded_at, entry.stream, entry.seq)))


def originals(entries: Iterable[Entry]) -> dict[EntryId, EntryId]:
    """Each entry of evidence to the first one of its line of corrections: itself, when it corrects nothing.

    A delivery may name a commitment by any id of its line: two ids are the same matter when their originals
    are. `entries` are in the order of their streams.
    """
    found: dict[EntryId, EntryId] = {}
    for entry in entries:
        if entry.kind not in VERBS and entry.kind is not Kind.STREAM_OPENED:
            found[entry.id] = entry.id if entry.ref is None else found.get(entry.ref, entry.ref)
    return found


def disputes(entries: Iterable[Entry], at: AsOf) -> Mapping[EntryId, tuple[Entry, ...]]:
    """The disputes that travel with each standing entry, by its id; withdrawn ones are left out."""
    return _said_of(entries, at, Kind.DISPUTE)


def acknowledgements(entries: Iterable[Entry], at: AsOf) -> Mapping[EntryId, tuple[Entry, ...]]:
    """Who said that they had read each standing entry, by its id."""
    return _said_of(entries, at, Kind.ACKNOWLEDGEMENT)


def _said_of(entries: Iterable[Entry], at: AsOf, kind: Kind) -> Mapping[EntryId, tuple[Entry, ...]]:
    written = known(entries, at)
    first = originals(written)
    gone = {entry.ref for entry in written if entry.kind is Kind.RETRACTION}
    by_original: dict[EntryId, tuple[Entry, ...]] = {}
    for entry in written:
        if entry.kind is kind and entry.ref is not None and entry.id not in gone:
            original = first.get(entry.ref, entry.ref)
            by_original[original] = (*by_original.get(original, ()), entry)
    return {
        entry.id: by_original[first[entry.id]]
        for entry in standing(written, at)
        if first[entry.id] in by_original
    }
