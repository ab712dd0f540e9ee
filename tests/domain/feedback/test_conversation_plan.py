"""A conversation plan says what it lacks, in the order in which it is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from datumline.domain.feedback.conversation_plan import ConversationPlan, missing, written
from datumline.pack_files import load

POLICY, ON = load(), date(2026, 6, 30)
WHOLE = ConversationPlan(
    observation="Two dates passed without a word.",
    expectations={"risk": "Told three days ahead."},
    support=("pairing",),
    until=date(2026, 7, 28),
    checkpoints=(date(2026, 7, 7), date(2026, 7, 21)),
    view="What do you see?",
    causes="Is anything behind this?",
)


def test_a_whole_plan_lacks_nothing_and_is_written_in_order() -> None:
    assert missing(WHOLE, POLICY, ON) == ()
    text = written(WHOLE, POLICY)
    places = [text.index(words) for words in ("Two dates", "Told three", "pairing", "28 July", "What do you")]
    assert places == sorted(places)


def test_an_empty_plan_lacks_every_step() -> None:
    assert missing(ConversationPlan(expectations={}), POLICY, ON) == (
        "observation",
        "expectations",
        "support",
        "window",
        "checkpoints",
        "view",
        "causes",
    )


def test_a_window_of_days_is_no_window_and_a_checkpoint_lies_inside() -> None:
    short = replace(WHOLE, until=date(2026, 7, 20))
    assert missing(short, POLICY, ON) == ("window-short", "checkpoint-late")
    assert missing(replace(WHOLE, until=date(2026, 7, 21)), POLICY, ON) == ()
