"""Facts as plain JSON, read strictly: absent, null and a value are told apart (spec 96, reading 2).

Absent = nobody said. Null = looked, there is none. Unknown extra keys are tolerated. A fault names its JSON
path. Days are `YYYY-MM-DD`. An instant is an ISO 8601 timestamp, or a day, which stands for its first
moment; one without an offset is in UTC, because a facts file has no other zone (reading 1).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Final, TypeAlias, TypeVar

from datumline.domain.period import EARLIEST, LATEST, AsOf, end_of_day
from datumline.domain.policy.json_words import shown
from datumline.domain.problem import Problem
from datumline.domain.verdict import Answer, answer

T = TypeVar("T")


class Absent(Enum):
    """The mark of a key that nobody gave."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
Maybe: TypeAlias = T | Absent | None

A_DAY = "a day such as 2026-06-30"
AN_INSTANT = "an instant such as 2026-06-30T17:00:00Z"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?"
    r"([Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)


def wrong(value: object, path: str, expected: str) -> Problem:
    """The problem that `value` stands at `path`."""
    return Problem(f"{shown(value)} is not usable", where=path, expected=expected)


def day_of(value: object, path: str) -> date:
    """A day. Raises Problem unless it is `YYYY-MM-DD`, in the calendar, between 1900 and 2999."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise wrong(value, path, A_DAY)
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise wrong(value, path, f"{A_DAY} that is in the calendar") from None
    return _within(found, value, path)


def _within(day: date, value: str, path: str) -> date:
    if not EARLIEST <= day <= LATEST:
        raise wrong(value, path, f"a day from {EARLIEST.year} to {LATEST.year}")
    return day


def instant_of(value: object, path: str) -> datetime:
    """An instant in UTC; a day stands for its first moment. Raises Problem for anything else."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return datetime.combine(day_of(value, path), datetime.min.time(), tzinfo=UTC)
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise wrong(value, path, AN_INSTANT)
    _within(day_of(value[:10], path), value, path)
    try:
        found = datetime.fromisoformat(value.upper())
    except ValueError:
        raise wrong(value, path, f"{AN_INSTANT} that is in the calendar") from None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


class Reader:
    """Reads the keys of one JSON object; `path` is its JSON pointer, empty for the whole document."""

    __slots__ = ("fields", "path")

    def __init__(self, value: object, path: str = "") -> None:
        if not isinstance(value, Mapping):
            raise wrong(value, path or "the whole document", "a JSON object")
        self.fields: Mapping[str, Any] = value
        self.path = path

    def at(self, key: str) -> str:
        """The pointer of one of its keys."""
        return f"{self.path}/{key}"

    def raw(self, key: str) -> Any:
        """The value as it stands; ABSENT when the key is not there."""
        return self.fields.get(key, ABSENT)

    def day(self, key: str) -> Maybe[date]:
        """A day."""
        value = self.raw(key)
        return value if value is None or value is ABSENT else day_of(value, self.at(key))

    def instant(self, key: str) -> Maybe[datetime]:
        """An instant."""
        value = self.raw(key)
        return value if value is None or value is ABSENT else instant_of(value, self.at(key))

    def text(self, key: str) -> Maybe[str]:
        """A text, which may be empty."""
        value = self.raw(key)
        if value is None or value is ABSENT:
            return None if value is None else ABSENT
        if not isinstance(value, str):
            raise wrong(value, self.at(key), "a text")
        return value

    def flag(self, key: str) -> Answer:
        """True or false as an answer; null is no, absent is unknown."""
        value = self.raw(key)
        if value is ABSENT:
            return answer(None)
        if value is not None and not isinstance(value, bool):
            raise wrong(value, self.at(key), "true or false")
        return answer(bool(value))

    def choice(self, key: str, choices: Collection[str]) -> Maybe[str]:
        """One of `choices`."""
        value = self.raw(key)
        if value is None or value is ABSENT:
            return None if value is None else ABSENT
        if not isinstance(value, str) or value not in choices:
            raise wrong(value, self.at(key), f"one of {', '.join(choices)}")
        return value

    def needed(self, key: str, choices: Collection[str], *, named: Collection[str]) -> str:
        """One of `choices`, which must be there; the message names those `named`."""
        value = self.raw(key)
        if not isinstance(value, str) or value not in choices:
            what = f"no '{key}'" if value is ABSENT else f"{shown(value)} is no {key}"
            raise Problem(what, where=self.at(key), expected=f"one of {', '.join(named)}")
        return value

    def items(self, key: str) -> Maybe[list[Any]]:
        """A list."""
        value = self.raw(key)
        if value is None or value is ABSENT:
            return None if value is None else ABSENT
        if not isinstance(value, list):
            raise wrong(value, self.at(key), "a list")
        return value


def clocks(facts: Mapping[str, Any]) -> AsOf:
    """Both clocks. `as_of` is needed; `known_at` absent or null is that day's end; a day means its end."""
    reader = Reader(facts)
    as_of = reader.day("as_of")
    if as_of is None or as_of is ABSENT:
        raise Problem("no 'as_of'", where="/as_of", expected=A_DAY)
    known_at = reader.instant("known_at")
    if known_at is None or known_at is ABSENT:
        return AsOf(as_of=as_of, known_at=end_of_day(as_of))
    whole_day = _DAY.fullmatch(str(reader.raw("known_at"))) is not None
    return AsOf(as_of=as_of, known_at=end_of_day(known_at.date()) if whole_day else known_at)


def happened(occurred: Maybe[date], recorded: Maybe[datetime], at: AsOf) -> Answer:
    """Whether an entry exists for the verdict: it had happened by `as_of` and was written by `known_at`.

    Null is no: it never happened, or was never written. Absent is unknown, unless the other one rules it out.
    """
    if occurred is None or recorded is None:
        return Answer.NOT_MET
    if occurred is not ABSENT and occurred > at.as_of:
        return Answer.NOT_MET
    if recorded is not ABSENT and recorded > at.known_at:
        return Answer.NOT_MET
    return Answer.UNKNOWN if ABSENT in (occurred, recorded) else Answer.MET
