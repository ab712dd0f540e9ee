"""Verdicts: of facts as they are given, and of a person through the ledger, by the very same tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from datumline.domain.bar_raiser.escalation import escalation
from datumline.domain.bar_raiser.escalation_facts import escalation_facts
from datumline.domain.bar_raiser.non_negotiables import non_negotiables
from datumline.domain.bar_raiser.non_negotiables_facts import non_negotiables_facts
from datumline.domain.diagnosis.diagnosis import diagnosis
from datumline.domain.diagnosis.diagnosis_facts import diagnosis_facts
from datumline.domain.evidence.cycles import spans
from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.coaching import coaching
from datumline.domain.improvement.coaching_facts import coaching_facts
from datumline.domain.improvement.hr import hr
from datumline.domain.improvement.hr_facts import Beside, hr_facts
from datumline.domain.improvement.plan import plan
from datumline.domain.improvement.plan_facts import plan_facts
from datumline.domain.people.access_words import Noun
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import day_words
from datumline.domain.policy.told import Told
from datumline.domain.policy.verdict_document import verdict_document
from datumline.domain.problem import Problem
from datumline.domain.promotion.readiness import readiness
from datumline.domain.promotion.readiness_facts import readiness_facts
from datumline.domain.recovery.rerun import rerun
from datumline.domain.stretch.stretch import stretch
from datumline.domain.stretch.stretch_facts import stretch_facts
from datumline.domain.verdict import Pointer, Verdict
from datumline.services.access import absent, note_reading
from datumline.services.cases import case_in
from datumline.services.context import Context
from datumline.services.people import find_person
from datumline.services.record import PersonRecord, Record, read_record
from datumline.services.team_figures import team_on_time
from datumline.services.visit import visit

PLAN = "plan"
NON_NEGOTIABLES = "non-negotiables"
STRETCH = "stretch"
READINESS = "readiness"
COACHING, ESCALATION, HR, DIAGNOSIS = "coaching", "escalation", "hr", "diagnosis"


class Table(Protocol):
    """How a table is asked; lists leave out the search for what would change the verdict."""

    def __call__(self, facts: Mapping[str, Any], policy: Policy, *, changes: bool = True) -> Verdict:
        """The verdict on these facts. Raises Problem for a fault in them."""


TABLES: Mapping[str, Table] = {
    PLAN: plan,
    NON_NEGOTIABLES: non_negotiables,
    COACHING: coaching,
    ESCALATION: escalation,
    HR: hr,
    STRETCH: stretch,
    "rerun": rerun,
    DIAGNOSIS: diagnosis,
    READINESS: readiness,
}
# Tables whose facts a person's record holds; those about one concern.
ABOUT_A_CONCERN = (PLAN, COACHING, ESCALATION, HR, DIAGNOSIS)
ON_RECORD = (NON_NEGOTIABLES, READINESS, STRETCH, *ABOUT_A_CONCERN)
TOLD = frozenset({Kind.OCCURRENCE, Kind.PEER_REPORT})  # what a plan can be about


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonVerdict:
    """A verdict about a person, with the facts that it was given on and the entries behind them."""

    verdict: Verdict
    told: Told
    policy: Policy
    person: str
    concern: str | None
    entries: Mapping[EntryId, Entry]

    @property
    def named(self) -> Mapping[Pointer, str]:
        """The entry behind each pointer into the facts, by its title and day."""
        return {pointer: _named(self.entries[entry]) for pointer, entry in self.told.evidence.items()}

    def document(self) -> dict[str, Any]:
        """The contract's document, with the facts and the entry behind each pointer."""
        found = verdict_document(self.verdict, self.policy.phrases)
        return found | {"evidence": dict(self.told.evidence), "facts": dict(self.told.facts)}


def _named(entry: Entry) -> str:
    return f"{entry.title or entry.kind.value.replace('-', ' ')} ({day_words(entry.occurred_on)})"


def judge(table: str, facts: Mapping[str, Any], policy: Policy) -> Verdict:
    """The verdict of `table` on these facts. Raises Problem for an unknown table or a fault in the facts."""
    return table_named(table)(facts, policy)


def table_named(name: str) -> Table:
    """How a table is asked. Raises Problem when there is none of that name."""
    if name not in TABLES:
        raise Problem(f"no table '{name}'", where="TABLE", expected=f"one of {', '.join(TABLES)}")
    return TABLES[name]


def unfavourable(verdict: Verdict, policy: Policy) -> bool:
    """Whether the verdict says no to the table's question, as the pack has it."""
    return verdict.verdict in policy.table(verdict.table).unfavourable


def facts_of(record: Record, table: str, concern: str | None = None) -> Told:
    """The facts that a person's record holds for `table`, on one concern where the table is about one."""
    if table == NON_NEGOTIABLES:
        return non_negotiables_facts(record.evidence, record.commitments, at=record.at)
    if table == STRETCH:
        return stretch_facts(record.evidence, at=record.at)
    if table == READINESS:
        return _readiness_facts(record)
    return _ABOUT[table](record, concern)


