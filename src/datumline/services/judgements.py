"""Every verdict that a record gives rise to: one on each concern, one on the non-negotiables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from datumline.domain.bar_raiser.non_negotiables import non_negotiables, non_negotiables_outcome
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.plan import plan, plan_outcome
from datumline.domain.people.access import Thing
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.signals.words import signal_words
from datumline.services.cards import VerdictCard
from datumline.services.record import PersonRecord
from datumline.services.verdict_cards import Judged, verdict_card
from datumline.services.verdicts import facts_of

TOLD = frozenset({Kind.OCCURRENCE, Kind.PEER_REPORT})  # what a plan can be about
PLAN = "plan"
NON_NEGOTIABLES = "non-negotiables"
TABLES = {PLAN: plan, NON_NEGOTIABLES: non_negotiables}
OUTCOMES = {PLAN: plan_outcome, NON_NEGOTIABLES: non_negotiables_outcome}
# The lamps of the non-negotiables, and the signals that say their figures.
SAID_BY = {
    "on-time": "on-time",
    "cross-team-projects": "cross-team-projects",
    "customer-impact": "customer-impacts",
    "trade-offs-with-data": "trade-offs-with-data",
}


def concerns_judged(record: PersonRecord) -> tuple[str | None, ...]:
    """The concerns that the plan table is asked about; None stands for behaviour told without one."""
    unnamed = any(
        each.concern is None and each.kind in TOLD and each.audience is not Audience.PRIVATE
        for each in record.standing
    )
    return record.concerns + ((None,) if unnamed else ())


def may_judge(record: PersonRecord) -> bool:
    """Whether the reader may see verdicts about this person, and all that a verdict reads.

    A verdict on half of the record would be another verdict.
    """
    reads = frozenset({Noun.ENTRY, Noun.FEEDBACK_NOTE})
    thing = Thing(noun=Noun.VERDICT, subject=record.person.id, reads=reads)
    return record.visit.gate.asks(Verb.READ, thing).allowed


def judgements(record: PersonRecord, *, changes: bool = True) -> Iterator[Judged]:
    """The verdicts, those on concerns first. Where no concern is on file no plan is in question.

    None at all when the reader may not read all that they rest on. Lists leave out the `changes`.
    """
    if not may_judge(record):
        return
    for table, concern in _questions(record):
        told = facts_of(record, table, concern)
        yield Judged(
            verdict=TABLES[table](told.facts, record.policy, changes=changes),
            about=_about(table, concern),
            evidence=told.evidence,
            said=_said(record) if changes and table == NON_NEGOTIABLES else {},
        )


def cards_of(record: PersonRecord, *, changes: bool = True) -> Iterator[VerdictCard]:
    """The same in words; the first card of a table bears its name, the others a number too."""
    seen: Counter[str] = Counter()
    for judged in judgements(record, changes=changes):
        table = judged.verdict.table
        seen[table] += 1
        key = table if seen[table] == 1 else f"{table}-{seen[table]}"
        yield verdict_card(judged, record.policy, key=key)


def outcomes(record: PersonRecord) -> dict[tuple[str, str], str]:
    """The outcome alone of each verdict, by table and concern."""
    return {
        (table, _about(table, concern)): OUTCOMES[table](
            facts_of(record, table, concern).facts, record.policy
        )
        for table, concern in _questions(record)
    }


def _questions(record: PersonRecord) -> Iterator[tuple[str, str | None]]:
    yield from ((PLAN, concern) for concern in concerns_judged(record))
    yield NON_NEGOTIABLES, None


def _about(table: str, concern: str | None) -> str:
    return concern or ("what names no concern" if table == PLAN else "")


def _said(record: PersonRecord) -> dict[str, str]:
    """What was found for each lamp, in the words of its signal."""
    words = {each.id: signal_words(each, record.policy.phrases) for each in record.signals}
    found = {lamp: words[name] for lamp, name in SAID_BY.items() if name in words}
    return {
        lamp: ", ".join(part for part in (said.figure, said.count, said.interval) if part) or said.empty
        for lamp, said in found.items()
    }
