"""Re-run or move on: is a second round worth asking for, and is there still time (spec 80)?

Readings 42 and 43: the day of asking counts, without one the day asked about stands for it; one quantified
piece of evidence for a cited gap suffices. The day of the decision is day 0, and the last day counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from datumline.domain.period import A_DAY, AsOf
from datumline.domain.policy.decision_table import Decision
from datumline.domain.policy.facts import ABSENT, Maybe, Reader, clocks, wrong
from datumline.domain.policy.json_patch import Operation, add, put
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.question import Question
from datumline.domain.policy.would_change import Step, Steps
from datumline.domain.verdict import Answer, Condition, Figure, Json, Pointer, Verdict, all_of, answer, any_of

TABLE = "rerun"
WINDOW = "recovery.rerun_window"
INSIDE, EVIDENCE = "inside-window", "new-evidence"
FLAGS = {"manager-willing": "manager_willing", "requisition-open": "requisition_open"}
A_FIGURE = "a figure with what it was before and after"


def rerun(facts: Mapping[str, Any], policy: Policy, *, changes: bool = True) -> Verdict:
    """Whether a re-run is to be requested. Raises Problem with the JSON path of a fault."""
    return Question(room=RerunRoom(), policy=policy).verdict(facts, changes=changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvidence:
    """One piece of new evidence: for which gap, and with which figure."""

    place: int
    gap: Maybe[str]
    metric: Maybe[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RerunRecord:
    """The facts of the table, as they were given. `gaps` ABSENT: every gap that is named counts as cited."""

    facts: Mapping[str, Any]
    at: AsOf
    decided: Maybe[date]
    asked: Maybe[date]
    gaps: Maybe[tuple[str, ...]]
    evidence: Maybe[tuple[NewEvidence, ...]]
    flags: Mapping[str, Answer]

    @property
    def asking(self) -> date:
        """The day of asking; the day asked about while nobody has asked."""
        asked = self.asked
        after = isinstance(asked, date) and not (isinstance(self.decided, date) and asked < self.decided)
        return asked if isinstance(asked, date) and after and asked <= self.at.as_of else self.at.as_of


class RerunRoom:
    """How the facts are read, answered and moved."""

    table = TABLE
    parameters = ()

    def read(self, facts: Mapping[str, Any]) -> RerunRecord:
        """The two days, the gaps, the new evidence and two yes-or-no facts."""
        reader = Reader(facts)
        return RerunRecord(
            facts=facts,
            at=clocks(facts),
            decided=reader.day("decided_on"),
            asked=reader.day("asked_on"),
            gaps=_gaps(reader),
            evidence=_evidence(reader),
            flags={condition: reader.flag(key) for condition, key in FLAGS.items()},
        )

    def at(self, record: RerunRecord) -> AsOf:
        """Both clocks."""
        return record.at

    def on(self, record: RerunRecord, day: date) -> RerunRecord:
        """The same on a later day."""
        return replace(record, at=replace(record.at, as_of=day))

    def conditions(self, record: RerunRecord, policy: Policy) -> tuple[Condition, ...]:
        """New evidence, the window, and what others say."""
        told = (
            Condition(id=condition, answer=record.flags[condition], because=_said(record, key))
            for condition, key in FLAGS.items()
        )
        return (_new_evidence(record), _inside(record, policy), *told)

    def moves(self, record: RerunRecord, policy: Policy, condition: str, to: Answer) -> Iterator[Steps]:
        """A fact said the other way, evidence brought, or the decision's day said."""
        if condition in FLAGS:
            yield (_put(record, condition, FLAGS[condition], to is Answer.MET),)
        elif condition == EVIDENCE:
            yield from _evidence_moves(record, to)
        else:
            yield _window_moves(record, policy.days(WINDOW, record.at.as_of), to)

    def days(self, record: RerunRecord, policy: Policy) -> Iterable[date]:
        """When the decision and the asking have come, and the first day after the window."""
        known = [day for day in (record.decided, record.asked) if isinstance(day, date)]
        window = timedelta(days=policy.days(WINDOW, record.at.as_of))
        return [*known, *(day + A_DAY for day in known), *(day + window + A_DAY for day in known)]

    def next_step(
        self, record: RerunRecord, policy: Policy, decision: Decision, answers: Mapping[str, Answer]
    ) -> tuple[str, Mapping[str, Figure]]:
        """To ask, to find out, or what the first condition that fails asks for."""
        if decision.verdict == "request":
            window = timedelta(days=policy.days(WINDOW, record.at.as_of))
            last = record.decided + window if isinstance(record.decided, date) else None
            return ("asked" if record.asking < record.at.as_of else "request"), {"until": last}
        wanted = Answer.UNKNOWN if decision.verdict == "unknown" else Answer.NOT_MET
        lacking = next(name for name, given in answers.items() if given is wanted)
        return ("find-out", {"missing": lacking}) if wanted is Answer.UNKNOWN else (lacking, {})

    def figures(self, record: RerunRecord, policy: Policy) -> Mapping[str, Figure]:
        """None: the conditions say it all."""
        del record, policy
        return {}


