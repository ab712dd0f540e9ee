"""What would change a verdict, in words: what happens, what is said, and the day by which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from datumline.domain.policy.phrasebook import Phrasebook, day_words
from datumline.domain.verdict import Change, Json, Pointer

CLOCKS = ("/as_of", "/known_at")
STAMPS = ("kind", "occurred_on", "recorded_at", "shared_at", "rescheduled")
A_DAY = len("2026-06-30")


def change_words(
    change: Change, table: str, phrases: Phrasebook, evidence: Mapping[Pointer, str]
) -> Iterator[tuple[str, ...]]:
    """The steps of each need; time that has to pass comes last. `evidence` words the entry at a pointer."""
    until: list[Json] = []
    for need in change.needs:
        told: list[str] = []
        for operation in need.patch:
            if operation["path"] in CLOCKS:
                until.append(operation["value"])
            else:
                told.extend(_operation(operation, table, phrases, evidence))
        if told:
            yield _counted(told)
    if until:
        yield (f"time passes until {_plain(max(str(day)[:A_DAY] for day in until))}",)


def _counted(told: list[str]) -> tuple[str, ...]:
    """The same step only once, with how often."""
    return tuple(
        text if (count := told.count(text)) == 1 else f"{count} times {text}" for text in dict.fromkeys(told)
    )


def _operation(
    operation: Mapping[str, Json], table: str, phrases: Phrasebook, evidence: Mapping[Pointer, str]
) -> Iterator[str]:
    path, value = str(operation["path"]), operation["value"]
    entry, _, key = path.rpartition("/")
    if path == "/entries" and isinstance(value, list):
        yield from (_entry(each) for each in value)
    elif isinstance(value, dict) and "kind" in value:
        yield _entry(value)
    elif path.endswith("/-"):
        yield _fact(entry.removeprefix("/"), value, table, phrases)
    elif entry:
        yield f"{evidence.get(entry, entry)}: {_said(key, value)}"
    else:
        yield _fact(key, value, table, phrases)


def _fact(key: str, value: Json, table: str, phrases: Phrasebook) -> str:
    """A fact in the pack's words; `fact.TABLE.KEY` takes the value, `fact.TABLE.KEY.VALUE` says one value."""
    one = f"fact.{table}.{key}.{_word(value)}"
    if one in phrases:
        return phrases.say(one)
    phrase = f"fact.{table}.{key}"
    return phrases.say(phrase, value=_plain(value)) if phrase in phrases else _said(key, value)


def _said(key: str, value: Json) -> str:
    if key == "shared_at":
        return f"shared on {_plain(value)}" if value else "not shared"
    if isinstance(value, bool):
        return f"{'' if value else 'not '}{key.replace('_', ' ')}"
    if isinstance(value, dict):
        return f"another {key.replace('_', ' ')}"
    if key == "seen":
        return "only reported" if value == "reported" else "seen first-hand"
    if value is None:
        return f"not {key.removesuffix('_on').replace('_', ' ')}"
    named = key.removesuffix("_on").removesuffix("_at").replace("_", " ")
    return f"{named} {_plain(value)}"


def _entry(value: Json) -> str:
    if not isinstance(value, dict):
        return str(value)
    shared = ["shared"] if value.get("shared_at") else []
    told = [_said(name, each) for name, each in value.items() if name not in STAMPS]
    kind = _kind(str(value["kind"]))
    article = "an" if kind[0] in "aeoS" else "a"
    return ", ".join([f"{article} {kind} on {_plain(value['occurred_on'])}", *shared, *told])


def _kind(kind: str) -> str:
    known = {"sbi": "SBI conversation", "cross-team-project": "cross-team project", "trade-off": "trade-off"}
    return known.get(kind, kind.replace("-", " "))


def _word(value: Json) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def _plain(value: Json) -> str:
    """A day, an instant's day or a pair of days as people write them."""
    if isinstance(value, list):
        between = " and " if any(isinstance(each, list) for each in value) else " to "
        return between.join(_plain(each) for each in value)
    try:
        return day_words(date.fromisoformat(str(value)[:A_DAY]))
    except ValueError:
        return _word(value)
