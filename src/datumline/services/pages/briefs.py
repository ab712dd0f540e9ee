"""A person in brief, for lists: verdicts, what changed them lately, clocks, the day of the last entry.

Kept in the projections (`services/kept.py`): a list of many people is one query, and only what changed is
worked out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from datumline.domain.people.person import PersonId
from datumline.domain.period import at_end_of, half_of
from datumline.domain.policy.holds_until import new_values
from datumline.domain.policy.pack import Policy
from datumline.domain.signals.signal import earliest
from datumline.domain.verdict import Answer
from datumline.services.kept import documents, shelf
from datumline.services.pages.cards import ClockLine, VerdictCard
from datumline.services.pages.clock_lines import all_clock_lines
from datumline.services.pages.entry_rows import latest_first
from datumline.services.pages.verdict_cards import cards_of, outcomes
from datumline.services.record import Record
from datumline.services.visit import Visit

BACK_DAYS = 14  # how far back a change of a verdict is looked for
AT_ONCE = 20  # people worked out anew for one page; the others follow with the next, or with the job
A_DAY = timedelta(days=1)
BACK = timedelta(days=BACK_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictBrief:
    """One verdict in brief.

    Attributes:
        met, open, asked: how many of the conditions that it turns on are met, how many unknown, how many
            there are.
        changed_on, before, turned: said when it changed in the last `BACK_DAYS`, and only then; `turned` are
            the conditions that made it so.
    """

    key: str
    table: str
    verdict: str
    question: str
    about: str
    now: str
    next_step: str
    met: int
    open: int
    asked: int
    holds_until: date | None = None
    changed_on: date | None = None
    before: str = ""
    turned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A person in brief. `last` is the day on which the last thing on file happened, private notes aside.

    The days left of a clock are counted from the day on which the brief was made: read them with `on_day`.
    """

    person: PersonId
    last: date | None
    verdicts: tuple[VerdictBrief, ...]
    clocks: tuple[ClockLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefs:
    """The briefs of a list of people, by person. `missing` counts those that were not worked out yet."""

    found: Mapping[PersonId, Brief]
    missing: int
    policy: Policy


def briefs_of(asked: Visit, people: Sequence[PersonId]) -> Briefs:
    """These people in brief, as far as the one who asks reaches: one query, however many they are."""
    found = documents(asked, people, BRIEF, at_once=AT_ONCE)
    told = {person: asked.gate.veil.view(brief, person) for person, brief in found.documents.items()}
    return Briefs(found=told, missing=found.missing, policy=found.policy)


def brief_of(record: Record) -> tuple[Brief, date | None]:
    """The brief, and the first day on which time alone may change it."""
    evidence = latest_first(record.evidence)
    verdicts = tuple(_verdicts(record)) if evidence else ()
    brief = Brief(
        person=record.person.id,
        last=evidence[0].occurred_on if evidence else None,
        verdicts=verdicts,
        clocks=all_clock_lines(record),
    )
    return brief, _holds_until(record, verdicts)


BRIEF = shelf("brief", Brief, brief_of, most=20_000)


def _verdicts(record: Record) -> Iterator[VerdictBrief]:
    then = _on(record, record.at.as_of - BACK)
    earlier = outcomes(then)
    for card in cards_of(record, changes=False):
        before, brief = earlier.get((card.table, card.about)), _brief(card)
        changed = before not in (None, card.verdict)
        yield _changed(brief, card, record, then, before) if before and changed else brief


def _brief(card: VerdictCard) -> VerdictBrief:
    answers = [line.answer for line in card.conditions]
    return VerdictBrief(
        key=card.key,
        table=card.table,
        verdict=card.verdict,
        question=card.question,
        about=card.about,
        now=card.answer,
        next_step=card.next_step,
        met=answers.count(Answer.MET),
        open=answers.count(Answer.UNKNOWN),
        asked=len(answers),
        holds_until=card.holds_until,
    )


def _changed(
    brief: VerdictBrief, card: VerdictCard, record: Record, then: Record, before: str
) -> VerdictBrief:
    """The brief with what it was before, since when it is what it is, and which conditions turned."""
    mine = (card.table, card.about)
    return replace(
        brief,
        changed_on=_changed_on(record, mine, card.verdict),
        before=record.policy.phrases.say(f"verdict.{card.table}.{before}"),
        turned=tuple(_turned(card, then)),
    )


def _turned(card: VerdictCard, then: Record) -> Iterator[str]:
    """The conditions that have another answer than then."""
    cards = cards_of(then, changes=False)
    old = next((each for each in cards if (each.table, each.about) == (card.table, card.about)), None)
    answers = {line.id: line.answer for line in (*old.conditions, *old.others)} if old else {}
    for line in (*card.conditions, *card.others):
        was = answers.get(line.id)
        if was is not None and was is not line.answer:
            yield f"{line.words}: {_word(was)}, now {_word(line.answer)}"


def _word(answer: Answer) -> str:
    return answer.replace("-", " ")


def _holds_until(record: Record, verdicts: Sequence[VerdictBrief]) -> date | None:
    """A change is counted back from the day, so that a brief that says one holds for that day alone."""
    today = record.at.as_of
    if any(each.changed_on for each in verdicts):
        return today + A_DAY
    days = chain(
        (each.holds_until for each in verdicts),
        (each + BACK for each in _first_event(record)),
        (clock.due for clock in record.clocks if clock.waits),
        _dated_ahead(record),
    )
    return earliest(*(day for day in days if day is not None and day > today))


def _first_event(record: Record) -> Iterator[date]:
    """Since the day that verdicts are compared with: the first days on which they may have changed."""
    then = _on(record, record.at.as_of - BACK)
    yield from (card.holds_until for card in cards_of(then, changes=False) if card.holds_until)
    known = (day for entry in record.entries for day in (entry.occurred_on, entry.recorded_at.date()))
    yield from (day for day in known if day > then.at.as_of)


def _dated_ahead(record: Record) -> Iterator[date]:
    """Later days on which something begins or ends that was said already."""
    for entry in record.entries:
        yield entry.occurred_on
        yield from (value for value in entry.amounts.values() if isinstance(value, date))
    for span in (half_of(record.at.as_of), *(cycle.span for cycle in record.cycles)):
        yield from (span.start, span.end + A_DAY)
    yield from (each.from_day for each in record.people.positions_of.get(record.person.id, ()))
    yield from new_values(record.policy, record.policy.parameters, record.at.as_of)


def _changed_on(record: Record, mine: tuple[str, str], now: str) -> date:
    """The last day on which the verdict became what it is."""
    today = record.at.as_of
    for back in range(1, BACK_DAYS):
        if outcomes(_on(record, today - timedelta(days=back))).get(mine) != now:
            return today - timedelta(days=back - 1)
    return today - timedelta(days=BACK_DAYS - 1)


def _on(record: Record, day: date) -> Record:
    """The same record at the end of an earlier day."""
    return replace(record, at=at_end_of(day))
