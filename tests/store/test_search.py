"""Searching: what the index holds is what the ledger says, and nobody finds what they may not read."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.sought import asked_for
from datumline.domain.people.access_filter import Clause
from datumline.store import search
from datumline.store.search import Part, find, reach
from datumline.store.search_index import rebuild, take_in
from datumline.store.verifying import verify
from support.ledgers import OpenedLedger

CANARY = "canary7d1fmiratal"
EVERYTHING = tuple(Clause(audience=each.value) for each in Audience)


@pytest.fixture(params=["few", "many"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of answering: from the reader's streams, and from the index over everything."""
    if request.param == "many":
        monkeypatch.setattr(search, "FEW_STREAMS", -1)
    return str(request.param)


def found(
    question: str, *readable: Clause, most: int = 50, kinds: tuple[Kind, ...] = (), after: str | None = None
) -> list[str]:
    """The texts found, the latest first."""
    take_in()
    parts = [Part(most=most, kinds=kinds)]
    (entries,) = find(asked_for(question), reach=reach(readable or EVERYTHING), parts=parts, after=after)
    return [entry.text or entry.title for entry in entries]


def test_all_words_must_be_said_folded_and_as_beginnings(book: OpenedLedger, size: str) -> None:
    assert size
    book.append(book.note("Refunds reviewed late, in Málaga"), book.note("A late café", title="Straße"))
    assert found("late") == ["A late café", "Refunds reviewed late, in Málaga"]
    assert found("REFUND late") == ["Refunds reviewed late, in Málaga"]
    assert found("malaga") == ["Refunds reviewed late, in Málaga"]
    assert found("strasse") == ["A late café"]
    assert found("la") == []
    assert found("efunds") == []
    assert found("!? ---") == []


def test_what_a_hostile_question_means_is_its_words(book: OpenedLedger, size: str) -> None:
    assert size
    book.append(book.note("plain words"))
    for hostile in (
        'plain" OR "x',
        "plain' | 'x",
        "plain*) (",
        "NEAR(plain x)",
        ":s0",
        "plain & !words",
        "%",
        "\\",
    ):
        assert found(hostile) in ([], ["plain words"]), hostile


def test_only_what_may_be_read_is_found(book: OpenedLedger, size: str) -> None:
    assert size
    private = book.note("shared word, private note", audience=Audience.PRIVATE)
    case = book.note("shared word, case", audience=Audience.CASE)
    other = book.note("shared word, of Jonas", subject=book.jonas)
    sbi = book.note("shared word, feedback", kind=Kind.SBI)
    book.append(private, case, other, sbi, book.note("shared word, note"))
    mine = frozenset({book.mira})
    assert found("shared", Clause(audience="shared", subjects=mine)) == [
        "shared word, note",
        "shared word, feedback",
    ]
    assert found("shared", Clause(audience="shared", subjects=mine, kinds=frozenset({"sbi"}))) == [
        "shared word, feedback"
    ]
    assert found("shared", Clause(audience="private", author=book.jonas)) == ["shared word, private note"]
    assert found("shared", Clause(audience="private", author=book.mira)) == []
    assert found("shared", Clause(audience="shared", kinds=frozenset({"profile"}))) == []


def test_pages_go_on_behind_an_entry_and_kinds_narrow(book: OpenedLedger, size: str) -> None:
    assert size
    receipts = book.append(*[book.note(f"page {number}") for number in range(5)])
    assert found("page", most=2) == ["page 4", "page 3"]
    assert found("page", most=2, after=receipts[3].hash) == ["page 2", "page 1"]
    assert found("page", after="0" * 64) == []
    assert found("page", kinds=(Kind.ARTIFACT,)) == []


def test_documents_and_all_else_come_apart_each_the_latest_first(book: OpenedLedger, size: str) -> None:
    assert size
    documents = [
        book.note(f"plan {number}", kind=Kind.ARTIFACT, amounts={"artifact": f"plan {number}", "type": "rfc"})
        for number in range(3)
    ]
    book.append(
        *[each for number in range(3) for each in (documents[number], book.note(f"plan note {number}"))]
    )
    take_in()
    parts = [Part(most=2, but=(Kind.ARTIFACT,)), Part(most=5, kinds=(Kind.ARTIFACT,)), Part(most=4)]
    rest, only, both = (
        [entry.text for entry in each]
        for each in find(asked_for("plan"), reach=reach(EVERYTHING), parts=parts)
    )
    assert rest == ["plan note 2", "plan note 1"]
    assert only == ["plan 2", "plan 1", "plan 0"]
    assert both == ["plan note 2", "plan 2", "plan note 1", "plan 1"]


