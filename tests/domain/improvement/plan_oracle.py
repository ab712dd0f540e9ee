"""The plan table once more, in another style: every possible world, one by one.

A world is a facts file in which nothing is left open. In each one the conditions are plain yes and no; a
condition of the facts is met when it is so in every world, not met when in none.
"""

from __future__ import annotations

import itertools
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

Facts = dict[str, Any]
Hole = tuple[Facts, str, list[Any]]
Says = dict[str, bool | None]

NAMES = (
    "on-file",
    "first-hand",
    "strong-tenure",
    "personal-conversation",
    "delivering",
    "mismatch",
    "named-in-writing",
    "repeated",
    "second-written-note",
    "notes-on-different-days",
    "sbi-conversation",
    "unchanged",
    "wait-over",
)
PLAN = NAMES[6:]
DAY = timedelta(days=1)


def months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def as_day(text: str) -> date:
    return date.fromisoformat(text[:10])


def as_moment(text: str) -> datetime:
    if len(text) == 10:
        text += "T00:00:00+00:00"
    return datetime.fromisoformat(text).astimezone(UTC)


def yes_and_no(facts: Facts) -> dict[str, bool]:
    """The conditions of facts that leave nothing open."""
    today = as_day(facts["as_of"])
    midnight = datetime.combine(today + DAY, datetime.min.time(), tzinfo=UTC)
    known = as_moment(facts["known_at"]) if facts.get("known_at") else midnight - timedelta(microseconds=1)
    there = [
        e
        for e in facts["entries"] or []
        if e["occurred_on"] and as_day(e["occurred_on"]) <= today
        if e["recorded_at"] and as_moment(e["recorded_at"]) <= known
    ]

    def kind(*kinds: str) -> list[Facts]:
        return [e for e in there if e["kind"] in kinds]

    def seen(e: Facts) -> bool:
        return e.get("seen") in ("observed", "artifact")

    def readable(e: Facts) -> bool:
        return (
            bool(e["shared_at"])
            and as_moment(e["shared_at"]) <= known
            and as_moment(e["shared_at"]) < midnight
        )

    def written_in_time(e: Facts) -> bool:
        return as_moment(e["recorded_at"]) < midnight

    def counts_from(e: Facts) -> date:
        days = [as_day(e["occurred_on"]), as_moment(e["recorded_at"]).date()]
        return max([*days, as_moment(e["shared_at"]).date()] if readable(e) else days)

    notes = [e for e in kind("written-note") if readable(e) and written_in_time(e)]
    talks = [e for e in kind("sbi") if written_in_time(e)]
    happened = sorted(as_day(e["occurred_on"]) for e in kind("occurrence") if seen(e))
    since, drop = facts["strong_since"], facts["dropped_on"]
    drop = as_day(drop) if drop and as_day(drop) <= today else None
    note_days = sorted({counts_from(e) for e in notes})
    cycles = [(as_day(a), as_day(b)) for a, b in facts["cycles"] or []]
    in_cycles = {n for day in happened for n, (a, b) in enumerate(cycles) if a <= day <= b}
    return {
        "on-file": bool(kind("occurrence", "peer-report")),
        "first-hand": any(seen(e) for e in kind("occurrence", "peer-report", "written-note", "sbi")),
        "strong-tenure": bool(since and drop and months_later(as_day(since), 24) <= drop),
        "personal-conversation": any(
            drop and as_day(e["occurred_on"]) >= drop for e in kind("personal-conversation")
        ),
        "delivering": bool(facts["delivering"]),
        "mismatch": facts["mismatch"] in ("domain", "stage"),
        "named-in-writing": bool(notes) or any(readable(e) for e in talks),
        "repeated": bool(happened) and (months_later(happened[0], 2) <= happened[-1] or len(in_cycles) >= 2),
        "second-written-note": len(notes) >= 2,
        "notes-on-different-days": len(note_days) >= 2,
        "sbi-conversation": bool(talks),
        "unchanged": len(note_days) >= 2
        and bool(talks)
        and any(day > max(note_days[1], min(map(counts_from, talks))) for day in happened),
        "wait-over": len(note_days) >= 2 and note_days[1] + 30 * DAY <= today,
    }


