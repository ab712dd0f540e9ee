"""Facts at random for the readiness table, near to what a level asks for, and what they must give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

TODAY = date(2026, 6, 30)
Facts = dict[str, Any]
Truth = bool | None
LEVELS = ("L4", "l5", "Staff", "L6")
DIMENSIONS = ("scope", "impact", "leverage", "artifacts")
SPOILS: Mapping[str, tuple[tuple[str, Any], ...]] = {
    "ownership": (("of", "feature"), ("end_to_end", False), ("to", "2026-06-29"), ("to", "2026-07-20")),
    "commitment": (("delivered", None), ("team_goal", False), ("due", "2025-11-30"), ("due", "2026-07-02")),
    "metric-reading": (("after", 8), ("organisation", False), ("before", None)),
    "mentorship": (("whom", None),),
    "unblocked": (("whom", None), ("occurred_on", "2026-03-31"), ("whom", "peer 0")),
    "direction": (("followers", 4), ("followers", None), ("followers", ["a", "b", "c", "d", "e"])),
    "artifact": (("type", "migration"), ("organisation_wide", False), ("occurred_on", "2026-01-01")),
    "citation": (("own_team", True), ("occurred_on", "2025-12-01"), ("artifact", "another")),
    "incident": (("role", "responder"), ("severity", "SEV2")),
}


def entry(kind: str, day: str, **fields: Any) -> Facts:
    return {"kind": kind, "occurred_on": day, "recorded_at": f"{day}T12:00:00Z", **fields}


def good(level: str) -> list[Facts]:
    owned = [
        entry("ownership", "2025-09-01", of="service", end_to_end=True, **{"from": "2025-09-01", "to": None})
        for _ in range(2)
    ]
    peers = [entry("unblocked", "2026-05-04", whom=f"peer {number}") for number in range(5)]
    documents = [
        entry(
            "artifact",
            f"2025-0{number + 1}-10",
            artifact=f"d{number}",
            type="design-doc",
            organisation_wide=True,
            reviewed_by_team=True,
        )
        for number in range(3)
    ]
    if level == "L4":
        goals = [
            entry("commitment", "2026-04-01", due="2026-05-04", delivered="2026-05-04", team_goal=True)
            for _ in range(2)
        ]
        return [owned[0], *goals, entry("mentorship", "2026-02-02", whom="a newcomer"), documents[0]]
    if level == "l5":
        metric = entry(
            "metric-reading", "2026-05-04", name="lead time", before=12, after=8, organisation=True
        )
        return [owned[0], metric, *peers[:3], *documents]
    return [
        *owned,
        *peers,
        *documents,
        entry("direction", "2026-03-03", followers=5),
        entry("citation", "2026-02-02", artifact="d0", own_team=False),
    ]


def readiness_facts(rng: Random) -> Facts:
    target = rng.choice(LEVELS)
    entries = deepcopy(good(target))
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        chosen = rng.choice(entries)
        key, value = rng.choice(SPOILS[chosen["kind"]])
        chosen[key] = value
    for _ in range(rng.choice([0, 0, 0, 1, 2])):
        entries.pop(rng.randrange(len(entries)))
    if rng.random() < 0.2:
        chosen = rng.choice(entries)
        chosen.pop(
            rng.choice(sorted(set(chosen) - {"kind", "recorded_at", "occurred_on", "due"} or {"x"})), None
        )
    if rng.random() < 0.3:
        entries.append(entry("incident", "2026-04-04", role="commander", severity="SEV1"))
    facts: Facts = {"as_of": TODAY.isoformat(), "current": "L4", "target": target, "entries": entries}
    if rng.random() < 0.85:
        facts["in_flight"] = [_flight(rng) for _ in range(rng.choice([0, 1, 1, 2]))]
    if rng.random() < 0.8:
        facts["assessments"] = [_word(rng) for _ in range(rng.choice([0, 1, 1, 2]))]
    return facts


def _flight(rng: Random) -> Facts:
    work: Facts = {"dimension": rng.choice(DIMENSIONS), "link": rng.choice(["pr/1", "pr/1", "pr/1", " "])}
    if rng.random() < 0.9:
        work["due"] = rng.choice(["2026-07-20", "2026-08-01", "2026-06-30", "2026-06-29", None])
    return work


def _word(rng: Random) -> Facts:
    return {
        "dimension": "impact",
        "condition": "strategy-changed",
        "answer": rng.choice(["met", "met", True, "not-met", "unknown"]),
        "by": rng.choice(["a director", "a director", None]),
    }


def readiness_oracle(facts: Mapping[str, Any]) -> str:
    day = date.fromisoformat(facts["as_of"])
    bars = _Bars(facts, day)
    level = str(facts["target"]).upper().replace("STAFF", "L6")
    at_bar = {name: _and(*told) for name, told in bars.of(level).items()}
    stands = {name: _stand(given, _near(facts, name, day)) for name, given in at_bar.items()}
    three = [stands[name] for name in DIMENSIONS[:3]]
    if set(stands.values()) == {"at bar"}:
        return "ready"
    if stands["artifacts"] == "at bar" and sorted(three) == ["approaching", "at bar", "at bar"]:
        return "borderline"
    if "below" not in stands.values() and "unknown" in stands.values():
        return "unknown"
    return "not-ready"


def _stand(at_bar: Truth, near: Truth) -> str:
    if at_bar:
        return "at bar"
    if at_bar is None or near is None:
        return "unknown"
    return "approaching" if near else "below"


def _near(facts: Mapping[str, Any], dimension: str, day: date) -> Truth:
    if "in_flight" not in facts:
        return None
    told: list[Truth] = []
    for work in facts["in_flight"]:
        ahead = None if "due" not in work else bool(work["due"]) and work["due"] >= day.isoformat()
        told.append(_and(work["dimension"] == dimension, ahead, bool(work["link"].strip())))
    return _or(*told)


class _Bars:
    def __init__(self, facts: Mapping[str, Any], day: date) -> None:
        self.day = day
        self.words = facts.get("assessments", [])
        until = min(day.isoformat(), facts.get("known_at", day.isoformat())[:10])
        self.all = [
            each
            for each in facts["entries"]
            if each["occurred_on"] <= day.isoformat() and each["recorded_at"][:10] <= until
        ]

    def kind(self, *kinds: str) -> list[Facts]:
        return [each for each in self.all if each["kind"] in kinds]

    def of(self, level: str) -> dict[str, list[Truth]]:
        if level == "L4":
            return {
                "scope": [_enough([(1, self.owns(each)) for each in self.kind("ownership")], 1)],
                "impact": [self.on_time()],
                "leverage": [self.people("mentorship", 1)],
                "artifacts": [
                    _enough([(1, self.document(each, team=True)) for each in self.kind("artifact")], 1)
                ],
            }
        if level == "L5":
            moved = [(1, _moved(each)) for each in self.kind("metric-reading")]
            return {
                "scope": [self.services(1)],
                "impact": [_enough(moved, 1)],
                "leverage": [self.people("unblocked", 3)],
                "artifacts": [_enough(self.documents(), 3)],
            }
        return {
            "scope": [self.services(2)],
            "impact": [self.judged()],
            "leverage": [self.followed(), self.people("unblocked", 5)],
            "artifacts": [
                _enough([*self.documents(), *((1, True) for _ in self.commands())], 3),
                self.cited(),
            ],
        }

    def owns(self, each: Facts) -> Truth:
        here = not (each.get("to") and each["to"] < self.day.isoformat())
        return _and(None if "of" not in each else bool(each["of"]), here)

    def services(self, need: int) -> Truth:
        told = []
        for each in self.kind("ownership"):
            of = None if "of" not in each else each["of"] == "service"
            whole = each.get("end_to_end")
            amount = True if of else None
            told.append((1, _and(self.owns(each), of, whole, amount)))
        return _enough(told, need)

    def document(self, each: Facts, *, team: bool) -> Truth:
        kind = None if "type" not in each else each["type"] == "design-doc"
        wide = each.get("organisation_wide")
        return _and(kind, _or(wide, each.get("reviewed_by_team")) if team else wide)

    def documents(self) -> list[tuple[int, Truth]]:
        return [(1, self.document(each, team=False)) for each in self.kind("artifact")]

    def commands(self) -> list[Facts]:
        return [
            each
            for each in self.kind("incident")
            if each.get("role") == "commander" and each.get("severity") == "SEV1"
        ]

    def people(self, kind: str, need: int) -> Truth:
        quarters: dict[Any, list[tuple[int, Truth]]] = defaultdict(list)
        seen = set()
        for each in self.kind(kind):
            month = int(each["occurred_on"][5:7])
            quarter = (each["occurred_on"][:4], (month - 1) // 3) if kind == "unblocked" else None
            if "whom" in each and each["whom"] and (quarter, each["whom"]) in seen:
                continue
            seen.add((quarter, each.get("whom")))
            quarters[quarter].append((1, None if "whom" not in each else bool(each["whom"])))
        return _or(*(_enough(told, need) for told in quarters.values())) if quarters else None

    def followed(self) -> Truth:
        told = [True for _ in self.commands()]
        for each in self.kind("direction"):
            count = each.get("followers", "?")
            number = len(count) if isinstance(count, list) else count
            told.append(None if number == "?" else (number or 0) >= 5)  # type: ignore[arg-type]
        return _or(*told) if told else None

    def cited(self) -> Truth:
        written = {
            each["artifact"]: each["occurred_on"]
            for each in self.kind("artifact")
            if "artifact" in each and each.get("type", "design-doc") != "migration"
        }
        told: list[Truth] = []
        for each in self.kind("citation"):
            began = written.get(each.get("artifact", "?"))
            late = None if began is None else each["occurred_on"] >= f"{int(began[:4]) + 1}{began[4:]}"
            own = each.get("own_team")
            told.append(_and(None if own is None else not own, late))
        return _or(*told) if told else None

    def on_time(self) -> Truth:
        first = (self.day - timedelta(days=179)).isoformat()
        good = bad = unsure = 0
        for each in self.kind("commitment"):
            goal = each.get("team_goal")
            done = each.get("delivered", "?")
            open_yet = done in {None, "?"} or done > self.day.isoformat()
            due = each["due"]
            if goal is False or not first <= due <= self.day.isoformat():
                continue
            if open_yet and due == self.day.isoformat():
                continue
            if goal is None or done == "?":
                unsure += 1
            elif not open_yet and done <= due:
                good += 1
            else:
                bad += 1
        of = good + bad + unsure
        if not of:
            return None
        if good * 100 >= 90 * of:
            return True
        return False if (of - bad) * 100 < 90 * of else None

    def judged(self) -> Truth:
        given = {"met": True, "not-met": False, True: True}
        said = [given[each["answer"]] for each in self.words if each["by"] and each["answer"] in given]
        return all(said) if said else None


def _moved(each: Facts) -> Truth:
    if each.get("before", "?") is None:
        return False
    moved = None if {"before", "after"} - set(each) else each["before"] != each["after"]
    return _and(each.get("organisation"), moved)


def _enough(told: list[tuple[int, Truth]], need: int) -> Truth:
    if not told:
        return None
    sure = sum(amount for amount, given in told if given)
    possible = sum(amount for amount, given in told if given is not False)
    return True if sure >= need else None if possible >= need else False


def _and(*given: Truth) -> Truth:
    return False if False in given else None if None in given else True


def _or(*given: Truth) -> Truth:
    return True if True in given else None if None in given else False
