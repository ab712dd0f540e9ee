"""The tables over a handful of facts: facts at random for each, and what each must give, written apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from domain.policy.readiness_world import readiness_facts, readiness_oracle

TODAY = date(2026, 6, 30)
Facts = dict[str, Any]
TRUTHS = (True, False, None)
MOSTLY = (True, True, False, None)


def maybe(rng: Random, facts: Facts, key: str, *values: Any) -> None:
    """Say the key with one of the values, or leave it out."""
    if rng.random() < 0.8:
        facts[key] = rng.choice(values)


def near(rng: Random, *, days: int = 40) -> str:
    return (TODAY + timedelta(days=rng.randint(-days, 6))).isoformat()


def hr_facts(rng: Random) -> Facts:
    facts: Facts = {"as_of": TODAY.isoformat()}
    maybe(rng, facts, "coaching_started_on", near(rng), near(rng), None)
    maybe(rng, facts, "coaching_ends_on", near(rng, days=3), near(rng), None)
    for key in ("still_under", "fairness_concern", "formal_action_likely"):
        maybe(rng, facts, key, *TRUTHS)
    return facts


def hr_oracle(facts: Mapping[str, Any]) -> str:
    day = facts["as_of"]
    ends = facts.get("coaching_ends_on", "?")
    started = facts.get("coaching_started_on", "?")
    if ends in {None, "?"}:
        past = None if ends == "?" and (started == "?" or (started is not None and started <= day)) else False
    else:
        past = day > ends
    fair, formal, under = (
        _truth(facts, key) for key in ("fairness_concern", "formal_action_likely", "still_under")
    )
    continuing = _and(past, under)
    if True in {fair, formal, continuing}:
        return "involve"
    return "unknown" if None in {fair, formal, continuing} else "not-yet"


def rerun_facts(rng: Random) -> Facts:
    facts: Facts = {"as_of": TODAY.isoformat()}
    maybe(rng, facts, "decided_on", near(rng), near(rng), near(rng), None)
    maybe(rng, facts, "asked_on", near(rng), near(rng), None)
    maybe(rng, facts, "gaps", ["dive-deep"], ["dive-deep", "Think big"], [], None)
    maybe(rng, facts, "new_evidence", *(_evidence(rng) for _ in range(3)), [], None)
    maybe(rng, facts, "manager_willing", *MOSTLY)
    maybe(rng, facts, "requisition_open", *MOSTLY)
    return facts


def _evidence(rng: Random) -> list[Facts]:
    made: list[Facts] = []
    for _ in range(rng.randint(1, 2)):
        item: Facts = {}
        maybe(rng, item, "gap", "dive-deep", "Dive-Deep ", "think  big", "frugality", None)
        maybe(rng, item, "metric", "12 to 8.8 minutes", 27, " ", None)
        made.append(item)
    return made


def rerun_oracle(facts: Mapping[str, Any]) -> str:
    answers = {
        _truth(facts, "manager_willing"),
        _truth(facts, "requisition_open"),
        _in_time(facts),
        _new(facts),
    }
    if False in answers:
        return "move-on"
    return "unknown" if None in answers else "request"


def _in_time(facts: Mapping[str, Any]) -> bool | None:
    decided, as_of = facts.get("decided_on", "?"), date.fromisoformat(facts["as_of"])
    if decided == "?":
        return None
    if decided is None or date.fromisoformat(decided) > as_of:
        return False
    asked = facts.get("asked_on")
    day = date.fromisoformat(asked) if asked and decided <= asked <= facts["as_of"] else as_of
    return (day - date.fromisoformat(decided)).days <= 30


def _new(facts: Mapping[str, Any]) -> bool | None:
    evidence = facts.get("new_evidence", "?")
    if evidence == "?":
        return None
    found = {_and(_quantified(item), _cited(item, facts)) for item in evidence or ()}
    return True if True in found else None if None in found else False


def _quantified(item: Mapping[str, Any]) -> bool | None:
    if "metric" not in item:
        return None
    return bool(str(item["metric"] or "").strip())


def _cited(item: Mapping[str, Any], facts: Mapping[str, Any]) -> bool | None:
    gaps = facts.get("gaps", "?")
    if gaps is None or gaps == []:
        return False
    if "gap" not in item:
        return None
    if item["gap"] is None:
        return False
    named = {" ".join(gap.lower().split()) for gap in gaps} if gaps != "?" else None
    return named is None or " ".join(item["gap"].lower().split()) in named


def stretch_facts(rng: Random) -> Facts:
    facts: Facts = {"as_of": TODAY.isoformat()}
    maybe(rng, facts, "budget", "two engineers", "we will see", "", None)
    maybe(rng, facts, "users", *([_user(rng) for _ in range(rng.randint(1, 3))] for _ in range(4)), [], None)
    sponsor: Facts = {}
    maybe(rng, sponsor, "name", "Ines Okafor", "Ines Okafor", None)
    titles = ("Director of Data", "SVP, Sales", "Chief Data Officer", "Head of Data", "Team lead", None)
    maybe(rng, sponsor, "title", *titles)
    maybe(rng, sponsor, "statement_on", "2026-01-01", "2026-06-30", "2026-07-01", "2025-12-31", None)
    maybe(rng, sponsor, "top3", *MOSTLY)
    maybe(rng, facts, "sponsor", sponsor, sponsor, sponsor, sponsor, None)
    return facts


def _user(rng: Random) -> Facts:
    user: Facts = {"team": "Payments"}
    maybe(rng, user, "own_team", *TRUTHS)
    maybe(rng, user, "confirms", *TRUTHS)
    return user


def stretch_oracle(facts: Mapping[str, Any]) -> str:
    answers = {_budget(facts), _users(facts), *_sponsor(facts)}
    if False in answers:
        return "career-trap"
    return "unknown" if None in answers else "sound"


def _budget(facts: Mapping[str, Any]) -> bool | None:
    return bool(facts["budget"]) if "budget" in facts else None


def _users(facts: Mapping[str, Any]) -> bool | None:
    if "users" not in facts:
        return None
    found = {_and(_not(_truth(user, "own_team")), _truth(user, "confirms")) for user in facts["users"] or ()}
    return True if True in found else None if None in found else False


def _sponsor(facts: Mapping[str, Any]) -> set[bool | None]:
    if "sponsor" not in facts:
        return {None}
    sponsor = facts["sponsor"]
    if sponsor is None:
        return {False}
    known = {
        "Director": True,
        "Director of Data": True,
        "SVP, Sales": True,
        "Chief Data Officer": True,
        "Head of Data": None,
        "Team lead": False,
        None: False,
    }
    said = sponsor.get("statement_on")
    year, half = facts["as_of"][:4], "0107"[2 * (facts["as_of"][5:7] > "06") :][:2]
    return {
        None if "name" not in sponsor else bool(sponsor["name"]),
        None if "title" not in sponsor else known[sponsor["title"]],
        None
        if "statement_on" not in sponsor
        else said is not None and f"{year}-{half}-01" <= said <= facts["as_of"],
        _truth(sponsor, "top3"),
    }


def _truth(facts: Mapping[str, Any], key: str) -> bool | None:
    return bool(facts[key]) if key in facts else None


def _and(one: bool | None, other: bool | None) -> bool | None:  # noqa: FBT001 - three-valued logic
    if False in {one, other}:
        return False
    return None if None in {one, other} else True


def _not(one: bool | None) -> bool | None:  # noqa: FBT001 - three-valued logic
    return None if one is None else not one


def coaching_facts(rng: Random) -> Facts:
    """Weeks that mostly follow each other, with gaps, holidays, empty records and one that lies ahead."""
    facts: Facts = {"as_of": TODAY.isoformat()}
    areas = rng.choice((["delivery"], ["delivery", "quality"], ["delivery", "quality", "communication"]))
    bad = rng.choice((0.0, 0.1, 0.4, 0.7))
    monday = TODAY - timedelta(days=TODAY.weekday() + 7 * rng.choice((0, 1, 1, 1, 2, -1)))
    weeks = []
    for _ in range(rng.randint(0, 11)):
        weeks.append(
            {
                "week_of": str(monday + timedelta(days=rng.choice((0, 0, 0, 1)))),
                "readings": _read(rng, areas, bad),
            }
        )
        monday -= timedelta(days=7 if rng.random() < 0.95 else 14)
    rng.shuffle(weeks)
    maybe(rng, facts, "weeks", weeks, weeks, weeks, weeks, weeks, None)
    maybe(rng, facts, "expectations_clear", *MOSTLY)
    maybe(rng, facts, "support_documented", *MOSTLY)
    return facts


def _read(rng: Random, areas: list[str], bad: float) -> list[Facts]:
    if rng.random() < 0.03:
        return []
    if rng.random() < 0.08:
        return [{"expectation": "x", "area": "delivery", "result": "n/a"}]
    return [
        {"expectation": "x", "area": rng.choice(areas), "result": "missed" if rng.random() < bad else "met"}
        for _ in range(rng.randint(1, 2))
    ]


def coaching_oracle(facts: Mapping[str, Any]) -> str:
    clear, support = _truth(facts, "expectations_clear"), _truth(facts, "support_documented")
    if "weeks" not in facts:
        return "keep-going"
    results = _by_week(facts)
    latest = [week for week in results if set(_results(week)) - {"n/a"}][-8:]
    if _run_up_to_today(facts) >= 6:
        return "consistent"
    misses = [area for week in latest for area, result in week if result == "missed"]
    bad_weeks = sum("missed" in _results(week) for week in latest)
    if len(latest) >= 6 and bad_weeks >= 3 and 4 * max(map(misses.count, misses)) > 3 * len(misses):
        return "change-scope"
    persists = len(latest) >= 6 and sum("missed" in _results(week) for week in latest[-6:]) >= 3
    return "formal-plan" if persists and clear and support else "keep-going"


def _by_week(facts: Mapping[str, Any]) -> list[list[tuple[str, str]]]:
    found: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for week in sorted(facts["weeks"] or (), key=lambda each: str(each["week_of"])):
        if week["week_of"] <= facts["as_of"]:
            key = date.fromisoformat(week["week_of"]).isocalendar()[:2]
            found.setdefault(key, []).extend((each["area"], each["result"]) for each in week["readings"])
    return list(found.values())


def _results(week: list[tuple[str, str]]) -> list[str]:
    return [result for _, result in week]


def _run_up_to_today(facts: Mapping[str, Any]) -> int:
    as_of = date.fromisoformat(facts["as_of"])
    known: dict[tuple[int, int], set[str]] = {}
    for week in facts["weeks"] or ():
        if week["week_of"] <= facts["as_of"]:
            key = date.fromisoformat(week["week_of"]).isocalendar()[:2]
            known.setdefault(key, set()).update(each["result"] for each in week["readings"])
    run, day = 0, as_of
    if day.isocalendar()[:2] not in known:
        day -= timedelta(days=7)
    while (results := known.get(day.isocalendar()[:2])) and "missed" not in results:
        run += "met" in results
        day -= timedelta(days=7)
    return run


def escalation_facts(rng: Random) -> Facts:
    """A plan whose window is about to end or has ended, with one or two metrics."""
    facts: Facts = {"as_of": TODAY.isoformat()}
    start = TODAY - timedelta(days=rng.choice((5, 29, 30, 31, 40, 60)))
    maybe(rng, facts, "formal_review_on", *[str(start - timedelta(days=9))] * 5, near(rng), None)
    maybe(rng, facts, "plan_started_on", *[str(start)] * 6, near(rng), None)
    readings: list[Facts] = []
    for metric in rng.sample(("defect-rate", "reopened"), rng.choice((1, 1, 2, 0))):
        better = rng.choice(("lower", "higher"))
        for shift in (rng.choice((-20, -15, -14, -3, 0, 2)), 12, rng.choice((22, 23, 28, 30, 31))):
            if rng.random() < 0.85:
                reading: Facts = {
                    "metric": metric,
                    "on": str(start + timedelta(days=shift)),
                    "better": better,
                }
                readings.append(reading | {"value": rng.choice((2, 3, 3, 7)), "unit": "%"})
    rng.shuffle(readings)
    maybe(rng, facts, "readings", *[readings] * 8, None)
    maybe(rng, facts, "missed_sprints", 1, 4)
    return facts


def escalation_oracle(facts: Mapping[str, Any]) -> str:
    as_of = date.fromisoformat(facts["as_of"])
    review, start = (_come(facts, key, as_of) for key in ("formal_review_on", "plan_started_on"))
    began = date.fromisoformat(facts["plan_started_on"]) if facts.get("plan_started_on") else None
    if review is False or start is False or (began and (as_of - began).days < 30):
        return "too-early"
    if review is None or began is None or "readings" not in facts:
        return "unknown"
    metrics = sorted({each["metric"] for each in facts["readings"] or ()})
    moved = [_moved(metric, facts["readings"], began, as_of) for metric in metrics]
    told = [each for each in moved if each != "none"]
    if "worse" in told:
        return "escalate"
    known = [each for each in told if each != "?"]
    if "?" in told or not known:
        return "unknown"
    return "not-indicated" if "better" in known else "escalate"


def _come(facts: Mapping[str, Any], key: str, as_of: date) -> bool | None:
    if key not in facts:
        return None
    return facts[key] is not None and date.fromisoformat(facts[key]) <= as_of


def _moved(metric: str, readings: list[Facts] | None, start: date, as_of: date) -> str:
    """`none` without a reading, `?` where the ends do not tell, else `worse`, `same` or `better`."""
    own = {
        (date.fromisoformat(each["on"]) - start).days: each
        for each in readings or ()
        if each["metric"] == metric and date.fromisoformat(each["on"]) <= as_of
    }
    if not own:
        return "none"
    carried = [day for day in own if -14 <= day <= 0]
    inside = [day for day in own if 0 <= day <= 30]
    first = max(carried) if carried else min([day for day in inside if day > 0], default=None)
    last = max(inside, default=None)
    if first is None or last is None or last < 23 or first == last:
        return "?"
    change = own[last]["value"] - own[first]["value"]
    good = change < 0 if own[last]["better"] == "lower" else change > 0
    return "same" if change == 0 else "better" if good else "worse"


KINDS = ("schema changes", "Schema  changes", "reports", "exports")


def diagnosis_facts(rng: Random) -> Facts:
    """A handful of promises and defects, mostly told in full, with the levels around them."""
    facts: Facts = {"as_of": TODAY.isoformat()}
    kinds = rng.choice((KINDS[:2], KINDS[:2], KINDS))
    promises = [_promise(rng, kinds) for _ in range(rng.randint(0, 6))]
    defects = [_defect(rng, kinds) for _ in range(rng.choice((0, 0, 1, 2)))]
    maybe(rng, facts, "commitments", *[promises] * 7, None)
    maybe(rng, facts, "defects", *[defects] * 7, None)
    maybe(rng, facts, "behaviour_entries", 0, 0, 0, 1, 2, ["a", "b", "c"], None)
    maybe(rng, facts, "expectation_shared_on", *["2026-01-05"] * 4, "2026-05-15", "2026-07-02", None)
    maybe(
        rng,
        facts,
        "team_on_time",
        *[{"on_time": 46, "of": 50}] * 4,
        *({"on_time": n, "of": 5} for n in (0, 0, 2)),
        None,
    )
    maybe(rng, facts, "mismatch", *["none"] * 5, "stage", None)
    return facts


def _promise(rng: Random, kinds: tuple[str, ...]) -> Facts:
    due = TODAY + timedelta(days=rng.choice((-100, -70, -40, -35, -20, -1, 0, 1, 5)))
    made: Facts = {}
    maybe(rng, made, "work", *kinds, *kinds, *kinds, None)
    made["due"] = str(due)
    maybe(rng, made, "delivered", str(due), str(due + timedelta(days=4)), str(due + timedelta(days=9)), None)
    maybe(rng, made, "risk_flagged_on", str(due - timedelta(days=2)), str(due), None)
    return made


def _defect(rng: Random, kinds: tuple[str, ...]) -> Facts:
    made: Facts = {}
    maybe(rng, made, "work", *kinds)
    maybe(rng, made, "on", *(str(TODAY + timedelta(days=shift)) for shift in (-80, -50, -3, 2)), None)
    maybe(rng, made, "avoidable", *MOSTLY)
    return made


def diagnosis_oracle(facts: Mapping[str, Any]) -> str:  # noqa: PLR0911 - one return for each row
    failed = _failed(facts)
    count, told = len(failed), "commitments" in facts or "defects" in facts
    behaviour = facts.get("behaviour_entries", 0) or 0
    behaviour = len(behaviour) if isinstance(behaviour, list) else behaviour
    something = bool(failed or behaviour)
    if something and _unshared(facts, failed):
        return "expectations"
    if count >= 3 and _team_is_late(facts):
        return "process"
    if something and facts.get("mismatch") in {"domain", "stage"}:
        return "fit"
    if behaviour >= 2:
        return "behaviour"
    if count < 3 or not told:
        return "unknown"
    works = [work for _, work, _ in failed if work]
    if any(works.count(work) >= 0.75 * count for work in works):
        return "skill"
    if sum(flag == "silent" for _, _, flag in failed) > count / 2:
        return "communication"
    return "execution" if len({day[:7] for day, _, _ in failed}) > 1 else "unknown"


def _failed(facts: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Day, kind of work (or nothing) and whether silent, of each failure that is sure."""
    today, found = facts["as_of"], []
    for each in facts.get("commitments") or ():
        if each.get("due") and _late(each, today):
            flag = each.get("risk_flagged_on", "?")
            silent = "silent" if flag != "?" and (flag is None or flag >= each["due"]) else ""
            found.append((each["due"], _plain_work(each), silent))
    found += [
        (each["on"], _plain_work(each), "")
        for each in facts.get("defects") or ()
        if each.get("avoidable") and each.get("on") and each["on"] <= today
    ]
    return found


