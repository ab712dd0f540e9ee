"""The non-negotiables once more, in another style: every possible world."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

Facts = dict[str, Any]
Hole = tuple[Facts, str, list[Any]]
Lamps = dict[str, bool | None]
DAY = timedelta(days=1)
CLAIMS = {
    "cross-team-projects": ("cross-team-project", "owned", 2),
    "customer-impact": ("customer-impact", "measured", 1),
    "trade-offs-with-data": ("trade-off", "with_data", 1),
}
CLAIM_OF = {kind: key for kind, key, _ in CLAIMS.values()}


def as_moment(text: str) -> datetime:
    if len(text) == 10:
        text += "T00:00:00+00:00"
    return datetime.fromisoformat(text).astimezone(UTC)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def kept(e: Facts, today: date) -> bool | None:
    """True on time, False missed, None in no count."""
    due, delivered = day(e["due"]), day(e["delivered"])
    if due is None:
        return None
    if delivered and delivered > today:
        delivered = None
    for move in sorted(e.get("rescheduled") or [], key=lambda m: (m["on"], m["from"], m["to"])):
        on, stood = date.fromisoformat(move["on"]), date.fromisoformat(move["from"])
        if on > today:
            continue
        if on > stood:
            return False if today - 179 * DAY <= stood <= today else None
        due = date.fromisoformat(move["to"])
    if not today - 179 * DAY <= due <= today:
        return None
    if delivered:
        return delivered <= due
    return False if due < today else None


def lamps_of(facts: Facts) -> Lamps:
    """True, False or None for each lamp of facts that leave nothing open."""
    today = date.fromisoformat(facts["as_of"])
    midnight = datetime.combine(today + DAY, datetime.min.time(), tzinfo=UTC)
    known = as_moment(facts["known_at"]) if facts.get("known_at") else midnight - timedelta(microseconds=1)
    there = [
        e
        for e in facts["entries"] or []
        if e["occurred_on"] and date.fromisoformat(e["occurred_on"]) <= today
        if e["recorded_at"] and as_moment(e["recorded_at"]) <= known
    ]
    outcomes = [kept(e, today) for e in there if e["kind"] == "commitment"]
    counted = [outcome for outcome in outcomes if outcome is not None]
    lamps: Lamps = {"on-time": Fraction(sum(counted), len(counted)) > Fraction(85, 100) if counted else None}
    for lamp, (kind, key, needed) in CLAIMS.items():
        on_file = [e for e in there if e["kind"] == kind]
        lamps[lamp] = sum(bool(e[key]) for e in on_file) >= needed if on_file else None
    return lamps


def holes_of(facts: Facts) -> Iterator[Hole]:  # noqa: C901 - one branch for each key
    """What the facts leave open: (the object, the key, every value that could matter)."""
    today = date.fromisoformat(facts["as_of"])
    told = {today, today - 179 * DAY}
    for e in facts["entries"] or []:
        for thing in (e, *(e.get("rescheduled") or [])):
            told |= {
                date.fromisoformat(thing[k][:10])
                for k in ("due", "delivered", "from", "to", "on")
                if thing.get(k)
            }
    near = sorted({str(each + n * DAY) for each in told for n in (-2, -1, 0, 1, 2)})
    for e in facts["entries"] or []:
        if "occurred_on" not in e:
            yield e, "occurred_on", [str(today), None]
        if "recorded_at" not in e:
            yield e, "recorded_at", ["2000-01-01", None]
        if e["kind"] == "commitment":
            for key in ("due", "delivered"):
                if key not in e:  # what was rescheduled had a date
                    never = [] if key == "due" and e.get("rescheduled") else [None]
                    yield e, key, [*near, *never]
            for move in e.get("rescheduled") or []:
                for key in ("from", "to", "on"):
                    if key not in move:
                        yield move, key, near
        elif e["kind"] in CLAIM_OF and CLAIM_OF[e["kind"]] not in e:
            yield e, CLAIM_OF[e["kind"]], [True, False]


def judged(facts: Facts) -> tuple[Lamps, str]:
    """Each lamp in all possible worlds together, and the verdict."""
    if "entries" not in facts:
        return dict.fromkeys(("on-time", *CLAIMS)), "unknown"
    holes = list(holes_of(facts))
    seen: dict[str, set[bool | None]] = {name: set() for name in ("on-time", *CLAIMS)}
    for values in itertools.product(*(choices for _, _, choices in holes)):
        for (thing, key, _), value in zip(holes, values, strict=True):
            thing[key] = value
        for name, answer in lamps_of(facts).items():
            seen[name].add(answer)
    for thing, key, _ in holes:
        del thing[key]
    lamps = {name: answers.pop() if len(answers) == 1 else None for name, answers in seen.items()}
    if False in lamps.values():
        return lamps, "does-not-meet"
    return lamps, "unknown" if None in lamps.values() else "meets"
