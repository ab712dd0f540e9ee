"""The facts of the readiness table, read: evidence by kind, work in flight, assessments (spec 95)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import AsOf
from datumline.domain.policy.facts import ABSENT, Absent, Maybe, Reader, clocks, happened, wrong
from datumline.domain.policy.rubric import DIMENSIONS
from datumline.domain.signals.on_time import Move
from datumline.domain.verdict import Answer, Pointer, answer

KINDS = frozenset(kind.value for kind in Kind)
KINDS_READ = (
    "artifact",
    "citation",
    "ownership",
    "commitment",
    "metric-reading",
    "unblocked",
    "direction",
    "mentorship",
    "incident",
)
ANSWERS = {"met": Answer.MET, "not-met": Answer.NOT_MET, "unknown": Answer.UNKNOWN}
_TEXTS = ("type", "artifact", "of", "outcome", "role", "by_team", "id", "title", "link")
_FLAGS = ("reviewed_by_team", "organisation_wide", "own_team", "end_to_end", "organisation", "team_goal")
_DAYS = ("from", "to", "due", "delivered")
_MANY = ("services", "followers", "whom", "adopted_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyEntry:
    """One entry. Of each group of fields only what was said is there."""

    place: int
    kind: Kind
    occurred: Maybe[date]
    recorded: Maybe[datetime]
    texts: Mapping[str, str | None]
    flags: Mapping[str, Answer]
    days: Mapping[str, date | None]
    many: Mapping[str, int | tuple[str, ...] | None]
    figures: Mapping[str, object]
    moves: tuple[Move, ...]

    @property
    def pointer(self) -> Pointer:
        """Where it stands in the facts."""
        return f"/entries/{self.place}"

    def exists(self, at: AsOf) -> Answer:
        """Whether it had happened and was written."""
        return happened(self.occurred, self.recorded, at)

    def flag(self, name: str) -> Answer:
        """A flag; unknown where nobody said."""
        return self.flags.get(name, Answer.UNKNOWN)

    def count(self, name: str, otherwise: int | None = None) -> int | None:
        """How many: of a number itself, of a list its length; `otherwise` where nobody said."""
        if name not in self.many:
            return otherwise
        found = self.many[name]
        return found if isinstance(found, int) else len(found or ())

    def names(self, name: str) -> tuple[str, ...]:
        """The names in a list, or the one name."""
        found = self.many.get(name)
        return found if isinstance(found, tuple) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InFlight:
    """A piece of work that is to close a gap: it counts with a date that is not past, and a link."""

    place: int
    dimension: Maybe[str]
    due: Maybe[date]
    link: Maybe[str]

    def counts(self, dimension: str, on: date) -> Answer:
        """Whether it is in flight for this dimension on that day."""
        if self.dimension is ABSENT:
            return Answer.UNKNOWN
        if self.dimension != dimension:
            return Answer.NOT_MET
        ahead = answer(None if self.due is ABSENT else self.due is not None and self.due >= on)
        linked = answer(None if self.link is ABSENT else bool((self.link or "").strip()))
        parts = {ahead, linked}
        if Answer.NOT_MET in parts:
            return Answer.NOT_MET
        return Answer.UNKNOWN if Answer.UNKNOWN in parts else Answer.MET


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What a named person says about one condition; without the person's name it says nothing."""

    place: int
    dimension: Maybe[str]
    condition: Maybe[str]
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessRecord:
    """The facts of the table; ABSENT where nobody said."""

    facts: Mapping[str, Any]
    at: AsOf
    target: Maybe[str]
    entries: tuple[ReadyEntry, ...] | Absent
    in_flight: tuple[InFlight, ...] | Absent
    assessments: tuple[Assessed, ...]

    def on(self, day: date) -> ReadinessRecord:
        """The same facts and the same knowledge, asked as of `day`."""
        return replace(self, at=AsOf(as_of=day, known_at=self.at.known_at))

    def of(self, *kinds: Kind) -> tuple[ReadyEntry, ...]:
        """The entries of these kinds that exist, or may."""
        found = () if self.entries is ABSENT else self.entries
        return tuple(
            each for each in found if each.kind in kinds and each.exists(self.at) is not Answer.NOT_MET
        )


