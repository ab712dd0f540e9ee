"""One line in, one entry's fields out."""

from __future__ import annotations

from datetime import date

import pytest

from datumline.domain.evidence.entry import Tag
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.quick_entry import QuickEntry, hear, quick_entry
from datumline.domain.problem import Problem

TODAY = date(2026, 6, 30)
PRINCIPLES = frozenset({"deliver-results", "dive-deep"})


def read(line: str) -> QuickEntry:
    return quick_entry(line, today=TODAY, principles=PRINCIPLES)


def test_a_missed_commitment_with_both_dates_and_a_principle() -> None:
    found = read("missed invoice-export due 2026-05-04, delivered 05-13 #deliver-results")
    assert found.kind is Kind.COMMITMENT
    assert found.amounts == {
        "work": "invoice-export",
        "due": date(2026, 5, 4),
        "delivered": date(2026, 5, 13),
    }
    assert found.principles == ("deliver-results",)
    assert found.occurred_on == date(2026, 5, 13)
    assert found.title == "Missed invoice-export"


def test_missed_without_a_day_of_delivery_says_that_there_was_none() -> None:
    assert read("missed invoice-export due 05-04").amounts["delivered"] is None
    assert "delivered" not in read("promised invoice-export due 2026-08-04").amounts


def test_an_incident_with_its_fields_and_a_link() -> None:
    found = read(
        "incident settlement queue stopped on 06-02 severity=1 avoidable=yes tag:resolved https://wiki.example/r/7"
    )
    assert found.kind is Kind.INCIDENT
    assert found.amounts == {"severity": "1", "avoidable": True}
    assert (found.tag, found.links, found.occurred_on) == (
        Tag.RESOLVED,
        ("https://wiki.example/r/7",),
        date(2026, 6, 2),
    )


def test_an_occurrence_in_a_concern_is_today_unless_said() -> None:
    found = read("saw two review questions left open !review-replies")
    assert (found.kind, found.concern, found.occurred_on) == (Kind.OCCURRENCE, "review-replies", TODAY)


def test_a_day_without_year_is_the_latest_that_is_not_ahead() -> None:
    assert read("saw a late flag on 12-20").occurred_on == date(2025, 12, 20)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("helped with the cache", "does not say what this is"),
        ("", "does not say what this is"),
        ("saw", "says nothing"),
        ("saw it #speed", "no principle"),
        ("saw it on 2026-02-30", "not a day"),
        ("missed invoice-export due 31.02.2026", "'31.02.2026' is not a day"),
        ("saw it on 31.2.", "'31.2.' is not a day"),
        ("saw it on 2026-07-01", "lies ahead"),
        ("incident it broke severity_=2", "no field"),
        ("incident it broke avoidable=maybe", "neither"),
        ("saw it tag:open", "no tag"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(line: str, what: str) -> None:
    with pytest.raises(Problem) as wrong:
        read(line)
    assert what in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_a_line_is_heard_as_far_as_it_can_be_and_the_rest_is_named() -> None:
    heard = hear(
        "missed invoice-export due 2026-05-04, delivered 02-30 #speed #dive-deep pages=3",
        today=TODAY,
        principles=PRINCIPLES,
    )
    assert heard.kind is Kind.COMMITMENT
    assert heard.entry.amounts["due"] == date(2026, 5, 4)
    assert heard.entry.principles == ("dive-deep",)
    assert [fault.what for fault in heard.faults] == [
        "'02-30' is not a day",
        "'#speed' is no principle of the pack",
        "commitment has no field 'pages'",
    ]


def test_a_day_that_is_none_is_kept_out_of_the_name_of_the_work() -> None:
    heard = hear("missed invoice-export due 31.02.2026.", today=TODAY, principles=PRINCIPLES)
    assert heard.entry.amounts["work"] == "invoice-export"
    assert [fault.what for fault in heard.faults] == ["'31.02.2026' is not a day"]


def test_a_version_is_no_day() -> None:
    assert read("saw it work on 1.2.3 of the parser").title == "Saw it work on 1.2.3 of the parser"


def test_without_a_known_first_word_the_words_are_kept() -> None:
    heard = hear("helped with the cache on 06-02", today=TODAY, principles=PRINCIPLES)
    assert (heard.kind, heard.entry.title) == (None, "helped with the cache")
    assert heard.entry.occurred_on == date(2026, 6, 2)
    assert len(heard.faults) == 1
