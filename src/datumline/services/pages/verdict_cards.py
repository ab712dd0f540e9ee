"""A verdict in words: the question, one sentence, its conditions and their evidence, what would change it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from datumline.domain.bar_raiser.non_negotiables import non_negotiables_outcome
from datumline.domain.improvement.plan import plan_outcome
from datumline.domain.policy.change_words import change_words
from datumline.domain.policy.decision_table import DecisionTable, Row
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import Phrasebook
from datumline.domain.policy.verdict_document import next_step
from datumline.domain.signals.words import signal_words
from datumline.domain.verdict import Answer, Change, Condition, Figure, Verdict
from datumline.services.pages.cards import ChangeLine, ConditionLine, VerdictCard
from datumline.services.record import Record
from datumline.services.verdicts import (
    NON_NEGOTIABLES,
    PLAN,
    PersonVerdict,
    facts_of,
    judged_of,
    questions_of,
)

OUTCOMES = {PLAN: plan_outcome, NON_NEGOTIABLES: non_negotiables_outcome}
# The lamps of the non-negotiables whose finding is a rate, and the signals that say it; the others count.
SAID_BY = {"on-time": "on-time"}


def cards_of(record: Record, *, changes: bool = True) -> Iterator[VerdictCard]:
    """Every verdict of a record; the first card of a table bears its name, the others a number too."""
    seen: Counter[str] = Counter()
    for judged in judged_of(record, changes=changes):
        table = judged.verdict.table
        seen[table] += 1
        key = table if seen[table] == 1 else f"{table}-{seen[table]}"
        said = _said(record) if changes and table == NON_NEGOTIABLES else {}
        yield verdict_card(judged, key=key, said=said)


def outcomes(record: Record) -> dict[tuple[str, str], str]:
    """The outcome alone of each verdict, by table and by what the card is about."""
    return {
        (table, _about(table, concern)): OUTCOMES[table](
            facts_of(record, table, concern).facts, record.policy
        )
        for table, concern in questions_of(record)
    }


def _about(table: str, concern: str | None) -> str:
    return concern or ("what names no concern" if table == PLAN else "")


def _said(record: Record) -> dict[str, str]:
    """What was found for each lamp, in the words of its signal."""
    words = {each.id: signal_words(each, record.policy.phrases) for each in record.signals}
    found = {lamp: words[name] for lamp, name in SAID_BY.items() if name in words}
    return {
        lamp: ", ".join(part for part in (said.figure, said.count, said.interval) if part) or said.empty
        for lamp, said in found.items()
    }


def verdict_card(judged: PersonVerdict, *, key: str, said: Mapping[str, str]) -> VerdictCard:
    """The verdict for a page; `key` names the card there.

    `said` are findings by condition id that a signal words better than a count.
    """
    verdict, policy, phrases = judged.verdict, judged.policy, judged.policy.phrases
    table, decided = policy.table(verdict.table), _decided_by(verdict)
    lines = tuple(_condition(each, judged, said) for each in verdict.conditions)
    shown = _asked_by(table, decided)
    return VerdictCard(
        key=key,
        table=verdict.table,
        verdict=verdict.verdict,
        question=table.question,
        answer=phrases.say(f"verdict.{verdict.table}.{verdict.verdict}"),
        next_step=next_step(verdict, phrases),
        about=_about(verdict.table, judged.concern),
        conditions=tuple(line for line in lines if line.id in shown),
        others=tuple(line for line in lines if line.id not in shown),
        rows=tuple(_row(each, verdict.table, phrases) for each in verdict.rows),
        decided_by=decided,
        changes=tuple(_change(each, judged) for each in verdict.would_change),
        earliest=_day(verdict.figures.get("earliest_plan_on")),
        holds_until=verdict.holds_until,
        parameters=_parameters(verdict.conditions, policy, verdict.at.as_of),
        pack=pack_words(policy),
    )


def pack_words(policy: Policy) -> str:
    """The pack by name and version."""
    return f"Policy: {policy.ref.name} pack {policy.ref.version}"


def _decided_by(verdict: Verdict) -> str | None:
    return next((row.id for row in verdict.rows if row.answer is Answer.MET), None)


def _asked_by(table: DecisionTable, decided: str | None) -> frozenset[str]:
    """The conditions that a reader looks for first: those of the row that decided.

    After the step that cannot be taken back was in question, its conditions are the ones to see.
    """
    rows = {row.id: row for row in table.rows}
    asked = next((row for row in table.rows if row.irreversible), None)
    if asked is None:
        return frozenset(table.conditions)
    order = list(rows)
    if decided in rows and rows[decided].terms and order.index(decided) < order.index(asked.id):
        return _terms(rows[decided])
    return _terms(asked)


def _terms(row: Row) -> frozenset[str]:
    return frozenset(term.condition for term in row.terms)


def _condition(condition: Condition, judged: PersonVerdict, said: Mapping[str, str]) -> ConditionLine:
    told = (judged.told.evidence.get(pointer) for pointer in condition.because)
    phrases = judged.policy.phrases
    return ConditionLine(
        id=condition.id,
        answer=condition.answer,
        words=phrases.say(f"condition.{judged.verdict.table}.{condition.id}", **condition.figures),
        said=said.get(condition.id) or _counted(condition.figures),
        entries=tuple(dict.fromkeys(entry for entry in told if entry)),
        parameter=condition.parameter,
    )


def _counted(figures: Mapping[str, Figure]) -> str:
    count, needed = figures.get("count"), figures.get("needed")
    return f"{count} on file, {needed} needed" if isinstance(count, int) and isinstance(needed, int) else ""


def _day(value: Figure) -> date | None:
    return value if isinstance(value, date) else None


def _row(row: Condition, table: str, phrases: Phrasebook) -> ConditionLine:
    return ConditionLine(id=row.id, answer=row.answer, words=phrases.say(f"row.{table}.{row.id}"))


def _parameters(conditions: Iterable[Condition], policy: Policy, on: date) -> tuple[tuple[str, str], ...]:
    keys = dict.fromkeys(each.parameter for each in conditions if each.parameter)
    return tuple((key, parameter_words(policy, key, on)) for key in keys if key in policy.parameters)


def parameter_words(policy: Policy, key: str, on: date) -> str:
    """A parameter's meaning, its value on the day and where it comes from."""
    parameter = policy.parameter(key)
    value = parameter.on(on)
    shown = ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
    unit = "" if parameter.unit.name.startswith("TEXT") else f" {parameter.unit}"
    return f"{shown}{unit}. {parameter.meaning} ({parameter.reference})"


def _change(change: Change, judged: PersonVerdict) -> ChangeLine:
    table, phrases = judged.verdict.table, judged.policy.phrases
    to = phrases.say(f"verdict.{table}.{change.to}").partition(".")[0]
    steps = change_words(change, table, phrases, judged.named)
    return ChangeLine(to=to, steps=tuple("; ".join(each) for each in steps))
