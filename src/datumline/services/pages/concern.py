"""The page of a concern: its thread, its case, its verdicts, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from datumline.domain.diagnosis.diagnosis_conditions import LEVELS
from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.improvement.case import Case
from datumline.domain.improvement.classic_errors import classic_errors
from datumline.domain.improvement.documentation import documentation
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.person import PersonId
from datumline.domain.policy.pack import Policy
from datumline.domain.verdict import Answer, Condition
from datumline.services.cases import answers_in, case_in
from datumline.services.pages.cards import VerdictCard
from datumline.services.pages.case_acts import CaseAct, acts_of, prepared
from datumline.services.pages.case_parts import (
    CoachingView,
    PlanView,
    RequestView,
    TransitionView,
    coaching_view,
    plan_view,
    requests_view,
    transition_view,
)
from datumline.services.pages.concerns import Thread, thread_named
from datumline.services.pages.entry_rows import author_words
from datumline.services.pages.readings import note_once
from datumline.services.pages.verdict_cards import pack_words, verdict_card
from datumline.services.plans import state_of
from datumline.services.record import PersonRecord, read_record
from datumline.services.verdicts import COACHING, DIAGNOSIS, ESCALATION, HR, PLAN, judge_record
from datumline.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line with an answer: its words, why it matters, and the entries behind it."""

    id: str
    answer: Answer
    words: str
    why: str = ""
    found: str = ""
    entries: tuple[EntryId, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelView:
    """One level of a diagnosis: its name, what to ask there, and what was found; empty when nobody looked."""

    name: str
    asks: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisView:
    """One version of a diagnosis."""

    id: EntryId
    on: date
    author: str
    type: str
    why: str
    impact: str
    levels: tuple[LevelView, ...]

    @property
    def unexamined(self) -> tuple[str, ...]:
        """The levels that nobody looked at."""
        return tuple(level.name for level in self.levels if not level.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernPage:
    """The page.

    Attributes:
        handles: whether the reader handles the case; what only those see is empty for all others.
        whole: whether the reader may read all that verdicts rest on.
        errors: the four classic errors, looked for in the record.
        diagnoses: its versions, the latest first.
        cards: the verdicts, the decision table first; `burst` how many negative entries were written together
            about events long past.
        prepared: the next step, ready as a draft: its words and its address.
        behind: the entries behind one condition, when the address names one.
        here: the page's address.
    """

    person: PersonId
    name: str
    concern: str
    mine: bool
    handles: bool
    whole: bool
    thread: Thread
    behind: tuple[str, tuple[EntryId, ...]] | None
    errors: tuple[Line, ...]
    diagnoses: tuple[DiagnosisView, ...]
    cards: tuple[VerdictCard, ...]
    burst: int
    coaching: CoachingView | None
    plan: PlanView | None
    requests: tuple[RequestView, ...]
    transition: TransitionView | None
    checklist: tuple[Line, ...]
    complete: int
    week_one_ends: date | None
    acts: tuple[CaseAct, ...]
    prepared: CaseAct | None
    here: str
    state: str
    pack: str


def concern_page(
    asked: Visit, person: PersonId, concern: str, *, here: str, evidence: str = ""
) -> ConcernPage | None:
    """The page of a concern; None where there is none of that name that the one who asks may see."""
    if not asked.sees(person, Noun.ENTRY) or not asked.gate.allows(Verb.READ, Noun.CONCERN, person):
        return None
    record = read_record(asked, person, asked.context.at())
    if concern not in record.concerns:
        return None
    note_once(asked, person, Noun.CONCERN, "concern page")
    handles = asked.sees(person, Noun.PLAN)
    case, policy = case_in(record, concern), record.policy
    cards = tuple(_cards(record, case, handles=handles)) if record.whole else ()
    checklist = documentation(case, answers_in(record, case), policy, record.at.as_of)
    zone = ZoneInfo(record.person.zone)
    return ConcernPage(
        person=person,
        name=record.person.name,
        concern=concern,
        mine=asked.me == person,
        handles=handles,
        whole=record.whole,
        thread=thread_named(concern, record),
        behind=_behind(evidence, cards),
        errors=tuple(_error(each, policy) for each in classic_errors(case, policy, record.at.as_of, zone))
        if handles
        else (),
        diagnoses=tuple(_diagnosis(each, record) for each in reversed(case.diagnoses)) if handles else (),
        cards=cards,
        burst=_burst(record, concern) if handles and record.whole else 0,
        coaching=coaching_view(case, record) if case.coaching else None,
        plan=plan_view(case, record) if case.plan else None,
        requests=requests_view(case, asked, record) if handles else (),
        transition=transition_view(case, record) if case.transition else None,
        checklist=tuple(_line(each, policy) for each in checklist.lines) if handles else (),
        complete=checklist.complete,
        week_one_ends=checklist.week_one_ends,
        acts=acts_of(asked, record, case),
        prepared=prepared(record, case, cards[0].verdict if cards else "") if handles else None,
        here=here,
        state=state_of(record),
        pack=pack_words(policy),
    )


def _cards(record: PersonRecord, case: Case, *, handles: bool) -> Iterator[VerdictCard]:
    """The decision table; what the person may know of coaching; and for who handles the case the rest."""
    tables = [PLAN]
    tables += [COACHING] if case.coaching else []
    tables += [HR, ESCALATION, DIAGNOSIS] if handles else []
    for table in tables:
        yield verdict_card(judge_record(record, table, case.concern), key=table, said={})


def _burst(record: PersonRecord, concern: str) -> int:
    found = judge_record(record, PLAN, concern, changes=False).verdict.figures.get("burst")
    return found if isinstance(found, int) else 0


def _behind(wanted: str, cards: tuple[VerdictCard, ...]) -> tuple[str, tuple[EntryId, ...]] | None:
    key, _, condition = wanted.partition(".")
    for card in cards:
        for line in (*card.conditions, *card.others):
            if card.key == key and line.id == condition and line.entries:
                return line.words, line.entries
    return None


def _error(condition: Condition, policy: Policy) -> Line:
    say, days = policy.phrases.say, condition.figures.get("days")
    return Line(
        id=condition.id,
        answer=condition.answer,
        words=say(f"error.{condition.id}", **condition.figures),
        why=say(f"error.why.{condition.id}"),
        found=f"{days} days" if isinstance(days, int) else "",
        entries=condition.because,
    )


def _line(condition: Condition, policy: Policy) -> Line:
    until = condition.figures.get("until")
    return Line(
        id=condition.id,
        answer=condition.answer,
        words=policy.phrases.say(f"case.line.{condition.id}"),
        entries=condition.because,
        until=until if isinstance(until, date) else None,
    )


def _diagnosis(entry: Entry, record: PersonRecord) -> DiagnosisView:
    phrases, said = record.policy.phrases, entry.amounts.get("levels")
    found: Mapping[str, object] = said if isinstance(said, dict) else {}
    type_of = f"verdict.diagnosis.{entry.amounts.get('type', 'unknown')}"
    return DiagnosisView(
        id=entry.id,
        on=entry.occurred_on,
        author=author_words(entry.author, record.visit.names),
        type=phrases.say(type_of).partition(".")[0] if type_of in phrases else "",
        why=entry.text,
        impact=str(entry.amounts.get("impact", "")),
        levels=tuple(
            LevelView(
                name=phrases.say(f"level.{level}"),
                asks=phrases.say(f"level.asks.{level}"),
                found=str(found.get(level, "")),
            )
            for level in LEVELS
        ),
    )