def _late(promise: Mapping[str, Any], today: str) -> bool | None:
    delivered: str | None = promise.get("delivered", "?")
    if delivered and delivered != "?" and delivered <= today:
        return delivered > str(promise["due"])
    if promise["due"] >= today:
        return False
    return None if delivered == "?" else True


def _plain_work(each: Mapping[str, Any]) -> str:
    return " ".join((each.get("work") or "").lower().split())


def _unshared(facts: Mapping[str, Any], failed: list[tuple[str, str, str]]) -> bool:
    if "expectation_shared_on" not in facts:
        return False
    day = facts["expectation_shared_on"]
    if day is None or day > facts["as_of"]:
        return True
    return 2 * sum(failure <= str(day) for failure, _, _ in failed) > len(failed)


def _team_is_late(facts: Mapping[str, Any]) -> bool:
    team, today = facts.get("team_on_time"), facts["as_of"]
    if not team or not team["of"] or 100 * team["on_time"] >= 85 * team["of"]:
        return False
    settled = [
        late
        for each in facts.get("commitments") or ()
        if each.get("due") and (each["due"] < today or (each.get("delivered") or "9") <= today)
        if (late := _late(each, today)) is not None
    ]
    if not settled:
        return False
    bar = float(100 * team["on_time"] / team["of"] - 10)
    return 100 * settled.count(False) / len(settled) >= bar


