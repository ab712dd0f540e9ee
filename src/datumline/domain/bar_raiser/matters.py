"""What the signal log lists: each matter of the window that speaks against the person (S0)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, timedelta, tzinfo

from datumline.domain.evidence.entry import Entry, EntryId, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.lateness import days_late
from datumline.domain.period import Window
from datumline.domain.policy.pack import Policy
from datumline.domain.signals.commitments import Commitment
from datumline.domain.signals.on_time import State

COMMANDER = "commander"
NO_TAG = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """What became of a missed commitment: delivered so many days after its date, or None: not delivered."""

    days_late: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One line of the signal log.

    Attributes:
        happened: the day; for a missed commitment the date that it counts by.
        title: what happened, in the entry's own words.
        principles: principle ids; `suggested` when they come from the pack's map and nobody confirmed them.
        missed: for a missed commitment, what became of it; else None.
        late_days: days between happening and writing when that is late by policy, else None.
        tag: `in-progress`, `resolved`, `escalated`, or empty.
        reported: whether only a peer told it.
        disputed: whether the person disputes it.
        entries: what stands behind it.
    """

    happened: date
    title: str
    principles: tuple[str, ...]
    suggested: bool
    tag: str
    missed: Missed | None
    late_days: int | None
    reported: bool
    disputed: bool
    entries: tuple[EntryId, ...]


def matters_of(  # noqa: PLR0913 - whose entries, which window, which policy, whose calendar
    entries: Iterable[Entry],
    commitments: Iterable[Commitment],
    *,
    window: Window,
    policy: Policy,
    disputed: frozenset[EntryId],
    zone: tzinfo = UTC,
) -> tuple[Matter, ...]:
    """The matters of the window, newest first: misses, incidents, occurrences, what peers reported.

    `zone` is the engineer's own, for the day on which something was written.
    """
    by_id = {entry.id: entry for entry in entries}
    against: list[tuple[Entry, date, tuple[EntryId, ...], Missed | None]] = [
        (by_id[each.entry], each.standing.due, each.entries, _missed(each))
        for each in commitments
        if each.standing.state is State.MISSED and each.standing.due in window and each.entry in by_id
    ]
    against += [
        (entry, entry.occurred_on, (entry.id,), None)
        for entry in by_id.values()
        if entry.occurred_on in window and _speaks_against(entry)
    ]
    reading = _Reading(
        late_after=timedelta(days=policy.days("evidence.late_after", window.end)),
        zone=zone,
        suggestions=_suggestions(policy),
        disputed=disputed,
    )
    found = [_matter(*each, reading) for each in against]
    return tuple(sorted(found, key=lambda matter: (matter.happened, matter.entries), reverse=True))


def _missed(commitment: Commitment) -> Missed:
    delivered, due = commitment.delivered, commitment.standing.due
    return Missed(days_late=None if delivered is None else (delivered - due).days)


def _speaks_against(entry: Entry) -> bool:
    """Whether it does: an incident commanded, or one that could not have been avoided, does not."""
    if entry.kind is Kind.INCIDENT:
        return entry.amounts.get("role") != COMMANDER and entry.amounts.get("avoidable") is not False
    return entry.kind in {Kind.OCCURRENCE, Kind.PEER_REPORT}


def _suggestions(policy: Policy) -> Mapping[str, tuple[str, ...]]:
    """What the pack's map says of a kind that can mean only one thing; an occurrence can mean many."""
    against = [mapped for mapped in policy.metric_principles.values() if mapped.against]
    times = Counter(mapped.kind for mapped in against)
    return {mapped.kind: mapped.principles for mapped in against if times[mapped.kind] == 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    late_after: timedelta
    zone: tzinfo
    suggestions: Mapping[str, tuple[str, ...]]
    disputed: frozenset[EntryId]


def _matter(
    entry: Entry, happened: date, behind: tuple[EntryId, ...], missed: Missed | None, reading: _Reading
) -> Matter:
    return Matter(
        happened=happened,
        title=entry.title or entry.text,
        principles=entry.principles or reading.suggestions.get(entry.kind, ()),
        suggested=not entry.principles,
        tag=entry.tag or NO_TAG,
        missed=missed,
        late_days=days_late(entry, reading.late_after, reading.zone, since=happened),
        reported=entry.seen is Seen.REPORTED or entry.kind is Kind.PEER_REPORT,
        disputed=not reading.disputed.isdisjoint(behind),
        entries=behind,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Several older matters in one line: same principle, same tag."""

    first: date
    last: date
    principles: tuple[str, ...]
    tag: str
    matters: tuple[Matter, ...]


def grouped(matters: tuple[Matter, ...], count: int) -> tuple[tuple[Matter, ...], tuple[Group, ...]]:
    """Keep the newest matters one by one and put the `count` oldest into groups, newest group first.

    Escalated matters are never grouped: a panel must see each. A group of one would save nothing.
    """
    open_to_it = [matter for matter in matters if matter.tag != "escalated"]
    taken = open_to_it[len(open_to_it) - count :] if count else []
    together: dict[tuple[tuple[str, ...], str], list[Matter]] = {}
    for matter in taken:
        together.setdefault((matter.principles[:1], matter.tag), []).append(matter)
    groups = [
        Group(
            first=each[-1].happened,
            last=each[0].happened,
            principles=principles,
            tag=tag,
            matters=tuple(each),
        )
        for (principles, tag), each in together.items()
        if len(each) > 1
    ]
    put_together = {matter for group in groups for matter in group.matters}
    alone = tuple(matter for matter in matters if matter not in put_together)
    return alone, tuple(sorted(groups, key=lambda group: group.last, reverse=True))
