"""The ledger's entries on one concern as facts of the plan table, with the entry behind each pointer.

What no entry tells is asked of assessments under the dimension `plan`: their conditions are `strong_since`,
`dropped_on`, `delivering` and `mismatch`, the last one recorded counts, and "none" says that there is none.
What nobody assessed is left out, so that it stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.plan_record import KINDS_READ
from datumline.domain.period import AsOf, Window
from datumline.domain.policy.told import Told, instant
from datumline.domain.verdict import Json, Pointer

DIMENSION = "plan"
TOLD = (Kind.OCCURRENCE, Kind.PEER_REPORT)
CHOICES = {"delivering": ("yes", "no"), "mismatch": ("none", "domain", "stage")}
DATES = ("strong_since", "dropped_on")
NONE = "none"


def plan_facts(
    entries: Iterable[Entry],
    *,
    concern: str | None,
    at: AsOf,
    cycles: Sequence[Window],
    start_date: date | None,
) -> Told:
    """Facts on `concern` from the entries that stand.

    `concern` None takes what was seen or reported without one, and nothing else: a note or a conversation
    that belongs to no concern names none (spec 40, "a note in the concern").
    """
    standing = tuple(entries)
    read = KINDS_READ if concern is not None else {kind.value for kind in TOLD}
    told = [entry for entry in standing if entry.kind.value in read and entry.concern == concern]
    assessed, assessments = _assessed(standing, concern)
    facts: dict[str, Json] = {
        "as_of": at.as_of.isoformat(),
        "known_at": instant(at.known_at),
        "start_date": start_date.isoformat() if start_date else None,
        **assessed,
        "cycles": [[cycle.start.isoformat(), cycle.end.isoformat()] for cycle in cycles],
        "entries": [_fact(entry) for entry in told],
    }
    evidence = {f"/entries/{place}": entry.id for place, entry in enumerate(told)}
    return Told(facts=facts, evidence=evidence | assessments)


def _fact(entry: Entry) -> dict[str, Json]:
    fact: dict[str, Json] = {
        "kind": entry.kind.value,
        "occurred_on": entry.occurred_on.isoformat(),
        "recorded_at": instant(entry.recorded_at),
        "shared_at": instant(entry.shared_at) if entry.shared_at else None,
    }
    return fact if entry.seen is None else fact | {"seen": entry.seen.value}


def _assessed(
    standing: Iterable[Entry], concern: str | None
) -> tuple[dict[str, Json], dict[Pointer, EntryId]]:
    said: dict[str, Json] = {}
    behind: dict[Pointer, EntryId] = {}
    for entry in standing:
        name = str(entry.amounts.get("condition", "")).replace("-", "_")
        ours = entry.kind is Kind.ASSESSMENT and entry.amounts.get("dimension") == DIMENSION
        answer = str(entry.amounts.get("answer", "")).lower()
        if ours and entry.concern in (None, concern) and _says(name, answer):
            said[name] = _answer(name, answer)
            behind[f"/{name}"] = entry.id
    return said, behind


def _says(name: str, answer: str) -> bool:
    """Whether the answer is one that the condition can have; any other one leaves it unknown."""
    if name in CHOICES:
        return answer in CHOICES[name]
    return name in DATES and (answer == NONE or _is_day(answer))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _answer(name: str, answer: str) -> Json:
    if name == "delivering":
        return answer == "yes"
    return None if answer == NONE and name in DATES else answer