def near_to(good: Facts, make: Callable[[Random], Facts]) -> Callable[[Random], Facts]:
    """Facts at random; every third time the good ones, with at most one of them told otherwise."""

    def made(rng: Random) -> Facts:
        invented = make(rng)
        if rng.random() > 1 / 3:
            return invented
        key = rng.choice(sorted(good))
        return good | ({key: invented[key]} if key in invented else {})

    return made


DAY = TODAY.isoformat()
GOOD_HR: Facts = {
    "as_of": DAY,
    "coaching_ends_on": DAY,
    "still_under": True,
    "fairness_concern": False,
    "formal_action_likely": False,
}
GOOD_RERUN: Facts = {
    "as_of": DAY,
    "decided_on": "2026-06-01",
    "gaps": ["dive-deep"],
    "new_evidence": [{"gap": "dive-deep", "metric": "12 to 8.8 minutes"}],
    "manager_willing": True,
    "requisition_open": True,
}
GOOD_STRETCH: Facts = {
    "as_of": DAY,
    "budget": "two engineers",
    "sponsor": {"name": "Ines Okafor", "title": "Director of Data", "statement_on": DAY, "top3": True},
    "users": [{"team": "Payments", "own_team": False, "confirms": True}],
}
GOOD_DIAGNOSIS: Facts = {
    "as_of": DAY,
    "commitments": [
        {"work": kind, "due": day, "delivered": None, "risk_flagged_on": None}
        for kind, day in zip(KINDS[1:], ("2026-04-02", "2026-05-03", "2026-06-29"), strict=True)
    ],
    "defects": [],
    "behaviour_entries": 0,
    "expectation_shared_on": "2026-01-05",
    "team_on_time": {"on_time": 46, "of": 50},
    "mismatch": "none",
}
WORLDS: Mapping[str, tuple[Callable[[Random], Facts], Callable[[Mapping[str, Any]], str]]] = {
    "coaching": (coaching_facts, coaching_oracle),
    "diagnosis": (near_to(GOOD_DIAGNOSIS, diagnosis_facts), diagnosis_oracle),
    "escalation": (escalation_facts, escalation_oracle),
    "hr": (near_to(GOOD_HR, hr_facts), hr_oracle),
    "readiness": (readiness_facts, readiness_oracle),
    "rerun": (near_to(GOOD_RERUN, rerun_facts), rerun_oracle),
    "stretch": (near_to(GOOD_STRETCH, stretch_facts), stretch_oracle),
}
