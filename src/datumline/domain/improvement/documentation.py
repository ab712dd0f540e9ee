"""Is the case documented? A checklist from the first conversation on, with the entries behind each line (S3).

Informal notes and formal documents are told apart. The manager's manager hears in week one, as transparency.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from datumline.domain.evidence.entry import Entry, EntryId, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.case import Case
from datumline.domain.improvement.case_events import Event
from datumline.domain.policy.pack import Policy
from datumline.domain.verdict import Answer, Condition, answer

SKIP_LEVEL = "hr.skip_level_told"
NOTES = frozenset({Kind.WRITTEN_NOTE, Kind.SBI, Kind.PERSONAL_CONVERSATION})
FIRST_HAND = frozenset({Seen.OBSERVED, Seen.ARTIFACT})
LINES = (
    "examples",
    "diagnosis",
    "named-in-writing",
    "expectations",
    "support",
    "reply",
    "follow-up",
    "progress",
    "skip-level-told",
    "hr-told",
)
FORMAL = frozenset({Kind.PLAN_EVENT, Kind.FORMAL_REVIEW, Kind.COACHING_READING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The lines, answered. `week_one_ends` is the day by which the manager's manager should have heard."""

    lines: tuple[Condition, ...]
    week_one_ends: date | None

    @property
    def complete(self) -> int:
        """How many lines have something behind them."""
        return sum(line.answer is Answer.MET for line in self.lines)


def documentation(case: Case, replies: Iterable[Entry], policy: Policy, as_of: date) -> Checklist:
    """The checklist of a case; `replies` are the person's words to its entries: replies, acknowledgements.

    `because` holds entry ids. A line is not met when it is missing; what is not due yet is unknown.
    """
    notes = [each for each in case.entries if each.kind in NOTES and each.shared_at]
    first = first_conversation(case)
    week_one = first + timedelta(weeks=policy.whole(SKIP_LEVEL, as_of)) if first else None
    agreed = [plan.entry for plan in [case.coaching] if plan and plan.terms.measurable]
    agreed += [plan.stated_in.id for plan in [case.plan] if plan and plan.terms.measurable]
    given = [plan.entry for plan in [case.coaching] if plan and plan.terms.support]
    given += [plan.stated_in.id for plan in [case.plan] if plan and plan.terms.support]
    found: dict[str, Iterable[EntryId]] = {
        "examples": [each.id for each in case.entries if _is_example(each)],
        "diagnosis": [each.id for each in case.diagnoses],
        "named-in-writing": [each.id for each in notes if each.kind is not Kind.PERSONAL_CONVERSATION][:1],
        "expectations": agreed,
        "support": given,
        "reply": [each.id for each in replies],
        "follow-up": [each.id for each in notes[1:]],
        "progress": [each.id for each in case.entries if each.kind is Kind.COACHING_READING],
    }
    lines = [_line(name, tuple(ids)) for name, ids in found.items()]
    lines += [_told(case, event, week_one, as_of) for event in (Event.SKIP_LEVEL_TOLD, Event.HR_TOLD)]
    return Checklist(lines=tuple(lines), week_one_ends=week_one)


def first_conversation(case: Case) -> date | None:
    """The day on which the matter was first spoken about, from which week one runs."""
    days = [each.occurred_on for each in case.entries if each.kind in NOTES and each.shared_at]
    days += [case.coaching.starts] if case.coaching else []
    return min(days, default=None)


def is_formal(entry: Entry) -> bool:
    """Whether an entry is formal documentation; the others are coaching notes and what they are about."""
    return entry.kind in FORMAL


def _is_example(entry: Entry) -> bool:
    return entry.kind in {Kind.OCCURRENCE, Kind.INCIDENT} and entry.seen in FIRST_HAND


def _line(name: str, behind: tuple[EntryId, ...]) -> Condition:
    return Condition(id=name, answer=answer(bool(behind)), because=behind)


def _told(case: Case, event: Event, week_one: date | None, as_of: date) -> Condition:
    """In week one for the manager's manager; for HR whenever the HR table says so."""
    said = case.told.get(event)
    if event is Event.HR_TOLD:
        return Condition(
            id=event.value,
            answer=Answer.MET if said else Answer.UNKNOWN,
            because=(said.id,) if said else (),
        )
    if said is not None:
        late = week_one is not None and said.occurred_on > week_one
        return Condition(
            id=event.value, answer=answer(not late), because=(said.id,), figures={"until": week_one}
        )
    due = week_one is not None and as_of > week_one
    return Condition(
        id=event.value,
        answer=Answer.NOT_MET if due else Answer.UNKNOWN,
        figures={"until": week_one},
        parameter=SKIP_LEVEL,
    )
