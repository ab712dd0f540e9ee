"""The signal log: what it lists, what it groups, what it says it left out, and that it is one page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from datumline.domain.bar_raiser.matters import grouped, matters_of
from datumline.domain.bar_raiser.signal_log import Material, signal_log
from datumline.domain.documents.document import Document, Table, lines
from datumline.domain.documents.page_budget import Fit
from datumline.domain.evidence.entry import Entry, Seen, Tag
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.fold import Place
from datumline.domain.people.person import Person
from datumline.domain.period import at_end_of, last_days
from datumline.domain.signals.catalogue import signals_of
from datumline.domain.signals.commitments import commitments_of
from datumline.domain.verdict import Answer, Condition, Verdict
from datumline.pack_files import load
from datumline.rendering.pdf import render
from support.signal_cases import MANAGER, TODAY, entry, promise, was_mara

POLICY = load(None)
AT = at_end_of(TODAY)
VERDICT = Verdict(
    table="non-negotiables",
    verdict="unknown",
    at=AT,
    pack=POLICY.ref,
    conditions=tuple(
        Condition(id=name, answer=Answer.UNKNOWN) for name in POLICY.table("non-negotiables").conditions
    ),
    next_step="meets",
)


def occurrence(days_ago: int, **said: Any) -> Entry:
    made = entry(Kind.OCCURRENCE, TODAY - timedelta(days=days_ago))
    return replace(made, title=f"Review question left open, {days_ago}", **said)


def material(entries: list[Entry], disputes: frozenset[str] = frozenset()) -> Material:
    return Material(
        person=Person(id="ida", name="Ida Example"),
        place=Place(),
        manager="Mara Example",
        entries=entries,
        commitments=commitments_of(entries, AT, was_mara),
        disputes=disputes,
        signals=signals_of(entries, POLICY, AT, was_manager=was_mara),
        verdict=VERDICT,
    )


def matters(entries: list[Entry]) -> list[str]:
    found = matters_of(
        entries,
        commitments_of(entries, AT, was_mara),
        window=last_days(180, until=TODAY),
        policy=POLICY,
        disputed=frozenset(),
    )
    return [matter.title for matter in found]


def rows(document: Document, section: int) -> list[tuple[str, ...]]:
    tables = [block for block in document.sections[section].blocks if isinstance(block, Table)]
    return [row.cells for table in tables for row in table.rows]


def test_a_missed_commitment_counts_by_its_due_date_and_a_kept_one_does_not() -> None:
    kept = replace(promise(date(2026, 5, 4), date(2026, 5, 4)), title="Kept")
    missed = replace(promise(date(2026, 5, 4), date(2026, 5, 13)), title="Missed")
    old = replace(promise(date(2025, 5, 4), date(2025, 5, 13)), title="Old")
    assert matters([kept, missed, old]) == ["Missed"]


@pytest.mark.parametrize(
    ("said", "listed"),
    [
        ({"avoidable": True}, True),
        ({}, True),
        ({"avoidable": False}, False),
        ({"avoidable": True, "role": "commander"}, False),
    ],
)
def test_an_incident_is_listed_unless_it_speaks_for_nobody_s_fault(
    said: dict[str, Any], *, listed: bool
) -> None:
    made = replace(entry(Kind.INCIDENT, TODAY - timedelta(days=3), **said), title="Queue stopped")
    assert bool(matters([made])) is listed


def test_the_window_holds_its_first_day_and_not_the_one_before() -> None:
    assert len(matters([occurrence(179), occurrence(180)])) == 1


def test_marks_say_late_reported_and_disputed() -> None:
    late = replace(
        occurrence(60, seen=Seen.REPORTED, tag=Tag.RESOLVED), recorded_at=AT.known_at - timedelta(hours=3)
    )
    document = signal_log(material([late], disputes=frozenset({late.id})), POLICY)
    (row,) = rows(document, 2)
    assert "written 60 days later" in row[1]
    assert "reported by a peer" in row[1]
    assert "disputed" in row[1]
    assert row[3] == "resolved"


def test_a_principle_that_nobody_confirmed_stands_in_brackets() -> None:
    missed = replace(promise(date(2026, 5, 4), None), title="Missed")
    (row,) = rows(signal_log(material([missed]), POLICY), 2)
    assert row[2].startswith("(")
    confirmed = replace(missed, principles=("deliver-results",))
    (row,) = rows(signal_log(material([confirmed]), POLICY), 2)
    assert row[2] == "Deliver Results"


@pytest.mark.parametrize(
    ("delivered", "said"),
    [(date(2026, 5, 13), "delivered 9 days after its date"), (None, "not delivered by its date")],
)
def test_a_missed_commitment_says_what_became_of_it(delivered: date | None, said: str) -> None:
    missed = replace(promise(date(2026, 5, 4), delivered), title="Invoice export")
    (row,) = rows(signal_log(material([missed]), POLICY), 2)
    assert row[1] == f"Invoice export: {said}"


def test_a_group_of_one_stays_alone() -> None:
    entries = [occurrence(1), occurrence(9), occurrence(170, tag=Tag.RESOLVED)]
    found = matters_of(entries, (), window=last_days(180, until=TODAY), policy=POLICY, disputed=frozenset())
    assert grouped(found, 2) == (found, ())


def test_grouping_keeps_the_newest_and_every_escalated_matter() -> None:
    entries = [occurrence(days) for days in range(1, 11)] + [occurrence(170, tag=Tag.ESCALATED)]
    found = matters_of(entries, (), window=last_days(180, until=TODAY), policy=POLICY, disputed=frozenset())
    alone, groups = grouped(found, 8)
    assert [matter.title[-3:] for matter in alone] == [", 1", ", 2", "170"]
    assert sum(len(group.matters) for group in groups) == 8


def test_what_was_left_out_is_named_and_everything_is_accounted_for() -> None:
    note = entry(Kind.WRITTEN_NOTE, TODAY - timedelta(days=5))
    older = occurrence(9)
    oldest = occurrence(12)
    document = signal_log(material([occurrence(3), older, oldest, note]), POLICY, group=2)
    assert [each.entries for each in document.left_out] == [(older.id, oldest.id), (note.id,)]
    assert (document.used, document.available) == (3, 4)
    assert "3 of 4 entries" in document.footer


def test_an_empty_record_says_so_and_is_still_a_page() -> None:
    document = signal_log(material([]), POLICY)
    assert (document.used, document.available, rows(document, 2)) == (0, 0, [])
    assert render(document).fit is Fit.FITS


@pytest.mark.parametrize("count", [3, 12])
def test_it_is_one_page_with_every_line_in_its_text(count: int) -> None:
    document = signal_log(material([occurrence(days * 4) for days in range(count)]), POLICY)
    assert len(rows(document, 2)) == count
    assert render(document).pages == 1
    assert MANAGER not in "".join(lines(document))
