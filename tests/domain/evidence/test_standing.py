"""What stands on a day, as known at a time; and that nothing written later can change it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import (
    acknowledgements,
    check_draft,
    check_verb,
    disputes,
    originals,
    standing,
)
from datumline.domain.period import AsOf
from datumline.domain.problem import Problem

DAY = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(seq: int, kind: Kind = Kind.OCCURRENCE, ref: int | None = None, *, occurred: int = 0) -> Entry:
    """The entry at a position, recorded that many days after the first; `ref` is a position too."""
    return Entry(
        id=f"{seq:064x}",
        stream="0" * 32,
        seq=seq,
        audience=Audience.SHARED,
        kind=kind,
        subject="mira",
        author="mira" if kind is Kind.DISPUTE else "jonas",
        occurred_on=DAY + timedelta(days=occurred),
        recorded_at=NOON + timedelta(days=seq),
        shared_at=None,
        ref=None if ref is None else f"{ref:064x}",
    )


def at(day: int, known: int) -> AsOf:
    return AsOf(as_of=DAY + timedelta(days=day), known_at=NOON + timedelta(days=known))


def seqs(found: tuple[Entry, ...]) -> list[int]:
    return [each.seq for each in found]


def test_a_correction_stands_for_what_it_corrects_once_it_is_known() -> None:
    entries = [entry(1), entry(2, ref=1), entry(3, ref=2)]
    assert [seqs(standing(entries, at(9, known))) for known in (0, 1, 2, 3)] == [[], [1], [2], [3]]
    assert {each.id: originals(entries)[each.id] for each in entries} == dict.fromkeys(
        (each.id for each in entries), entries[0].id
    )


def test_a_correction_may_move_the_day() -> None:
    entries = [entry(1, occurred=0), entry(2, ref=1, occurred=5)]
    assert seqs(standing(entries, at(3, 9))) == []
    assert seqs(standing(entries, at(5, 9))) == [2]


def test_a_retraction_takes_the_whole_line_of_corrections() -> None:
    entries = [entry(1), entry(2, ref=1), entry(3, Kind.RETRACTION, ref=1), entry(4)]
    assert seqs(standing(entries, at(9, 2))) == [2]
    assert seqs(standing(entries, at(9, 9))) == [4]


def test_a_dispute_travels_with_the_correction_until_it_is_withdrawn() -> None:
    entries = [entry(1), entry(2, Kind.DISPUTE, ref=1), entry(3, ref=1), entry(4, Kind.RETRACTION, ref=2)]
    assert {key[-1]: seqs(value) for key, value in disputes(entries, at(9, 3)).items()} == {"3": [2]}
    assert disputes(entries, at(9, 4)) == {}
    read = [entry(1), entry(2, Kind.ACKNOWLEDGEMENT, ref=1)]
    assert {key[-1]: seqs(value) for key, value in acknowledgements(read, at(9, 3)).items()} == {"1": [2]}


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Up to twelve entries of one stream, some naming an earlier one."""
    made: list[Entry] = []
    for seq in range(draw(st.integers(1, 12))):
        earlier = [each for each in made if each.kind is Kind.OCCURRENCE]
        kind = draw(st.sampled_from([Kind.OCCURRENCE, Kind.OCCURRENCE, Kind.RETRACTION, Kind.DISPUTE]))
        named = (
            draw(st.sampled_from(earlier)).seq
            if earlier and (kind is not Kind.OCCURRENCE or draw(st.booleans()))
            else None
        )
        if named is None:
            kind = Kind.OCCURRENCE
        made.append(entry(seq, kind, named, occurred=draw(st.integers(-5, 15))))
    return made


