"""One's own rounds: kept after every word, found by nobody else, ended by the clock, deleted at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from datumline.domain.people.access import Actor
from datumline.domain.problem import Problem
from datumline.services.bench import interview_samples as samples
from datumline.services.context import Context
from datumline.services.rehearsal_rounds import (
    answer_round,
    begin_round,
    delete_round,
    end_round,
    my_rounds,
    open_round,
    pause_round,
    report_of,
    resume_round,
    skip_phase,
    time_left,
)
from support.offices import Office

STRONG = next(
    one for one in samples.rounds("test") if (one.author, one.grade) == ("structured-assistant", "strong")
)


class Watch:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 30, 20, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The instant now."""
        return self.now

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def own(office: Office, watch: Watch) -> Context:
    return replace(office.context, clock=watch)


def test_a_whole_round_goes_through_its_phases_and_is_scored(own: Context, watch: Watch) -> None:
    going = begin_round(own, before=4)
    asked = [going.round.question]
    phases = list(going.engine.blueprint.phases)
    for turn, phase in zip(STRONG.turns, phases, strict=True):
        assert going.round.phase == phase
        watch.wait(300)
        going = answer_round(own, going.id, turn.text)
        asked.append(going.round.question)
    assert going.over
    assert going.score is not None
    assert going.score["total"] > 90
    assert len(set(asked[:-1])) == len(asked) - 1
    assert open_round(own, going.id) == going


def test_what_is_uncovered_is_asked_for_and_never_twice(own: Context, watch: Watch) -> None:
    going = begin_round(own)
    questions: list[str] = []
    while going.round.phase == "diagnosis":
        questions.append(going.round.question)
        watch.wait(60)
        going = answer_round(own, going.id, "Let me think about the team for a moment, please.")
    assert 3 <= len(questions) == len(set(questions))


def test_a_phase_ends_softly_when_its_time_is_up(own: Context, watch: Watch) -> None:
    going = begin_round(own)
    watch.wait(9 * 60)
    assert time_left(own, going).phase == -60
    assert answer_round(own, going.id, STRONG.turns[1].text).round.phase == "plan"


def test_a_pause_stops_the_clock_in_practice_and_is_refused_in_an_exam(own: Context, watch: Watch) -> None:
    going = begin_round(own)
    pause_round(own, going.id)
    watch.wait(3600)
    with pytest.raises(Problem, match="paused"):
        answer_round(own, going.id, "I would look at the tickets.")
    assert time_left(own, resume_round(own, going.id)).whole == 30 * 60
    exam = begin_round(own, exam=True)
    with pytest.raises(Problem, match="no pause"):
        pause_round(own, exam.id)


def test_a_round_is_its_owners_alone_and_gone_at_once(own: Context) -> None:
    going = begin_round(own)
    other = replace(own, actor=Actor(person="somebody", duties=frozenset(), operator=False))
    assert my_rounds(other) == []
    for act in (open_round, delete_round):
        with pytest.raises(Problem, match="no such round"):
            act(other, going.id)
    delete_round(own, going.id)
    assert my_rounds(own) == []


def test_an_ended_round_says_what_to_practise_and_takes_no_more_words(own: Context) -> None:
    going = begin_round(own)
    going = answer_round(own, going.id, "If things don't improve after a few weeks, I'd get HR involved.")
    going = end_round(own, going.id, after=2)
    report = report_of(going)
    assert report.practise is not None
    assert report.practise.id in [item.id for item in going.engine.blueprint.of_phase("diagnosis")]
    assert "hr-without-trigger" in [move.id for move in report.stronger]
    assert going.after == 2
    with pytest.raises(Problem, match="over"):
        answer_round(own, going.id, "One more thing.")


def test_a_round_without_a_word_ends_without_a_score(own: Context) -> None:
    going = begin_round(own)
    for _ in going.engine.blueprint.phases:
        going = skip_phase(own, going.id)
    assert going.over
    assert going.score is None
