"""The verdicts of a record in words, for pages and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from datumline.domain.bar_raiser.non_negotiables import non_negotiables_outcome
from datumline.domain.improvement.plan import plan_outcome
from datumline.domain.signals.words import signal_words
from datumline.services.cards import VerdictCard
from datumline.services.record import PersonRecord
from datumline.services.verdict_cards import Judged, verdict_card
from datumline.services.verdicts import NON_NEGOTIABLES, PLAN, facts_of, judged_of, questions_of

OUTCOMES = {PLAN: plan_outcome, NON_NEGOTIABLES: non_negotiables_outcome}
# The lamps of the non-negotiables whose finding is a rate, and the signals that say it; the others count.
SAID_BY = {"on-time": "on-time"}


def cards_of(record: PersonRecord, *, changes: bool = True) -> Iterator[VerdictCard]:
    """The same in words; the first card of a table bears its name, the others a number too."""
    seen: Counter[str] = Counter()
    for judged in judged_of(record, changes=changes):
        table = judged.verdict.table
        seen[table] += 1
        key = table if seen[table] == 1 else f"{table}-{seen[table]}"
        worded = Judged(
            verdict=judged.verdict,
            about=_about(table, judged.concern),
            evidence=judged.told.evidence,
            said=_said(record) if changes and table == NON_NEGOTIABLES else {},
        )
        yield verdict_card(worded, record.policy, key=key)


def outcomes(record: PersonRecord) -> dict[tuple[str, str], str]:
    """The outcome alone of each verdict, by table and concern."""
    return {
        (table, _about(table, concern)): OUTCOMES[table](
            facts_of(record, table, concern).facts, record.policy
        )
        for table, concern in questions_of(record)
    }


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