@given(histories(), st.integers(-6, 16), st.integers(-1, 12), st.integers(0, 12))
def test_the_past_is_not_changed_by_what_is_written_later(
    history: list[Entry], as_of: int, known: int, length: int
) -> None:
    moment = at(as_of, known)
    then = [each for each in history if each.seq <= max(known, length)]
    assert standing(then, moment) == standing(history, moment)
    assert disputes(then, moment) == disputes(history, moment)
    assert set(seqs(standing(history, moment))) <= {each.seq for each in history if each.seq <= known}


@given(histories(), st.randoms())
def test_the_order_in_which_entries_are_read_does_not_matter(history: list[Entry], chance: object) -> None:
    shuffled = list(history)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing(shuffled, at(20, 20)) == standing(history, at(20, 20))


def draft(kind: Kind = Kind.WRITTEN_NOTE, **more: object) -> Draft:
    said: dict[str, object] = {"kind": kind, "author": "jonas", "subject": "mira", "occurred_on": DAY}
    return Draft(**(said | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (draft(subject=None), "without a subject"),
        (draft(audience=Audience.ORGANISATION), "with a subject"),
        (draft(kind=Kind.STREAM_OPENED), "by hand"),
        (draft(occurred_on=DAY + timedelta(days=2)), "in the future"),
        (draft(kind=Kind.RETRACTION), "names no entry"),
    ],
)
def test_a_draft_that_no_stream_can_hold(wrong: Draft, says: str) -> None:
    with pytest.raises(Problem, match=says):
        check_draft(wrong, NOON)


def test_a_day_may_begin_in_the_last_zone_and_a_position_may_lie_ahead() -> None:
    check_draft(draft(occurred_on=DAY + timedelta(days=1)), NOON)
    check_draft(draft(kind=Kind.POSITION, occurred_on=DAY + timedelta(days=90)), NOON)


REDACT = {"fields": ["text"], "basis": "request", "approved_by": "hanna"}


@pytest.mark.parametrize(
    ("verb", "named", "says"),
    [
        (draft(), None, "in this stream"),
        (draft(kind=Kind.SBI), entry(1), "same kind"),
        (draft(kind=Kind.DISPUTE), entry(1), "somebody else"),
        (draft(kind=Kind.ACKNOWLEDGEMENT), entry(1), "somebody else"),
        (draft(kind=Kind.DISPUTE, author="mira"), entry(1, Kind.RETRACTION), "entry of evidence"),
        (draft(kind=Kind.RETRACTION), entry(1, Kind.RETRACTION), "retraction of a retraction"),
        (draft(kind=Kind.RETRACTION), entry(1, Kind.REDACTION), "retraction of a redaction"),
        (draft(kind=Kind.RETRACTION), entry(1, Kind.STREAM_OPENED), "retraction of a stream-opened"),
        (draft(kind=Kind.RETRACTION), entry(1, Kind.DISPUTE), "withdrawn by somebody else"),
        (draft(kind=Kind.REDACTION, amounts=REDACT | {"approved_by": "jonas"}), entry(1), "one person"),
        (draft(kind=Kind.REDACTION, amounts=REDACT | {"fields": ["subject"]}), entry(1), "fields other than"),
        (draft(kind=Kind.REDACTION, amounts=REDACT | {"fields": []}), entry(1), "of nothing"),
        (draft(kind=Kind.REDACTION, amounts=REDACT), entry(1, Kind.REDACTION), "redaction of a redaction"),
    ],
)
def test_a_verb_that_may_not_name_its_entry(verb: Draft, named: Entry | None, says: str) -> None:
    with pytest.raises(Problem, match=says):
        check_verb(verb, named)


def test_verbs_that_may() -> None:
    check_verb(draft(kind=Kind.OCCURRENCE), entry(1))
    check_verb(draft(kind=Kind.DISPUTE, author="mira"), entry(1))
    check_verb(draft(kind=Kind.RETRACTION), entry(1))
    check_verb(draft(kind=Kind.RETRACTION, author="mira"), entry(1, Kind.DISPUTE))
    check_verb(draft(kind=Kind.REDACTION, amounts=REDACT), entry(1))
