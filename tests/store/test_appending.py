"""What is appended stands where its receipt says, once, and can be read back whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Dimension, Seen, Tag
from datumline.domain.evidence.kinds import Kind
from datumline.domain.problem import Problem
from datumline.signing.keys import signed_by_its_key
from datumline.store import ledger, verifying
from datumline.store.verifying import verify
from support.ledgers import DAY, OpenedLedger, now


def test_an_entry_is_read_back_as_it_was_said(book: OpenedLedger) -> None:
    draft = Draft(
        kind=Kind.COMMITMENT,
        author=book.jonas,
        subject=book.mira,
        occurred_on=DAY,
        title="Invoice export, «final» 🚲",
        text='Said in stand-up: "by the 10th"\nand written down.',
        links=("https://example.org/a", "b"),
        seen=Seen.OBSERVED,
        principles=("deliver-results",),
        dimension=Dimension.SCOPE,
        concern="late deliveries",
        tag=Tag.IN_PROGRESS,
        remediation="smaller pieces",
        remediated_on=date(2026, 5, 9),
        source="csv:7",
        key="k-1",
        amounts={"work": "invoice-export", "due": date(2026, 5, 10), "delivered": None, "team_goal": True},
    )
    receipt = book.append(draft)[0]
    entry = book.shared()[-1]
    for name in ("kind", "author", "subject", "occurred_on", "title", "text", "links", "seen", "principles"):
        assert getattr(entry, name) == getattr(draft, name)
    for name in ("dimension", "concern", "tag", "remediation", "remediated_on", "source", "amounts"):
        assert getattr(entry, name) == getattr(draft, name)
    assert (entry.id, entry.stream, entry.seq) == (receipt.hash, receipt.stream, receipt.seq)
    assert entry.shared_at == entry.recorded_at == datetime.fromisoformat(receipt.recorded_at)
    assert signed_by_its_key(receipt)


def test_each_audience_has_its_own_stream_and_private_notes_one_for_each_author(book: OpenedLedger) -> None:
    receipts = book.append(
        book.note(),
        book.note(audience=Audience.CASE),
        book.note(audience=Audience.PANEL),
        book.note(audience=Audience.PRIVATE),
        book.note(audience=Audience.PRIVATE, author=book.mira),
        book.note(),
    )
    streams = [receipt.stream for receipt in receipts]
    assert len(set(streams)) == 5
    assert streams[0] == streams[5]
    assert [receipt.seq for receipt in receipts] == [1, 1, 1, 1, 1, 2]
    mine = ledger.entries(subjects=[book.mira], audiences=[Audience.PRIVATE], owner=book.jonas)
    assert {entry.author for entry in mine} == {book.jonas}
    assert ledger.entries(subjects=[], audiences=[Audience.SHARED]) == []


@pytest.mark.parametrize("name", ["key", "source"])
def test_a_repeated_draft_stands_once(book: OpenedLedger, name: str) -> None:
    draft = book.note(**{name: "csv:1"})
    first = ledger.place([draft, draft], clock=now)
    again = ledger.place([draft], clock=now)[0]
    assert [placed.new for placed in (*first, again)] == [True, False, False]
    assert {placed.hash for placed in (*first, again)} == {first[0].hash}
    assert len(book.shared()) == 2
    assert verify().faults == ()


def test_a_key_that_stands_for_other_words_is_refused(book: OpenedLedger) -> None:
    book.append(book.note("One.", key="k"))
    with pytest.raises(Problem, match="stands for another entry"):
        book.append(book.note("Two.", key="k"))


def test_a_draft_that_cannot_stand_takes_the_whole_request_with_it(book: OpenedLedger) -> None:
    with pytest.raises(Problem, match="no entry"):
        book.append(book.note(), book.note(ref="0" * 64, amounts={"reason": "a slip"}))
    with pytest.raises(Problem, match="surrogate"):
        book.append(book.note(), book.note("half \ud800"))
    assert book.shared() == []
    assert ledger.heads(subjects=[book.mira]) == []


def test_time_never_goes_back_and_a_clock_that_does_is_marked(book: OpenedLedger) -> None:
    noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
    receipts = [
        book.append(book.note(occurred_on=date(2026, 4, 1)), clock=lambda at=at: at)[0]  # type: ignore[misc]
        for at in (noon, noon + timedelta(hours=1), noon - timedelta(hours=48))
    ]
    stamps = [receipt.recorded_at[11:] for receipt in receipts]
    assert stamps == ["12:00:00.000001Z", "13:00:00.000000Z", "13:00:00.000001Z"]
    headers = [row.header for row in verifying.rows_of(receipts[0].stream)]
    assert ["clock_regressed" in header for header in headers] == [False, False, False, True]
    assert verify().faults == ()


def test_many_entries_in_one_request(book: OpenedLedger) -> None:
    placed = ledger.place([book.note(f"Note {n}", source=f"csv:{n}") for n in range(1200)], clock=now)
    assert [each.seq for each in placed] == list(range(1, 1201))
    again = ledger.place([book.note(f"Note {n}", source=f"csv:{n}") for n in range(1200)], clock=now)
    assert not any(each.new for each in again)
    assert verify().entries == 1204  # with two openings, the signing key and the policy
    assert verify().faults == ()


def test_the_digest_of_the_heads_changes_with_every_entry(book: OpenedLedger) -> None:
    book.append(book.note())
    before = ledger.digest(ledger.heads(subjects=[book.mira]))
    assert ledger.digest(ledger.heads(subjects=[book.mira])) == before
    book.append(book.note())
    assert ledger.digest(ledger.heads(subjects=[book.mira])) != before