def _readiness_facts(record: Record) -> Told:
    return readiness_facts(
        record.evidence, record.commitments, current=record.place.level, policy=record.policy, at=record.at
    )


def _plan_facts(record: Record, concern: str | None) -> Told:
    days = [entry.occurred_on for entry in record.evidence if entry.concern == concern]
    return plan_facts(
        record.evidence,
        concern=concern,
        at=record.at,
        cycles=spans(record.cycles, [*days, record.at.as_of]),
        start_date=record.place.start_date,
    )


def _coaching_facts(record: Record, concern: str | None) -> Told:
    case = case_in(record, concern)
    return coaching_facts(record.evidence, case.coaching, concern=concern, at=record.at)


def _escalation_facts(record: Record, concern: str | None) -> Told:
    case = case_in(record, concern)
    return escalation_facts(record.evidence, case.coaching, case.plan, concern=concern, at=record.at)


def _hr_facts(record: Record, concern: str | None) -> Told:
    case = case_in(record, concern)
    told = _coaching_facts(record, concern)
    beside = Beside(
        plan=plan(_plan_facts(record, concern).facts, record.policy, changes=False).verdict,
        coaching=coaching(told.facts, record.policy, changes=False).verdict,
        coached=bool(told.facts.get("weeks")),
    )
    running = case.plan if case.plan and case.plan.open else None
    return hr_facts(record.evidence, case.coaching, running, beside, concern=concern, at=record.at)


def _diagnosis_facts(record: Record, concern: str | None) -> Told:
    team = team_on_time(record) if isinstance(record, PersonRecord) else None
    return diagnosis_facts(
        record.evidence,
        record.commitments,
        team=team,
        concern=concern,
        policy=record.policy,
        at=record.at,
    )


_ABOUT: Mapping[str, Callable[[Record, str | None], Told]] = {
    PLAN: _plan_facts,
    COACHING: _coaching_facts,
    ESCALATION: _escalation_facts,
    HR: _hr_facts,
    DIAGNOSIS: _diagnosis_facts,
}


def questions_of(record: Record) -> Iterator[tuple[str, str | None]]:
    """Every question that a record gives rise to: a table, and the concern that it is asked about.

    The plan table is asked about each concern, and about behaviour told without one, if there is any.
    """
    yield from ((PLAN, concern) for concern in record.concerns)
    if any(entry.concern is None and entry.kind in TOLD for entry in record.evidence):
        yield PLAN, None
    yield NON_NEGOTIABLES, None


def judge_record(
    record: Record, table: str, concern: str | None = None, *, changes: bool = True
) -> PersonVerdict:
    """The verdict of `table` on a record that has been read already."""
    told = facts_of(record, table, concern)
    return PersonVerdict(
        verdict=table_named(table)(told.facts, record.policy, changes=changes),
        told=told,
        policy=record.policy,
        person=record.person.name,
        concern=concern,
        entries={entry.id: entry for entry in record.evidence},
    )


def judged_of(record: Record, *, changes: bool = True) -> tuple[PersonVerdict, ...]:
    """Every verdict that a record gives rise to; none when the reader may not read all they rest on."""
    if not record.whole:
        return ()
    return tuple(
        judge_record(record, table, concern, changes=changes) for table, concern in questions_of(record)
    )


def judge_person(  # noqa: PLR0913 - a person, a concern and two clocks are one question
    context: Context,
    table: str,
    person: str,
    *,
    concern: str | None = None,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> PersonVerdict:
    """The verdict of `table` on what the ledger holds about a person, as of a day as known at a time.

    Raises Problem for an unknown table, nobody of that name, several concerns and none named, or a record
    that the one who asks may not read.
    """
    table_named(table)
    if table not in ON_RECORD:
        raise Problem(
            f"a record does not hold the facts of '{table}'", where="--person", expected="--facts FILE"
        )
    found = find_person(context, person, Noun.VERDICT)
    asking = visit(context)
    record = read_record(asking, found.id, context.at(as_of, known_at))
    if not record.whole:
        raise absent("such person", where="--person")
    note_reading(asking.context, found.id, Noun.VERDICT, table)
    return judge_record(record, table, named_concern(record, concern) if table in ABOUT_A_CONCERN else None)


def named_concern(record: PersonRecord, named: str | None) -> str | None:
    """The one concern that is meant. Raises Problem when there are several, or none of that name."""
    known = record.concerns
    if named is not None and named not in known:
        expected = f"one of {', '.join(known)}" if known else "none, there is no concern on file"
        raise Problem(f"no concern '{named}'", where="--concern", expected=expected)
    if named is None and len(known) > 1:
        raise Problem("several concerns", where="--concern", expected=f"one of {', '.join(known)}")
    return named or (known[0] if known else None)