def test_a_reader_of_many_is_answered_like_a_reader_of_few(book: OpenedLedger, size: str) -> None:
    """Longer lists of people are handed over in another way."""
    assert size
    book.append(book.note("shared word"), book.note("shared word, of Jonas", subject=book.jonas))
    many = frozenset({f"nobody {number}" for number in range(50)})
    mine = Clause(audience="shared", subjects=many | {book.mira})
    assert found("shared", mine) == ["shared word"]
    assert found("shared", Clause(audience="shared", but=many | {book.mira})) == ["shared word, of Jonas"]


def test_the_index_follows_the_ledger_and_equals_one_made_anew(book: OpenedLedger) -> None:
    book.append(book.note("first"))
    assert found("first") == ["first"]
    book.append(book.note("second first"))
    assert found("first") == ["second first", "first"]
    assert verify().faults == ()
    rebuild()
    assert found("first") == ["second first", "first"]
    assert verify().faults == ()


def test_a_part_is_taken_in_at_a_time(book: OpenedLedger) -> None:
    book.append(*[book.note(f"part {number}") for number in range(9)])
    assert take_in(most=4) is False
    assert verify().faults == ()
    assert take_in(most=4) is False
    assert take_in(most=4) is True
    assert len(found("part")) == 9


@pytest.mark.parametrize("change", ["missing", "added", "other"])
def test_verify_names_an_index_that_was_changed(book: OpenedLedger, change: str) -> None:
    (receipt,) = book.append(book.note("honest words"))
    take_in()
    lite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM search_entry WHERE entry = %s", [receipt.hash])
        number = cursor.fetchone()[0]
        if change == "missing":
            cursor.execute("DELETE FROM search_entry")
        elif lite:
            row = number if change == "other" else number + 1
            cursor.execute("INSERT INTO search_words (rowid, words) VALUES (%s, 'forged')", [row])
        elif change == "other":
            cursor.execute("UPDATE search_entry SET words = array_to_tsvector(ARRAY['forged'])")
        else:
            cursor.execute(
                "INSERT INTO search_entry VALUES (%s, 'f', 's', array_to_tsvector(ARRAY['forged']))",
                [number + 1],
            )
    assert {fault.table for fault in verify().faults} == {"search_entry"}
    rebuild()
    assert verify().faults == ()


def test_nothing_of_a_redacted_word_stays_in_the_index(book: OpenedLedger, size: str) -> None:
    assert size
    (receipt,) = book.append(book.note(f"{CANARY} was named", title="Kept"))
    book.append(*[book.note(f"another {number}") for number in range(20)])
    assert found(CANARY) == [f"{CANARY} was named"]
    amounts = {"fields": ["text"], "basis": "request", "approved_by": book.mira}
    book.append(book.note("", kind=Kind.REDACTION, ref=receipt.hash, amounts=amounts))
    assert found(CANARY) == []
    assert found("kept") == ["Kept"]
    assert verify().faults == ()
    for file in database_files(book):
        assert CANARY.encode() not in file.read_bytes(), file


def database_files(book: OpenedLedger) -> list[Path]:
    """The files that hold the index, and on SQLite everything."""
    if connection.vendor == "sqlite":
        return [path for path in book.home.folder.iterdir() if path.is_file()]
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory'), pg_relation_filepath(c.oid) FROM pg_class c "
            "WHERE c.relname IN ('search_entry', 'search_words', 'search_word')"
        )
        return [Path(folder) / path for folder, path in cursor.fetchall()]


def test_a_backup_leaves_the_index_out(book: OpenedLedger) -> None:
    from datumline.store.tables import table_names  # noqa: PLC0415 - needs Django set up

    book.append(book.note("kept"))
    take_in()
    assert not [name for name in table_names() if name.startswith("search_")]
