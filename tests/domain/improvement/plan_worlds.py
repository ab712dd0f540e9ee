"""Invented facts for the plan table: dense around the day asked about, so that every edge is met often."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

Facts = dict[str, Any]

AS_OF = date(2026, 6, 30)
KINDS = ("occurrence", "written-note", "sbi", "personal-conversation", "peer-report", "reply")
EDGES = (0, 0, 1, 2, 3, 5, 29, 30, 31, 45, 60, 61, 62, 90)


def day(dice: Random, ahead: int = 2) -> date:
    return AS_OF - timedelta(days=dice.choice(EDGES) if dice.random() < 0.85 else -dice.randint(1, ahead))


def moment(dice: Random, on: date) -> str:
    if dice.random() < 0.15:
        return on.isoformat()
    return f"{on}T{dice.choice(('00:00:00', '09:30:00', '23:59:59'))}{dice.choice(('Z', '+02:00', '-05:00'))}"


def entry(dice: Random, kinds: tuple[str, ...] = KINDS) -> Facts:
    occurred = day(dice)
    recorded = occurred + timedelta(days=dice.choice((0, 0, 0, 1, 3, 40)))
    found: Facts = {
        "kind": dice.choice(kinds),
        "occurred_on": occurred.isoformat(),
        "recorded_at": moment(dice, recorded),
    }
    shared = recorded + timedelta(days=dice.choice((0, 0, 0, 1, 5, -3)))
    found["shared_at"] = moment(dice, shared) if dice.random() < 0.8 else None
    found["seen"] = dice.choice(("observed", "observed", "artifact", "reported"))
    return found


def nearly_a_plan(dice: Random) -> list[Facts]:
    """Entries of a case in which every condition holds, or nearly."""
    spans: dict[str, tuple[int, ...]] = {"occurrence": (95, 1), "written-note": (80, 33), "sbi": (60,)}
    found: list[Facts] = []
    for kind, ages in spans.items():
        for age in ages:
            on = AS_OF - timedelta(days=max(0, age + dice.choice((0, 0, 0, 0, -3, -2, 2, 30))))
            stamp = moment(dice, on)
            found.append(
                {
                    "kind": kind,
                    "occurred_on": on.isoformat(),
                    "recorded_at": stamp,
                    "shared_at": stamp,
                    "seen": "observed",
                }
            )
    return found


def facts(dice: Random, most_open: int = 2) -> Facts:
    """One facts file, with up to `most_open` keys left out."""
    entries = [entry(dice) for _ in range(dice.randint(0, 5))]
    if dice.random() < 0.6:
        entries = nearly_a_plan(dice) + entries[: dice.randint(0, 2)]
        dice.shuffle(entries)
    since = AS_OF - timedelta(days=dice.choice((300, 790, 792, 800, 1200)))
    found: Facts = {
        "as_of": AS_OF.isoformat(),
        "known_at": dice.choice(
            (None, None, "2026-06-30T12:00:00Z", "2026-07-20T00:00:00Z", "2026-06-20T00:00:00Z")
        ),
        "strong_since": dice.choice((None, None, since.isoformat())),
        "dropped_on": dice.choice(
            (None, None, (AS_OF - timedelta(days=dice.choice((0, 5, 62, -1)))).isoformat())
        ),
        "delivering": dice.choice((True, False)),
        "mismatch": dice.choice(("none", "none", "domain", "stage")),
        "cycles": dice.choice((None, [], [["2026-01-01", "2026-06-28"], ["2026-06-29", "2026-12-31"]])),
        "entries": entries,
    }
    for _ in range(dice.randint(0, most_open)):
        thing = dice.choice((found, *entries, *entries))
        keys = [key for key in thing if key not in ("as_of", "known_at", "kind", "entries")]
        if keys:
            del thing[dice.choice(keys)]
    if dice.random() < 0.02:
        del found["entries"]
    return found
