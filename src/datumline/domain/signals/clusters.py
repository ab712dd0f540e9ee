"""The four clusters of principles: what speaks for somebody, what against, where the record is silent (S0).

Absence of signal is what a panel looks for, so silence is an answer of its own. An entry speaks of the
principles that a person confirmed for it; where nobody did, of those that the pack's map suggests for the
event. Which way it speaks is the event's, never a guess at its words: an entry whose event says neither way
is counted on no side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import Window
from datumline.domain.policy.pack import Policy
from datumline.domain.signals.commitments import Commitment
from datumline.domain.signals.on_time import State

COMMANDER = "commander"
FOR, AGAINST = "for", "against"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterStanding:
    """One cluster over a window.

    Attributes:
        cluster: its id in the pack.
        speaks_for, speaks_against: the entries that do, oldest first.
        silent: its principles that no entry speaks of, either way.
        suggested: how many of the entries count by the pack's map alone, confirmed by nobody.
    """

    cluster: str
    speaks_for: tuple[EntryId, ...]
    speaks_against: tuple[EntryId, ...]
    silent: tuple[str, ...]
    suggested: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voice:
    entry: EntryId
    way: str
    principles: tuple[str, ...]
    suggested: bool


def clusters_of(
    entries: Iterable[Entry], commitments: Iterable[Commitment], *, window: Window, policy: Policy
) -> tuple[ClusterStanding, ...]:
    """Each cluster of the pack, in its order, from standing entries. A commitment counts by its due day."""
    by_id = {entry.id: entry for entry in entries}
    lives = {each.entry: each for each in commitments if each.entry in by_id}
    days = {entry.id: entry.occurred_on for entry in by_id.values() if entry.kind is not Kind.COMMITMENT}
    days |= {each.entry: each.standing.due for each in lives.values()}
    inside = sorted((day, entry) for entry, day in days.items() if day in window)
    voices = [_voice(by_id[entry], _told(lives.get(entry), by_id), policy) for _, entry in inside]
    heard = [voice for voice in voices if voice]
    return tuple(_standing(name, heard, policy) for name in policy.clusters)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Life:
    """What became of a commitment, and the principles that a person confirmed in any entry of its life."""

    state: State
    principles: tuple[str, ...]


def _told(life: Commitment | None, by_id: Mapping[EntryId, Entry]) -> _Life | None:
    if life is None:
        return None
    told = (by_id[each].principles for each in life.entries if each in by_id)
    principles = tuple(dict.fromkeys(name for names in told for name in names))
    return _Life(state=life.standing.state, principles=principles)


def _standing(cluster: str, voices: Iterable[_Voice], policy: Policy) -> ClusterStanding:
    inside = [each.id for each in policy.principles.values() if cluster in each.clusters]
    heard = [voice for voice in voices if not set(inside).isdisjoint(voice.principles)]
    spoken = {principle for voice in heard for principle in voice.principles}
    return ClusterStanding(
        cluster=cluster,
        speaks_for=tuple(voice.entry for voice in heard if voice.way == FOR),
        speaks_against=tuple(voice.entry for voice in heard if voice.way == AGAINST),
        silent=tuple(principle for principle in inside if principle not in spoken),
        suggested=sum(voice.suggested for voice in heard),
    )


def _voice(entry: Entry, life: _Life | None, policy: Policy) -> _Voice | None:
    mapped = policy.metric_principles.get(DATES.get(life.state, "") if life else _event(entry))
    way = (AGAINST if mapped.against else FOR) if mapped else WAYS.get(entry.kind)
    confirmed = life.principles if life else entry.principles
    principles = confirmed or (mapped.principles if mapped else ())
    if way is None or not principles:
        return None
    return _Voice(entry=entry.id, way=way, principles=principles, suggested=not confirmed)


def _event(entry: Entry) -> str:
    """The event of the pack's map that the entry is; empty for none that it names."""
    tell = EVENTS.get(entry.kind)
    return tell(entry) if tell else ""


def _incident(entry: Entry) -> str:
    if entry.amounts.get("role") == COMMANDER:
        return "incident-commanded"
    return "avoidable-incident" if entry.amounts.get("avoidable") is True else ""


def _trade_off(entry: Entry) -> str:
    words = {True: "trade-off-with-data", False: "trade-off-without-data"}
    flag = entry.amounts.get("with_data")
    return words[flag] if isinstance(flag, bool) else ""


def _decision(entry: Entry) -> str:
    return "outcome-blamed" if entry.amounts.get("blamed_on") else ""


def _impact(entry: Entry) -> str:
    return "customer-impact-measured" if entry.amounts.get("measured") is True else ""


def _project(entry: Entry) -> str:
    return "cross-team-project-owned" if entry.amounts.get("owned") is True else ""


def _citation(entry: Entry) -> str:
    return "document-adopted" if entry.amounts.get("own_team") is not True else ""


def _mentorship(entry: Entry) -> str:
    return "mentorship-outcome" if entry.amounts.get("outcome") else ""


DATES = {State.MISSED: "missed-delivery-date", State.ON_TIME: "kept-delivery-date"}
EVENTS: Mapping[Kind, Callable[[Entry], str]] = {
    Kind.INCIDENT: _incident,
    Kind.TRADE_OFF: _trade_off,
    Kind.DECISION: _decision,
    Kind.CUSTOMER_IMPACT: _impact,
    Kind.CROSS_TEAM_PROJECT: _project,
    Kind.CITATION: _citation,
    Kind.MENTORSHIP: _mentorship,
}
# What a kind says by itself, for entries whose principles a person confirmed.
WAYS: Mapping[Kind, str] = {
    Kind.OCCURRENCE: AGAINST,
    Kind.PEER_REPORT: AGAINST,
    Kind.RECOGNITION: FOR,
    Kind.ARTIFACT: FOR,
    Kind.CITATION: FOR,
    Kind.OWNERSHIP: FOR,
    Kind.UNBLOCKED: FOR,
    Kind.DIRECTION: FOR,
    Kind.MENTORSHIP: FOR,
    Kind.CROSS_TEAM_PROJECT: FOR,
    Kind.CUSTOMER_IMPACT: FOR,
}
