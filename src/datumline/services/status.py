"""Where somebody stands on a day: figures, concerns, clocks and verdicts, from what one reader may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from datumline.domain.clocks.clock import Clock
from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import NO_EVIDENCE
from datumline.domain.people.access_words import Noun
from datumline.domain.signals.signal import Bar, Signal
from datumline.domain.signals.words import signal_words
from datumline.services.access import note_reading
from datumline.services.context import Context
from datumline.services.people import find_person
from datumline.services.record import PersonRecord, read_record, written_later
from datumline.services.verdicts import PersonVerdict, judged_of
from datumline.services.visit import visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The answer. `unseen` counts the entries that happened by then and were written only later."""

    record: PersonRecord
    verdicts: tuple[PersonVerdict, ...]
    unseen: int

    def document(self) -> dict[str, Any]:
        """The published JSON document (`datumline schema status`)."""
        record = self.record
        return {
            "person": _person(record),
            "as_of": record.at.as_of.isoformat(),
            "known_at": record.at.known_at.isoformat(),
            "pack": {"name": record.policy.ref.name, "version": record.policy.ref.version},
            "entries": {"standing": len(evidence_of(record)), "written_later": self.unseen},
            "signals": [_signal(signal, record) for signal in record.signals],
            "disputes": [
                _dispute(record, entry, each) for entry, said in record.disputes.items() for each in said
            ],
            "concerns": [_concern(record, name) for name in record.concerns],
            "clocks": [_clock(clock, record) for clock in record.clocks],
            "verdicts": [judged.document() | {"concern": judged.concern} for judged in self.verdicts],
        }


def status_of(
    context: Context, person: str, *, as_of: date | None = None, known_at: datetime | None = None
) -> Status:
    """The status of one person. Raises Problem when nobody whom the reader may see is called that."""
    asking = visit(context)
    record = read_record(asking, find_person(context, person, Noun.ENTRY).id, context.at(as_of, known_at))
    note_reading(asking.context, record.person.id, Noun.SIGNAL, "status")
    return Status(record=record, verdicts=judged_of(record), unseen=written_later(record))


def evidence_of(record: PersonRecord) -> tuple[Entry, ...]:
    """The entries about the person's work that stand."""
    return tuple(entry for entry in record.evidence if entry.kind not in NO_EVIDENCE)


def _person(record: PersonRecord) -> dict[str, Any]:
    place, manager = record.place, record.chart.manager_of(record.person.id)
    return {
        "id": record.person.id,
        "name": record.person.name,
        "provisional": record.person.provisional,
        "level": place.level,
        "role": place.role,
        "team": place.team,
        "unit": place.unit,
        "start_date": None if place.start_date is None else place.start_date.isoformat(),
        "manager": None if manager is None else {"id": manager, "name": record.visit.name_of(manager)},
    }


def _signal(signal: Signal, record: PersonRecord) -> dict[str, Any]:
    words = signal_words(signal, record.policy.phrases)
    window, interval = signal.window, signal.interval
    return {
        "id": signal.id,
        "name": words.name,
        "value": _rounded(signal.value),
        "unit": signal.unit,
        "numerator": signal.numerator,
        "denominator": signal.denominator,
        "window": None if window is None else {"start": str(window.start), "end": str(window.end)},
        "interval": None
        if interval is None
        else {"low": _rounded(interval.low), "high": _rounded(interval.high), "level": 95},
        "previous": _rounded(signal.previous),
        "trend": _rounded(signal.trend),
        "bar": None if signal.bar is None else _bar(signal.bar),
        "standing": signal.standing,
        "finding": signal.finding,
        "figures": dict(signal.figures),
        "notes": list(signal.notes),
        "entries": list(signal.entries),
        "counter": list(signal.counter),
        "holds_until": None if signal.holds_until is None else signal.holds_until.isoformat(),
    }


def _bar(bar: Bar) -> Mapping[str, Any]:
    return {"number": float(bar.number), "above": bar.above, "parameter": bar.parameter}


def _rounded(value: float | None) -> float | None:
    """Four decimals: enough for any reader, and the same digits on every machine."""
    return None if value is None else round(value, 4)


def _dispute(record: PersonRecord, entry: EntryId, said: Entry) -> dict[str, Any]:
    """What the person says against an entry: it travels with it (M9)."""
    return {
        "entry": entry,
        "dispute": said.id,
        "reason": said.amounts.get("reason") or said.text,
        "by": record.visit.name_of(said.author) or said.author,
        "recorded_at": said.recorded_at.isoformat(),
    }


def _concern(record: PersonRecord, name: str) -> dict[str, Any]:
    thread = sorted(
        (entry for entry in record.evidence if entry.concern == name), key=lambda entry: entry.occurred_on
    )
    return {
        "id": name,
        "first": thread[0].occurred_on.isoformat(),
        "last": thread[-1].occurred_on.isoformat(),
        "tag": next((entry.tag for entry in reversed(thread) if entry.tag), None),
        "entries": [entry.id for entry in thread],
    }


def _clock(clock: Clock, record: PersonRecord) -> dict[str, Any]:
    return {
        "id": clock.id,
        "starts": clock.starts.isoformat(),
        "due": clock.due.isoformat(),
        "entry": clock.entry,
        "parameter": clock.parameter,
        "state": clock.state(record.at.as_of),
    }
