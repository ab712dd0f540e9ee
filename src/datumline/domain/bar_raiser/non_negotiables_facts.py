"""The ledger's entries as facts of the non-negotiables table, with the entry behind each pointer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from datumline.domain.bar_raiser.non_negotiables_record import CLAIMS
from datumline.domain.evidence.entry import Entry
from datumline.domain.period import AsOf
from datumline.domain.policy.told import Told, instant
from datumline.domain.signals.commitments import Commitment
from datumline.domain.verdict import Json


def non_negotiables_facts(entries: Iterable[Entry], commitments: Iterable[Commitment], *, at: AsOf) -> Told:
    """Facts from the entries that stand; `commitments` are theirs, with only the reschedules that count."""
    lives = {life.entry: life for life in commitments}
    told = [entry for entry in entries if entry.kind in CLAIMS or entry.id in lives]
    facts: dict[str, Json] = {
        "as_of": at.as_of.isoformat(),
        "known_at": instant(at.known_at),
        "entries": [_fact(entry, lives.get(entry.id)) for entry in told],
    }
    return Told(facts=facts, evidence={f"/entries/{place}": entry.id for place, entry in enumerate(told)})


def _fact(entry: Entry, life: Commitment | None) -> dict[str, Json]:
    fact: dict[str, Json] = {
        "kind": entry.kind.value,
        "occurred_on": entry.occurred_on.isoformat(),
        "recorded_at": instant(entry.recorded_at),
    }
    return fact | (_claim(entry) if life is None else _life(entry, life))


def _claim(entry: Entry) -> dict[str, Json]:
    """What the entry says it is; left out when it does not say, so that it stays unknown."""
    name = CLAIMS.get(entry.kind, "")
    return {name: _plain(entry.amounts[name])} if name in entry.amounts else {}


def _life(entry: Entry, life: Commitment) -> dict[str, Json]:
    moves: list[Json] = [
        {"from": move.from_due.isoformat(), "to": move.to.isoformat(), "on": move.on.isoformat()}
        for move in life.moves
    ]
    return {
        "due": _plain(entry.amounts["due"]),
        "delivered": life.delivered.isoformat() if life.delivered else None,
        "rescheduled": moves,
    }


def _plain(value: Json | date) -> Json:
    return value.isoformat() if isinstance(value, date) else value
