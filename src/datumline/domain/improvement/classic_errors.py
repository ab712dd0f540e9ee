"""The four classic errors of a manager, looked for in the record of a concern (S3).

Acting before diagnosis, waiting too long, being vague, empathy without accountability. Each is met when the
record shows it, not met when it shows otherwise, and unknown while there was no occasion for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, tzinfo

from datumline.domain.clocks.deadline import day_in
from datumline.domain.evidence.entry import Entry, EntryId, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.case import Case
from datumline.domain.improvement.case_events import Event, events
from datumline.domain.improvement.terms import Terms, is_measurable
from datumline.domain.policy.pack import Policy
from datumline.domain.verdict import Answer, Condition, answer

FIRST_NOTE = "evidence.first_note_within"
FIRST_HAND = frozenset({Seen.OBSERVED, Seen.ARTIFACT})
NOTES = frozenset({Kind.WRITTEN_NOTE, Kind.SBI})
STEPS = (Event.COACHING_OPENED, Event.PLAN_DRAFTED, Event.PLAN_ISSUED)


def classic_errors(case: Case, policy: Policy, as_of: date, zone: tzinfo = UTC) -> tuple[Condition, ...]:
    """The four, in the order in which they are usually made. `because` holds entry ids, not pointers."""
    return (
        _undiagnosed(case),
        _waited(case, policy, as_of, zone),
        _of_terms(case, "vague", lambda terms: not terms.measurable, _unmeasured),
        _of_terms(case, "without-accountability", lambda terms: bool(terms.undated), _undated),
    )


def _undiagnosed(case: Case) -> Condition:
    """A formal step that no diagnosis came before."""
    steps = list(events(case.entries, *STEPS))
    if not steps:
        return Condition(id="before-diagnosis", answer=Answer.UNKNOWN)
    first = steps[0]
    before = [each for each in case.diagnoses if each.recorded_at < first.recorded_at]
    return Condition(id="before-diagnosis", answer=answer(not before), because=(first.id,))


def _waited(case: Case, policy: Policy, as_of: date, zone: tzinfo) -> Condition:
    """More than the policy's days from the first thing seen to the first note that the person could read."""
    seen = [each for each in case.entries if each.kind is Kind.OCCURRENCE and each.seen in FIRST_HAND]
    if not seen:
        return Condition(id="waited", answer=Answer.UNKNOWN, parameter=FIRST_NOTE)
    first, most = seen[0], policy.days(FIRST_NOTE, as_of)
    shared = min((_readable_on(each, zone) for each in case.entries if _is_note(each)), default=None)
    days = ((shared or as_of) - first.occurred_on).days
    given = days > most
    return Condition(
        id="waited",
        answer=Answer.UNKNOWN if shared is None and not given else answer(given),
        because=(first.id,),
        parameter=FIRST_NOTE,
        figures={"days": days, "most": most},
    )


def _is_note(entry: Entry) -> bool:
    return entry.kind in NOTES and entry.shared_at is not None


def _readable_on(entry: Entry, zone: tzinfo) -> date:
    return max(entry.occurred_on, day_in(entry.shared_at or entry.recorded_at, zone))


def _of_terms(
    case: Case, name: str, wrong: Callable[[Terms], bool], count: Callable[[Terms], int]
) -> Condition:
    """What the terms that were agreed on lack; unknown while there are none."""
    told = list(_terms(case))
    if not told:
        return Condition(id=name, answer=Answer.UNKNOWN)
    found = [(entry, terms) for entry, terms in told if wrong(terms)]
    return Condition(
        id=name,
        answer=answer(bool(found)),
        because=tuple(entry for entry, _ in found or told),
        figures={"count": sum(count(terms) for _, terms in found)},
    )


def _terms(case: Case) -> Iterator[tuple[EntryId, Terms]]:
    if case.coaching is not None:
        yield case.coaching.entry, case.coaching.terms
    if case.plan is not None:
        yield case.plan.stated_in.id, case.plan.terms


def _unmeasured(terms: Terms) -> int:
    return sum(not is_measurable(each) for each in terms.expectations)


def _undated(terms: Terms) -> int:
    return len(terms.undated)
