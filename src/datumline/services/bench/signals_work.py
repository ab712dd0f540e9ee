"""What the signals' benchmark runs: one engineer with two years of entries, read again and again."""

from __future__ import annotations

from datetime import date, timedelta
from time import perf_counter
from uuid import uuid4

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access_words import Noun
from datumline.domain.period import at_end_of
from datumline.domain.signals.catalogue import signals_of
from datumline.domain.signals.signal import earliest
from datumline.domain.verdict import Json
from datumline.pack_files import load
from datumline.services.bench.comparison import Figures
from datumline.services.context import system_clock
from datumline.store.bench.sums import queries_of, sums_by_kind
from datumline.store.ledger import entries, heads, place
from datumline.store.projections import Computed, Ends, Making, Question, cached

WEEKS = 104
DAY = date(2026, 6, 30)
WINDOW_DAYS = 180
SHARED = (Audience.SHARED,)
ENTRIES = frozenset({Noun.ENTRY})


def kept_ready(reads: int) -> Figures:
    """Read the signals so many times as a page does; the first one computes them."""
    making = Making(ends=_ends, compute=_signals)
    question = Question(what="signals", subject=_engineer(), reach=ENTRIES, pack="default", as_of=DAY)
    cached(question, making)
    queries = queries_of(lambda: cached(question, making))
    started = perf_counter()
    for _ in range(reads):
        cached(question, making)
    return {"seconds": perf_counter() - started, "queries": queries}


def bare_statement(reads: int) -> Figures:
    """The sums by kind over the window, by one statement, so many times."""
    engineer = _engineer()
    started = perf_counter()
    for _ in range(reads):
        sums_by_kind(engineer, since=DAY - timedelta(days=WINDOW_DAYS), until=DAY)
    return {"seconds": perf_counter() - started, "queries": 1}


def _ends(question: Question) -> Ends:
    return Ends(heads=tuple(heads(subjects=[question.subject], audiences=SHARED)))


def _signals(question: Question) -> Computed:
    found = signals_of(
        entries(subjects=[question.subject], audiences=SHARED),
        load(None),
        at_end_of(question.as_of),
    )
    document: list[Json] = [[each.id, each.numerator, each.denominator, [*each.entries]] for each in found]
    return document, earliest(*(each.holds_until for each in found))


def _engineer() -> str:
    """Somebody new, with a commitment, a batch of changes and reviews in each week of two years."""
    engineer = str(uuid4())
    mondays = [DAY - timedelta(weeks=week) for week in range(WEEKS)]
    place([draft for monday in mondays for draft in _week(engineer, monday)], clock=system_clock)
    return engineer


def _week(engineer: str, monday: date) -> tuple[Draft, ...]:
    due, late = monday + timedelta(days=4), monday.month % 5 == 0
    said: dict[Kind, dict[str, Json | date]] = {
        Kind.COMMITMENT: {
            "work": "a piece of work",
            "due": due,
            "delivered": due + timedelta(days=int(late)),
        },
        Kind.CHANGE_BATCH: {"changes": 9, "defects": int(late), "repository": "billing"},
        Kind.REVIEW_TURNAROUND: {"reviews": 3, "hours": "5.5", "repository": "billing"},
    }
    return tuple(
        Draft(kind=kind, author=engineer, subject=engineer, occurred_on=monday, amounts=amounts)
        for kind, amounts in said.items()
    )
