"""Quick entry: one line to one draft's worth of fields.

`missed invoice-export due 2026-05-04, delivered 05-13 #deliver-results` reads as a commitment with both
dates and a principle. A line starts with one of the words in `STARTS`, so that what an entry is never has to
be guessed. Then, in any order: `#principle`, `!concern`, `on DATE`, `due DATE`, `delivered DATE`,
`tag:resolved`, links, and `name=value` for the other fields of the kind. A date without a year takes that of
the line's first full date, or the latest one that is not in the future.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TypeVar

from datumline.domain.evidence.entry import Tag
from datumline.domain.evidence.kinds import Kind, Type, amounts
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json

STARTS: dict[str, Kind] = {
    "missed": Kind.COMMITMENT,
    "delivered": Kind.COMMITMENT,
    "promised": Kind.COMMITMENT,
    "saw": Kind.OCCURRENCE,
    "told": Kind.PEER_REPORT,
    "praise": Kind.RECOGNITION,
    "note": Kind.WRITTEN_NOTE,
    "sbi": Kind.SBI,
    "talked": Kind.PERSONAL_CONVERSATION,
    "review": Kind.FORMAL_REVIEW,
    "incident": Kind.INCIDENT,
    "metric": Kind.METRIC_READING,
    "artifact": Kind.ARTIFACT,
    "cited": Kind.CITATION,
    "owns": Kind.OWNERSHIP,
    "unblocked": Kind.UNBLOCKED,
    "mentored": Kind.MENTORSHIP,
    "project": Kind.CROSS_TEAM_PROJECT,
    "impact": Kind.CUSTOMER_IMPACT,
    "trade-off": Kind.TRADE_OFF,
    "decided": Kind.DECISION,
    "assessed": Kind.ASSESSMENT,
}
# The field that takes the words of the line when the kind needs one and nobody named it.
NAMED_BY_WORDS = {"work", "artifact", "name", "whom", "of"}

Read = TypeVar("Read")

# Days as they are read, then what is meant as one: that is taken out of the words too, and said to be none.
_DATE = (
    r"\d{4}-\d{2}-\d{2}|\d{2}-\d{2}"
    r"|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{2}[./]\d{2}[./]\d{2}|\d{1,2}\.\d{1,2}\."
)
_YEAR = re.compile(r"\d{4}(?=-\d{2}-\d{2}$)")
_DATED = re.compile(rf",?\s*\b(on|due|delivered)\s+({_DATE})(?![\w-])(?:\.(?=\s|$))?", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"]+")
_MARK = re.compile(r"(?<![\w/])([#!])([\w][\w-]*)")
_PAIR = re.compile(r"(?<!\S)([a-z_]+)[=:]([^\s,]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickEntry:
    """What one line says. Dates are days; `amounts` holds the fields of the kind."""

    kind: Kind
    occurred_on: date
    title: str
    links: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    concern: str | None = None
    tag: Tag | None = None
    amounts: Mapping[str, Json | date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A line as far as it was understood: `kind` is None when the first word says none.

    `faults` is what was not understood, in the order of the line's reading; nothing in `entry` rests on it.
    """

    kind: Kind | None
    entry: QuickEntry
    faults: tuple[Problem, ...]


def quick_entry(line: str, *, today: date, principles: frozenset[str]) -> QuickEntry:
    """Read one line as written on `today`.

    Raises Problem for an unknown first word, principle, field or date, and for a day in the future.
    """
    heard = hear(line, today=today, principles=principles)
    if heard.faults:
        raise heard.faults[0]
    return heard.entry


def hear(line: str, *, today: date, principles: frozenset[str]) -> Heard:
    """Read one line as far as it can be understood; what cannot stands in `faults`."""
    faults: list[Problem] = []
    start, _, rest = line.strip().partition(" ")
    word = start.rstrip(":")
    kind = _or_fault(faults, lambda: _kind(word.lower()))
    if kind is None:
        word, rest = "", line.strip()
    links = tuple(_LINK.findall(rest))
    marks, rest = _take(_MARK, _LINK.sub(" ", rest))
    dates, rest = _take(_DATED, rest)
    pairs, rest = _take(_PAIR, rest)
    values = dict(pairs)
    days = _days({name.lower(): text for name, text in dates}, today, faults)
    words = " ".join(rest.split()).strip(" ,")
    if not words and kind:
        faults.append(
            Problem("the line says nothing after its first word", where=start, expected="what happened")
        )
    tag = _or_fault(faults, lambda: _tag(values.pop("tag", None)))
    known = kind or Kind.OCCURRENCE
    return Heard(
        kind=kind,
        entry=QuickEntry(
            kind=known,
            occurred_on=_or_fault(faults, lambda: _occurred(known, days, today)) or today,
            title=f"{word.capitalize()} {words}".strip(),
            links=links,
            principles=_principles(marks, principles, faults),
            concern=next((name for mark, name in marks if mark == "!"), None),
            tag=tag,
            amounts=_delivery(start, days) | _amounts(kind, words, days, values, faults),
        ),
        faults=tuple(faults),
    )