def read_readiness(facts: Mapping[str, Any]) -> ReadinessRecord:
    """The facts, read strictly. Raises Problem with the JSON path of a fault."""
    reader = Reader(facts)
    reader.text("current")
    entries, in_flight, assessments = (reader.items(key) for key in ("entries", "in_flight", "assessments"))
    return ReadinessRecord(
        facts=facts,
        at=clocks(facts),
        target=reader.text("target"),
        entries=ABSENT
        if entries is ABSENT
        else tuple(_entry(item, place) for place, item in enumerate(entries or ())),
        in_flight=ABSENT
        if in_flight is ABSENT
        else tuple(_in_flight(item, place) for place, item in enumerate(in_flight or ())),
        assessments=tuple(
            _assessed(item, place)
            for place, item in enumerate(() if assessments is ABSENT else assessments or ())
        ),
    )


def _entry(item: object, place: int) -> ReadyEntry:
    reader = Reader(item, f"/entries/{place}")
    kind = Kind(reader.needed("kind", KINDS, named=KINDS_READ))
    own = kind.value in KINDS_READ
    said = reader.fields if own else {}
    return ReadyEntry(
        place=place,
        kind=kind,
        occurred=reader.day("occurred_on"),
        recorded=reader.instant("recorded_at"),
        texts={key: _text(reader, key) for key in _TEXTS if key in said},
        flags={key: reader.flag(key) for key in _FLAGS if key in said},
        days={key: _day(reader, key) for key in _DAYS if key in said},
        many={key: _many(reader, key) for key in _MANY if key in said},
        figures=_figures(reader) if kind is Kind.METRIC_READING else _severity(reader, kind),
        moves=_moves(reader) if kind is Kind.COMMITMENT else (),
    )


def _text(reader: Reader, key: str) -> str | None:
    value = reader.raw(key)
    if key in ("artifact", "id") and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    found = reader.text(key)
    return found if isinstance(found, str) else None


def _day(reader: Reader, key: str) -> date | None:
    found = reader.day(key)
    return found if isinstance(found, date) else None


def _many(reader: Reader, key: str) -> int | tuple[str, ...] | None:
    """A count, one name, or a list of names."""
    value = reader.raw(key)
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(dict.fromkeys(value))
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise wrong(value, reader.at(key), "a count, a name or a list of names")


def _figures(reader: Reader) -> dict[str, object]:
    said = {key: reader.raw(key) for key in ("before", "after") if key in reader.fields}
    for key, value in said.items():
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise wrong(value, reader.at(key), "a number")
    better = reader.choice("better", ("higher", "lower"))
    return {**said, **({"better": better} if isinstance(better, str) else {})}


def _severity(reader: Reader, kind: Kind) -> dict[str, object]:
    value = reader.raw("severity")
    if kind is not Kind.INCIDENT or value is ABSENT:
        return {}
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | str)):
        raise wrong(value, reader.at("severity"), "a severity such as SEV1")
    return {"severity": value}


def _moves(reader: Reader) -> tuple[Move, ...]:
    items = reader.items("rescheduled")
    told = [] if items is ABSENT or items is None else items
    return tuple(_move(Reader(item, f"{reader.at('rescheduled')}/{n}")) for n, item in enumerate(told))


def _move(reader: Reader) -> Move:
    days = [_needed_day(reader, key) for key in ("on", "from", "to")]
    return Move(on=days[0], from_due=days[1], to=days[2])


def _needed_day(reader: Reader, key: str) -> date:
    found = reader.day(key)
    if not isinstance(found, date):
        raise wrong(None, reader.at(key), "a day such as 2026-06-30")
    return found


def _in_flight(item: object, place: int) -> InFlight:
    reader = Reader(item, f"/in_flight/{place}")
    return InFlight(
        place=place,
        dimension=reader.choice("dimension", DIMENSIONS),
        due=reader.day("due"),
        link=reader.text("link"),
    )


def _assessed(item: object, place: int) -> Assessed:
    reader = Reader(item, f"/assessments/{place}")
    by = reader.text("by")
    given = _given(reader)
    named = isinstance(by, str) and bool(by.strip())
    return Assessed(
        place=place,
        dimension=reader.choice("dimension", DIMENSIONS),
        condition=reader.text("condition"),
        answer=given if named else Answer.UNKNOWN,
    )


def _given(reader: Reader) -> Answer:
    """`met`, `not-met` or `unknown`; true and false are understood too."""
    value = reader.raw("answer")
    if value is ABSENT or isinstance(value, bool):
        return answer(None if value is ABSENT else bool(value))
    return (
        ANSWERS[reader.needed("answer", ANSWERS, named=tuple(ANSWERS))]
        if value is not None
        else (Answer.UNKNOWN)
    )
