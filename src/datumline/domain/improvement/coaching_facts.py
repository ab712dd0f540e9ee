"""The ledger's weekly readings as facts of the coaching table, with the entry behind each pointer.

Expectations are clear when the plan that was opened says of each how it is measured, and the person can
read it; support is documented when it says what is given. Without a plan an assessment under the dimension
`coaching` may say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from datumline.domain.evidence.assessed import assessed
from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.improvement.coaching_plan import CoachingPlan, readings_of, week_of
from datumline.domain.improvement.coaching_record import RESULTS, monday_of
from datumline.domain.period import AsOf
from datumline.domain.policy.told import Told, instant
from datumline.domain.verdict import Json, Pointer

DIMENSION = "coaching"
FLAGS = ("expectations_clear", "support_documented")


def coaching_facts(
    entries: Iterable[Entry], plan: CoachingPlan | None, *, concern: str | None, at: AsOf
) -> Told:
    """Facts on `concern` from the entries that stand; `plan` is the last coaching plan about it, if any."""
    standing = tuple(entries)
    first = monday_of(plan.starts) if plan else date.min
    told = [each for each in readings_of(standing, concern) if monday_of(week_of(each)) >= first]
    facts: dict[str, Json] = {"as_of": at.as_of.isoformat(), "known_at": instant(at.known_at)}
    behind: dict[Pointer, EntryId] = {}
    if told or plan:
        facts["weeks"], behind = _weeks(told)
    for name, answer in assessed(standing, DIMENSION, concern).items():
        if name in FLAGS and answer.flag is not None:
            facts[name], behind[f"/{name}"] = answer.flag, answer.entry
    if plan:
        facts |= {"expectations_clear": plan.terms.measurable, "support_documented": bool(plan.terms.support)}
        behind |= {f"/{name}": plan.entry for name in FLAGS}
    return Told(facts=facts, evidence=behind)


def _weeks(told: list[Entry]) -> tuple[list[Json], dict[Pointer, EntryId]]:
    weeks: list[Json] = []
    behind: dict[Pointer, EntryId] = {}
    for place, (monday, entries) in enumerate(groupby(told, key=lambda each: monday_of(week_of(each)))):
        readings: list[Json] = []
        for number, entry in enumerate(entries):
            readings.append(_reading(entry))
            behind[f"/weeks/{place}/readings/{number}"] = entry.id
            behind.setdefault(f"/weeks/{place}", entry.id)
        weeks.append({"week_of": monday.isoformat(), "readings": readings})
    return weeks, behind


def _reading(entry: Entry) -> Json:
    said: dict[str, Json] = {
        name: str(entry.amounts[name]) for name in ("expectation", "area") if name in entry.amounts
    }
    result = str(entry.amounts["result"]).lower()
    return said | ({"result": result} if result in RESULTS else {})