def _or_fault(faults: list[Problem], read: Callable[[], Read | None]) -> Read | None:
    """What was read; None when it could not be, and then why is kept."""
    try:
        return read()
    except Problem as fault:
        faults.append(fault)
        return None


def _delivery(start: str, days: Mapping[str, date]) -> dict[str, Json | date]:
    """What the first word alone says: "missed" without a day of delivery says that there was none."""
    return {"delivered": None} if start.lower().startswith("missed") and "delivered" not in days else {}


def _kind(word: str) -> Kind:
    if word not in STARTS:
        raise Problem(
            f"'{word}' does not say what this is", where="first word", expected=f"one of {', '.join(STARTS)}"
        )
    return STARTS[word]


def _take(pattern: re.Pattern[str], text: str) -> tuple[list[tuple[str, str]], str]:
    return pattern.findall(text), pattern.sub(" ", text)


def _days(said: dict[str, str], today: date, faults: list[Problem]) -> dict[str, date]:
    year = next((int(found[0]) for text in said.values() if (found := _YEAR.match(text))), None)
    read = {word: _or_fault(faults, partial(_day, text, year, today)) for word, text in said.items()}
    return {word: day for word, day in read.items() if day}


def _day(text: str, year: int | None, today: date) -> date:
    try:
        if len(text) > len("05-13"):
            return date.fromisoformat(text)
        found = date.fromisoformat(f"{year or today.year}-{text}")
    except ValueError as wrong:
        raise Problem(f"'{text}' is not a day", expected="a date such as 2026-05-04 or 05-04") from wrong
    return found if year or found <= today else found.replace(year=today.year - 1)


def _occurred(kind: Kind, days: Mapping[str, date], today: date) -> date:
    """The day it happened: said by `on`; for a commitment the day of delivery, if known; else today."""
    fallback = days.get("delivered") if kind is Kind.COMMITMENT else None
    day = days.get("on") or fallback or today
    if day > today:
        raise Problem(f"{day} lies ahead", where="on", expected=f"a day up to {today}")
    return day


def _principles(
    marks: list[tuple[str, str]], known: frozenset[str], faults: list[Problem]
) -> tuple[str, ...]:
    named = [name.lower() for mark, name in marks if mark == "#"]
    faults += [
        Problem(f"'#{name}' is no principle of the pack", expected=f"one of {', '.join(sorted(known))}")
        for name in named
        if name not in known
    ]
    return tuple(name for name in named if name in known)


def _tag(text: str | None) -> Tag | None:
    if text is None:
        return None
    try:
        return Tag(text)
    except ValueError as wrong:
        raise Problem(f"'{text}' is no tag", where="tag", expected=f"one of {', '.join(Tag)}") from wrong


def _amounts(
    kind: Kind | None, words: str, days: Mapping[str, date], values: dict[str, str], faults: list[Problem]
) -> dict[str, Json | date]:
    if kind is None:
        return {}
    known = amounts(kind)
    found: dict[str, Json | date] = {name: day for name, day in days.items() if name in known}
    for name, text in values.items():
        if name not in known:
            expected = f"one of {', '.join(known)}"
            faults.append(Problem(f"{kind} has no field '{name}'", where=f"{name}=", expected=expected))
            continue
        value: Json | date = _or_fault(faults, partial(_value, name, text, known[name][0]))
        if value is not None:
            found[name] = value
    for name, (_, needed) in known.items():
        if needed and name in NAMED_BY_WORDS and words:
            found.setdefault(name, words)
    return found


def _value(name: str, text: str, type_of: Type) -> Json | date:
    if type_of is Type.FLAG:
        if text.lower() not in {"yes", "no"}:
            raise Problem(f"'{text}' is neither", where=f"{name}=", expected="yes or no")
        return text.lower() == "yes"
    if type_of is Type.COUNT:
        if not text.isdecimal():
            raise Problem(f"'{text}' is no count", where=f"{name}=", expected="a whole number")
        return int(text)
    if type_of is Type.DATE:
        return _day(text, None, date.max)
    return [*text.split("+")] if type_of is Type.TEXTS else text
