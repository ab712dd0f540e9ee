"""What the record tells the diagnosis: promises, avoidable incidents, behaviour, and the team's own figures.

What only a person can say is asked of assessments: `expectation_shared_on` (a day or `none`) under the
dimension `diagnosis`, `mismatch` under `plan`. The kind of work of a promise is what its entry says it is;
where it does not say, the kind is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from datumline.domain.diagnosis.diagnosis_record import MISMATCHES
from datumline.domain.evidence.assessed import assessed
from datumline.domain.evidence.entry import Entry, EntryId, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import AsOf, Window, last_days
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.told import Told, instant
from datumline.domain.signals.commitments import Commitment
from datumline.domain.signals.on_time import State
from datumline.domain.verdict import Json, Pointer

DIMENSION, PLAN = "diagnosis", "plan"
NONE = "none"
FIRST_HAND = frozenset({Seen.OBSERVED, Seen.ARTIFACT})
Facts = dict[str, Json]
Behind = dict[Pointer, EntryId]


def diagnosis_facts(  # noqa: PLR0913 - the record, the team beside it, and the question
    entries: Iterable[Entry],
    commitments: Iterable[Commitment],
    *,
    team: Mapping[str, int] | None,
    concern: str | None,
    policy: Policy,
    at: AsOf,
) -> Told:
    """Facts of the policy's window. `team` is the whole team's count; None: the reader may not know it."""
    standing = tuple(entries)
    window = last_days(policy.days("window.signals", at.as_of), until=at.as_of)
    facts: Facts = {"as_of": at.as_of.isoformat(), "known_at": instant(at.known_at)}
    behind: Behind = {}
    _list(facts, behind, "commitments", _promises(standing, commitments, window))
    _list(facts, behind, "defects", _defects(standing, window))
    telling = frozenset(policy.texts("diagnosis.behaviour_principles", at.as_of))
    spoken = [each for each in standing if _is_behaviour(each, telling, concern)]
    _list(facts, behind, "behaviour_entries", [(each.id, each.id) for each in spoken])
    if team is not None:
        facts["team_on_time"] = {"on_time": team["on_time"], "of": team["of"]}
    _assessed(facts, behind, standing, concern)
    return Told(facts=facts, evidence=behind)


def on_time_count(commitments: Iterable[Commitment]) -> tuple[int, int]:
    """How many of these were on time, and how many are settled."""
    states = [each.standing.state for each in commitments]
    settled = [state for state in states if state in {State.ON_TIME, State.MISSED}]
    return settled.count(State.ON_TIME), len(settled)


def _list(facts: Facts, behind: Behind, key: str, told: Sequence[tuple[EntryId, Json]]) -> None:
    facts[key] = [fact for _, fact in told]
    behind |= {f"/{key}/{place}": entry for place, (entry, _) in enumerate(told)}
    if told:
        behind[f"/{key}"] = told[0][0]


def _promises(
    standing: Sequence[Entry], commitments: Iterable[Commitment], window: Window
) -> list[tuple[EntryId, Json]]:
    by_id = {entry.id: entry for entry in standing}
    flags = _flags(standing)
    found: list[tuple[EntryId, Json]] = []
    for life in commitments:
        entry, due = by_id.get(life.entry), life.standing.due
        if entry is None or due not in window:
            continue
        fact: Facts = {"due": due.isoformat(), "delivered": _day(life.delivered)}
        if "kind_of_work" in entry.amounts:
            fact["work"] = str(entry.amounts["kind_of_work"])
        flagged = min((flags[each] for each in life.entries if each in flags), default=None)
        if flagged is not None:
            fact["risk_flagged_on"] = flagged.isoformat()
        found.append((life.entry, fact))
    return found


def _flags(standing: Sequence[Entry]) -> dict[EntryId, date]:
    """The first day on which each commitment was said to be at risk."""
    found: dict[EntryId, date] = {}
    for entry in standing:
        if entry.kind is Kind.RISK_FLAG:
            named = str(entry.amounts.get("commitment"))
            found[named] = min(entry.occurred_on, found.get(named, entry.occurred_on))
    return found


def _defects(standing: Sequence[Entry], window: Window) -> list[tuple[EntryId, Json]]:
    found: list[tuple[EntryId, Json]] = []
    for entry in standing:
        if entry.kind is Kind.INCIDENT and entry.occurred_on in window:
            fact: Facts = {"on": entry.occurred_on.isoformat()}
            if "system" in entry.amounts:
                fact["work"] = str(entry.amounts["system"])
            if "avoidable" in entry.amounts:
                fact["avoidable"] = bool(entry.amounts["avoidable"])
            found.append((entry.id, fact))
    return found


def _is_behaviour(entry: Entry, telling: frozenset[str], concern: str | None) -> bool:
    return (
        entry.kind is Kind.OCCURRENCE
        and entry.seen in FIRST_HAND
        and concern in (None, entry.concern)
        and not telling.isdisjoint(entry.principles)
    )


def _assessed(facts: Facts, behind: Behind, standing: Sequence[Entry], concern: str | None) -> None:
    shared = assessed(standing, DIMENSION, concern).get("expectation_shared_on")
    if shared and (shared.answer == NONE or _is_day(shared.answer)):
        facts["expectation_shared_on"] = None if shared.answer == NONE else shared.answer
        behind["/expectation_shared_on"] = shared.entry
    fit = assessed(standing, PLAN, concern).get("mismatch")
    if fit and fit.answer in MISMATCHES:
        facts["mismatch"], behind["/mismatch"] = fit.answer, fit.entry


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