def _gaps(reader: Reader) -> Maybe[tuple[str, ...]]:
    items = reader.items("gaps")
    if items is None or items is ABSENT:
        return None if items is None else ABSENT
    for place, item in enumerate(items):
        if not isinstance(item, str):
            raise wrong(item, f"/gaps/{place}", "the name of a gap")
    return tuple(_name(item) for item in items)


def _evidence(reader: Reader) -> Maybe[tuple[NewEvidence, ...]]:
    items = reader.items("new_evidence")
    if items is None or items is ABSENT:
        return None if items is None else ABSENT
    told = [Reader(item, f"/new_evidence/{place}") for place, item in enumerate(items)]
    return tuple(
        NewEvidence(place=place, gap=each.text("gap"), metric=_metric(each))
        for place, each in enumerate(told)
    )


def _metric(reader: Reader) -> Maybe[str]:
    """The figure as text; a number or a before and after is one too."""
    value = reader.raw("metric")
    if value is None or value is ABSENT:
        return None if value is None else ABSENT
    if isinstance(value, bool) or not isinstance(value, str | int | float | Mapping):
        raise wrong(value, reader.at("metric"), "a figure, or a text that holds one")
    return "" if value == {} else str(value)


def _name(text: str) -> str:
    return " ".join(text.split()).casefold()


def _new_evidence(record: RerunRecord) -> Condition:
    """At least one piece that is quantified and for a cited gap (reading 43)."""
    if record.evidence is ABSENT:
        return Condition(id=EVIDENCE, answer=Answer.UNKNOWN)
    told = [(each, _counts(each, record)) for each in record.evidence or ()]
    given = any_of(each for _, each in told)
    because = tuple(f"/new_evidence/{each.place}" for each, counts in told if counts is given)
    return Condition(id=EVIDENCE, answer=given, because=because or _said(record, "new_evidence"))


def _counts(evidence: NewEvidence, record: RerunRecord) -> Answer:
    quantified = answer(None if evidence.metric is ABSENT else bool((evidence.metric or "").strip()))
    return all_of((quantified, _cited(evidence.gap, record.gaps)))


def _cited(gap: Maybe[str], gaps: Maybe[tuple[str, ...]]) -> Answer:
    if gap is None or not gaps:
        return Answer.NOT_MET
    if gap is ABSENT:
        return Answer.UNKNOWN
    named = _name(gap)
    return answer(bool(named) if gaps is ABSENT else named in gaps)


def _inside(record: RerunRecord, policy: Policy) -> Condition:
    """Asked, or to be asked today, inside the window from the decision (reading 42)."""
    window = policy.days(WINDOW, record.at.as_of)
    decided = record.decided
    known = isinstance(decided, date) and decided <= record.at.as_of
    days = (record.asking - decided).days if known and isinstance(decided, date) else None
    given = answer(None if decided is ABSENT else days is not None and days <= window)
    figures: dict[str, Figure] = {"days": days, "window": window}
    return Condition(
        id=INSIDE, answer=given, because=_said(record, "decided_on", "asked_on"), figures=figures
    )


def _window_moves(record: RerunRecord, window: int, to: Answer) -> Steps:
    """That somebody did ask in time, or when the decision was, as far as that is open."""
    decided = record.decided
    if to is Answer.NOT_MET:
        late = record.asking - timedelta(days=window + 1)
        return (_put(record, INSIDE, "decided_on", late.isoformat()),)
    if isinstance(decided, date) and decided <= record.at.as_of:
        in_time = decided + timedelta(days=window)
        return (_put(record, INSIDE, "asked_on", in_time.isoformat()),)
    return (_put(record, INSIDE, "decided_on", record.asking.isoformat()),)


def _evidence_moves(record: RerunRecord, to: Answer) -> Iterator[Steps]:
    if to is Answer.NOT_MET:
        yield (_put(record, EVIDENCE, "new_evidence", None),)
        return
    cited = record.gaps[0] if isinstance(record.gaps, tuple) and record.gaps else "a gap that was named"
    new: Json = {"gap": cited, "metric": A_FIGURE}
    brought: Operation = (
        add("/new_evidence/-", new)
        if isinstance(record.evidence, tuple)
        else put(record.facts, "new_evidence", [new])
    )
    step = Step(condition=EVIDENCE, operation=brought)
    if record.gaps is None or record.gaps == ():
        yield (_put(record, EVIDENCE, "gaps", [cited]), step)
    yield (step,)


def _said(record: RerunRecord, *keys: str) -> tuple[Pointer, ...]:
    return tuple(f"/{key}" for key in keys if record.facts.get(key, ABSENT) is not ABSENT)


def _put(record: RerunRecord, condition: str, key: str, value: Json) -> Step:
    return Step(condition=condition, operation=put(record.facts, key, value))
