"""Invented facts for the non-negotiables: dense around the window's two ends and around the floor."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

Facts = dict[str, Any]

AS_OF = date(2026, 6, 30)
AGES = (-20, -1, 0, 0, 1, 2, 30, 60, 100, 177, 178, 179, 180, 181, 200)
CLAIMS = {"cross-team-project": "owned", "customer-impact": "measured", "trade-off": "with_data"}


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def written(dice: Random, kind: str) -> Facts:
    on = ago(dice.choice((210, 210, 210, 200, 1, 0, -1)))
    recorded = on + timedelta(days=dice.choice((0, 0, 0, 1)))
    return {"kind": kind, "occurred_on": str(on), "recorded_at": f"{recorded}T10:00:00Z"}


def commitment(dice: Random, *, kind_hand: float = 0.8) -> Facts:
    due = ago(dice.choice(AGES))
    delivered = due + timedelta(days=dice.choice((0, -1, -5, -30) if dice.random() < kind_hand else (1, 5)))
    found = written(dice, "commitment") | {
        "due": str(due),
        "delivered": None if dice.random() < 0.2 else str(delivered),
    }
    moves = []
    while dice.random() < 0.25:
        to = due + timedelta(days=dice.choice((7, 30, -3)))
        moves.append(
            {
                "from": str(due),
                "to": str(to),
                "on": str(due + timedelta(days=dice.choice((-3, 0, 0, 1, -40)))),
            }
        )
        due = to
    if moves or dice.random() < 0.7:
        found["rescheduled"] = moves
    return found


def claim(dice: Random, kind: str, *, holds: float = 0.8) -> Facts:
    return written(dice, kind) | {CLAIMS[kind]: dice.random() < holds}


def nearly_all_met(dice: Random) -> list[Facts]:
    """Entries of a record on which every lamp is lit, or nearly."""
    kept = [commitment(dice, kind_hand=1) for _ in range(dice.choice((6, 7, 8)))]
    kinds = ("cross-team-project", "cross-team-project", "customer-impact", "trade-off")
    return [*kept, commitment(dice, kind_hand=0.3), *(claim(dice, kind, holds=0.97) for kind in kinds)]


def facts(dice: Random, most_open: int = 2) -> Facts:
    """One facts file, with up to `most_open` keys left out."""
    entries = [
        commitment(dice, kind_hand=dice.choice((0.8, 1))) for _ in range(dice.choice((0, 1, 2, 3, 7, 8)))
    ]
    for kind in CLAIMS:
        entries += [claim(dice, kind) for _ in range(dice.choice((0, 1, 1, 2, 3)))]
    if dice.random() < 0.5:
        entries = nearly_all_met(dice)
    dice.shuffle(entries)
    found: Facts = {
        "as_of": str(AS_OF),
        "known_at": dice.choice(
            (None, None, "2026-06-30T12:00:00Z", "2026-07-20T00:00:00Z", "2026-06-20T00:00:00Z")
        ),
        "entries": entries,
    }
    for _ in range(dice.randint(0, most_open)):
        thing = dice.choice((*entries, found)) if entries else found
        moves = thing.get("rescheduled")
        if moves and dice.random() < 0.3:
            thing = moves[0]
        keys = [key for key in thing if key not in ("as_of", "known_at", "kind", "entries", "rescheduled")]
        if keys:
            del thing[dice.choice(keys)]
    if dice.random() < 0.02:
        del found["entries"]
    return found