def open_keys(facts: Facts) -> Iterator[Hole]:  # noqa: C901 - one branch for each key that can be left out
    """What the facts leave open: (the object, the key, every value that could matter)."""
    today = as_day(facts["as_of"])
    told = {today, today - 1000 * DAY}
    for thing in (facts, *(facts["entries"] or [])):
        for key in ("known_at", "strong_since", "dropped_on", "occurred_on", "recorded_at", "shared_at"):
            if thing.get(key):
                told.add(as_day(thing[key]))
        if thing.get("strong_since"):
            told.add(months_later(as_day(thing["strong_since"]), 24))
    near = sorted({day + n * DAY for day in told for n in (-1, 0, 1, 2)})
    days = [None, *(day.isoformat() for day in near)]
    moments = [None, *(f"{day}T08:00:00Z" for day in near)]
    top: dict[str, list[Any]] = {
        "strong_since": [*days, (today - 800 * DAY).isoformat()],
        "dropped_on": days,
        "delivering": [True, False],
        "mismatch": ["none", "stage"],
    }
    for key, values in top.items():
        if key not in facts:
            yield facts, key, values
    if "cycles" not in facts:
        cuts = [
            [[str(near[0] - 900 * DAY), str(cut - DAY)], [str(cut), str(near[-1] + DAY)]] for cut in near[1:]
        ]
        yield facts, "cycles", [None, *cuts]
    for e in facts["entries"] or []:
        if "occurred_on" not in e:
            yield e, "occurred_on", days
        if "recorded_at" not in e:
            yield e, "recorded_at", moments
        if "shared_at" not in e:
            # An SBI was said face to face: a share that nobody told of names it, and moves no date.
            silent = [None, f"{near[0]}T08:00:00Z"] if e["kind"] == "sbi" else moments
            yield e, "shared_at", silent if e["kind"] in ("written-note", "sbi") else [None]
        if "seen" not in e:
            yield e, "seen", ["observed", "reported"] if e["kind"] == "occurrence" else ["reported"]


def judged(facts: Facts) -> tuple[Says, str]:
    """The answer of every condition (True, False, None) and the verdict."""
    if "entries" not in facts:
        bare = judged({**facts, "entries": []})[0]
        of_facts = ("strong-tenure", "delivering", "mismatch")
        return verdict_of({name: bare[name] if name in of_facts else None for name in NAMES})
    holes = list(open_keys(facts))
    seen: dict[str, set[bool]] = {name: set() for name in NAMES}
    for values in itertools.product(*(choices for _, _, choices in holes)):
        for (thing, key, _), value in zip(holes, values, strict=True):
            thing[key] = value
        for name, answer in yes_and_no(facts).items():
            seen[name].add(answer)
    for thing, key, _ in holes:
        del thing[key]
    return verdict_of({name: answers.pop() if len(answers) == 1 else None for name, answers in seen.items()})


def verdict_of(says: Says) -> tuple[Says, str]:
    """The table, row by row."""

    def both(*answers: bool | None) -> bool | None:
        return False if False in answers else None if None in answers else True

    def no(name: str) -> bool | None:
        return None if says[name] is None else not says[name]

    before_plan = [
        (both(says["on-file"], no("first-hand")), "investigate"),
        (both(says["strong-tenure"], no("personal-conversation")), "personal-conversation"),
        (both(says["delivering"], says["mismatch"]), "managed-transition"),
    ]
    for holds, verdict in before_plan:
        if holds:
            return says, verdict
    ready = [says[name] for name in PLAN]
    if both(*ready):
        return says, "feedback-gap" if any(holds is None for holds, _ in before_plan) else "start-plan"
    if both(*ready[:-1], no("wait-over")):
        return says, "follow-up-note"
    if both(says["named-in-writing"], no("second-written-note")):
        return says, "follow-up-note"
    return says, "feedback-gap"
