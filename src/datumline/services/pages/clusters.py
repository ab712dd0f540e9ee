"""Clusters as cards: what speaks for somebody, what against, and where the record is silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.period import last_days
from datumline.domain.signals.clusters import ClusterStanding, clusters_of
from datumline.domain.signals.commitments import Commitment
from datumline.services.pages.entry_rows import headline, principle_name, told_by
from datumline.services.record import Record

NAMED = 3  # entries named on a card, latest first; the rest is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """An entry that speaks for or against, in one line; a commitment stands under its due day."""

    id: EntryId
    title: str
    happened: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterCard:
    """One cluster.

    Attributes:
        looks_for: what a panel looks for in it.
        speaks_for, speaks_against: the latest entries that do; `for_count`, `against_count` all of them.
        silent: its principles that nothing speaks of, by name.
        suggested: how many of the entries count by the pack's map alone.
        days: how far back it looks.
    """

    id: str
    name: str
    looks_for: str
    speaks_for: tuple[Spoken, ...]
    speaks_against: tuple[Spoken, ...]
    for_count: int
    against_count: int
    silent: tuple[str, ...]
    suggested: int
    days: int


def cluster_cards(record: Record) -> tuple[ClusterCard, ...]:
    """Every cluster of the pack over the window of the figures; none where nothing is on file at all."""
    if not record.evidence:
        return ()
    days = record.policy.days("window.signals", record.at.as_of)
    by_id = {entry.id: entry for entry in record.evidence}
    found = clusters_of(
        record.evidence,
        record.commitments,
        window=last_days(days, until=record.at.as_of),
        policy=record.policy,
    )
    return tuple(_card(each, by_id, told_by(record.commitments), record, days) for each in found)


def _card(
    standing: ClusterStanding,
    by_id: Mapping[EntryId, Entry],
    told: Mapping[EntryId, Commitment],
    record: Record,
    days: int,
) -> ClusterCard:
    cluster = record.policy.clusters[standing.cluster]

    def named(ids: Iterable[EntryId]) -> tuple[Spoken, ...]:
        latest = list(ids)[::-1][:NAMED]
        return tuple(
            Spoken(
                id=each,
                title=headline(by_id[each], told),
                happened=told[each].standing.due if each in told else by_id[each].occurred_on,
            )
            for each in latest
        )

    return ClusterCard(
        id=cluster.id,
        name=cluster.name,
        looks_for=cluster.looks_for,
        speaks_for=named(standing.speaks_for),
        speaks_against=named(standing.speaks_against),
        for_count=len(standing.speaks_for),
        against_count=len(standing.speaks_against),
        silent=tuple(principle_name(each, record.policy) for each in standing.silent),
        suggested=standing.suggested,
        days=days,
    )
