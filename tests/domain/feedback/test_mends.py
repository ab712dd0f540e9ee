"""A mend is offered where it helps, changes one span, and never makes anything up."""

from __future__ import annotations

from datetime import date

import pytest

from datumline.domain.feedback.mends import Fault, Mend, mends_of
from datumline.domain.feedback.reading import runs
from datumline.domain.feedback.starting_points import SITUATIONS, blanks, starting_points
from datumline.domain.language.finding import Part, Rule
from datumline.domain.language.spans import Span
from datumline.pack_files import load

POLICY = load()
ON, CHECKPOINT = date(2026, 6, 30), date(2026, 7, 14)
TEXT = "On 3 June you merged it late. You are great. Sellers waited. We look at it at our 1:1."


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


PARTS = dict.fromkeys(Part, ()) | {
    Part.SITUATION: (span("On 3 June"),),
    Part.BEHAVIOUR: (span("you merged it late."),),
    Part.IMPACT: (span("Sellers waited."),),
    Part.COMMIT: (span("We look at it at our 1:1."),),
}


def offered(rule: Rule, words: str | None, text: str = TEXT) -> tuple[Mend, ...]:
    fault = Fault(rule=rule, span=span(words, text) if words else None)
    return mends_of(text, fault, PARTS, POLICY.phrases, checkpoint=CHECKPOINT)


def results(rule: Rule, words: str | None, text: str = TEXT) -> list[str]:
    return [mend.applied(text) for mend in offered(rule, words, text)]


def test_a_cushion_is_moved_behind_the_commit_or_taken_out() -> None:
    assert results(Rule.SANDWICH, "You are great.") == [
        "On 3 June you merged it late. Sellers waited. We look at it at our 1:1. You are great.",
        "On 3 June you merged it late. Sellers waited. We look at it at our 1:1.",
    ]


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Maybe you could warn us.", "Maybe", "You could warn us."),
        ("It was late, a bit. Say so.", "a bit", "It was late. Say so."),
        ("You could perhaps warn us.", "perhaps", "You could warn us."),
    ],
)
def test_soft_words_leave_no_gap(text: str, words: str, left: str) -> None:
    assert results(Rule.SOFT_LANGUAGE, words, text) == [left]


def test_an_undated_commit_gets_the_proposed_day_before_its_stop() -> None:
    (mended,) = results(Rule.UNDATED_COMMIT, "We look at it at our 1:1.")
    assert mended.endswith("We look at it at our 1:1 on 14 July 2026.")


def test_what_is_missing_comes_as_a_blank_where_it_belongs() -> None:
    (ask,) = results(Rule.MISSING_ASK, None)
    assert "Sellers waited. From now on, [do what" in ask
    (situation,) = results(Rule.MISSING_SITUATION, None)
    assert situation.startswith("On [day], in [meeting, review, sprint], On 3 June")
    (commit,) = results(Rule.MISSING_COMMIT, None)
    assert commit.endswith("our 1:1. At our 1:1 on 14 July 2026 we look at [what].")


def test_nothing_is_made_up() -> None:
    """Whatever a mend puts in is a blank, words of the note, or the proposed day."""
    for rule in Rule:
        for words in ("You are great.", "Sellers waited.", None):
            for mend in offered(rule, words):
                rest = mend.applied(TEXT)
                assert blanks(mend.put) or "14 July 2026" in mend.put or len(rest) <= len(TEXT) + 1


def test_the_note_reads_back_in_its_parts_with_its_faults() -> None:
    read = runs(TEXT, PARTS, [None, span("great")])
    assert [(run.parts, "".join(piece.text for piece in run.pieces)) for run in read] == [
        ((Part.SITUATION,), "On 3 June"),
        ((Part.BEHAVIOUR,), "you merged it late."),
        ((), " You are great. "),
        ((Part.IMPACT,), "Sellers waited."),
        ((Part.COMMIT,), "We look at it at our 1:1."),
    ]
    assert [(piece.text, piece.fault) for piece in read[2].pieces][1] == ("great", 1)


def test_every_starting_point_has_blanks_and_the_figures_of_the_policy() -> None:
    points = starting_points(POLICY, ON, checkpoint=CHECKPOINT)
    assert [point.id for point in points] == list(SITUATIONS)
    assert all(blanks(point.text) and "14 July 2026" in point.text for point in points)
    by_id = {point.id: point.text for point in points}
    assert "within 24 hours" in by_id["slow-reviews"]
    assert "within 48 hours" in by_id["unanswered-questions"]
    assert "70 %" in by_id["no-failure-modes"]
