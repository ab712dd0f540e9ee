"""What was written about an entry since, and which words of it may be struck."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import check_verb
from datumline.domain.evidence.redaction import alone_from, asked_for, strikable, to_strike
from datumline.domain.evidence.threads import thread_of
from datumline.domain.problem import Problem

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(seq: int, kind: Kind = Kind.OCCURRENCE, ref: int | None = None, **said: object) -> Entry:
    """The entry at a position; `ref` is a position too."""
    return Entry(
        id=f"{seq:064x}",
        stream="0" * 32,
        seq=seq,
        audience=Audience.SHARED,
        kind=kind,
        subject="mira",
        author="mira" if kind is Kind.DISPUTE else "jonas",
        occurred_on=date(2026, 3, 1),
        recorded_at=NOON + timedelta(days=seq),
        shared_at=None,
        ref=None if ref is None else f"{ref:064x}",
        **said,  # type: ignore[arg-type]
    )


def request(seq: int, ref: int, *fields: str) -> Entry:
    said = {"fields": list(fields), "basis": "third-person"}
    return entry(seq, Kind.REDACTION_REQUEST, ref, amounts=said)


STREAM = [
    entry(1, text="the words"),
    entry(2, text="something else"),
    entry(3, ref=1, text="the words, mended"),
    entry(4, Kind.DISPUTE, ref=1),
    entry(5, Kind.REPLY, amounts={"to": f"{3:064x}"}),
    entry(6, Kind.RETRACTION, ref=4),
]


def test_a_matter_is_a_line_of_corrections_and_all_that_names_one_of_them() -> None:
    thread = thread_of(STREAM[0], STREAM)
    assert [each.seq for each in thread.line] == [1, 3]
    assert [each.seq for each in thread.since] == [3, 4, 5, 6]
    assert thread.last.seq == 3
    assert not thread.stands
    assert thread_of(STREAM[2], STREAM).stands


def test_what_was_withdrawn_is_not_said_any_more_and_withdrawing_it_retracts_nothing_else() -> None:
    assert [each.seq for each in thread_of(STREAM[0], STREAM[:4]).said(Kind.DISPUTE)] == [4]
    thread = thread_of(STREAM[0], STREAM)
    assert thread.said(Kind.DISPUTE) == ()
    assert not thread.retracted


def test_a_retraction_of_any_entry_of_the_line_takes_all_of_it_back() -> None:
    thread = thread_of(STREAM[2], [*STREAM, entry(7, Kind.RETRACTION, ref=1)])
    assert thread.retracted
    assert not thread.stands


def test_the_state_changes_with_all_that_is_written_about_the_matter_and_with_nothing_else() -> None:
    states = [thread_of(STREAM[0], STREAM[:count]).state for count in range(1, len(STREAM) + 1)]
    assert states[0] == states[1]
    assert len(set(states)) == 5


def test_words_can_be_struck_and_what_places_or_counts_an_entry_cannot() -> None:
    promise = entry(
        1,
        Kind.COMMITMENT,
        title="Export",
        concern="dates",
        amounts={"work": "the export", "due": date(2026, 3, 1), "scope_note": ""},
    )
    assert strikable(promise) == ("title", "work")
    assert strikable(entry(2, Kind.DISPUTE, ref=1, amounts={"reason": "not so"})) == ("reason",)


def test_a_request_waits_until_it_is_granted_or_taken_back() -> None:
    first = entry(1, title="a", text="b")
    asked = request(2, 1, "text")
    assert [each.fields for each in asked_for(thread_of(first, [first, asked]))] == [("text",)]
    taken = entry(3, Kind.RETRACTION, ref=2)
    assert asked_for(thread_of(first, [first, asked, taken])) == ()
    struck = replace(first, text="", redacted=("text",))
    assert asked_for(thread_of(struck, [struck, asked])) == ()


def test_a_grant_strikes_the_words_in_every_correction_that_repeats_them() -> None:
    stream = [*STREAM, request(7, 1, "text", "title")]
    thread = thread_of(STREAM[0], stream)
    (asked,) = asked_for(thread)
    assert [(each.seq, fields) for each, fields in to_strike(thread, asked)] == [
        (1, ("text",)),
        (3, ("text",)),
    ]
    assert alone_from(asked, timedelta(hours=24)) == NOON + timedelta(days=8)


def redaction(author: str, approved_by: str, *, alone: bool | None = None) -> Draft:
    said: dict[str, Any] = {"fields": ["text"], "basis": "legal", "approved_by": approved_by}
    return Draft(
        kind=Kind.REDACTION,
        author=author,
        subject="mira",
        occurred_on=date(2026, 3, 1),
        ref=STREAM[0].id,
        amounts=said if alone is None else said | {"alone": alone},
    )


def test_two_persons_strike_words_and_a_person_alone_says_so() -> None:
    check_verb(redaction("jonas", "hana"), STREAM[0])
    check_verb(redaction("jonas", "jonas", alone=True), STREAM[0])
    for wrong in (
        redaction("jonas", "jonas"),
        redaction("jonas", "jonas", alone=False),
        redaction("jonas", "hana", alone=True),
    ):
        with pytest.raises(Problem, match="by one person"):
            check_verb(wrong, STREAM[0])


def test_only_words_are_asked_to_be_struck() -> None:
    wrong = replace(redaction("mira", "x"), kind=Kind.REDACTION_REQUEST, amounts={"fields": ["author"]})
    with pytest.raises(Problem, match="redaction-request of author"):
        check_verb(wrong, STREAM[0])
    with pytest.raises(Problem, match="of a redaction-request"):
        check_verb(redaction("jonas", "hana"), request(2, 1, "text"))
