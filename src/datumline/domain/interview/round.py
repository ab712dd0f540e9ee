"""A round as it goes on: who said what and when, which phase it is in, how much time is left.

The clock is an argument: instants are seconds on any clock that only goes forward. A pause does not count. A
phase ends softly: when its time is up, the answer that is being given is still heard, and the next question
belongs to the next phase.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from datumline.domain.interview.probes import Probe
from datumline.domain.interview.transcript import Speaker, Turn
from datumline.domain.problem import Problem

SHORT = 75.0  # seconds left in a phase that are too few for another probe and its answer


class Mode(StrEnum):
    """Practice may pause; an exam may not."""

    PRACTICE = "practice"
    EXAM = "exam"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The phases in order with the second at which each ends; `whole` is when the round does."""

    ends: Mapping[str, float]
    whole: float

    def phase_at(self, seconds: float) -> str:
        """The phase that the clock is in; the last one when the time is over."""
        return next((phase for phase, end in self.ends.items() if seconds < end), list(self.ends)[-1])

    def after(self, phase: str) -> str | None:
        """The phase that follows, None after the last."""
        names = list(self.ends)
        place = names.index(phase) + 1
        return names[place] if place < len(names) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round up to now.

    Attributes:
        began: when it began; `paused` the seconds that do not count, `paused_at` since when it is paused.
        phase: the phase whose questions are asked.
        finished: when it ended, None while it goes on.
    """

    blueprint: str
    mode: Mode
    began: float
    phase: str
    turns: tuple[Turn, ...]
    paused: float = 0.0
    paused_at: float | None = None
    finished: float | None = None

    def seconds(self, now: float) -> float:
        """How much of it has passed."""
        until = self.finished or self.paused_at or now
        return max(0.0, until - self.began - self.paused)

    @property
    def answers(self) -> int:
        """How many answers were given."""
        return sum(turn.speaker is Speaker.CANDIDATE for turn in self.turns)

    @property
    def question(self) -> str:
        """What was asked last."""
        return next(turn.text for turn in reversed(self.turns) if turn.speaker is Speaker.INTERVIEWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """Seconds that are left, in all and in the phase; below 0 when it runs over."""

    whole: float
    phase: float


def begin(blueprint: str, clock: Clock, question: str, *, mode: Mode, now: float) -> Round:
    """A round whose first question has just been asked."""
    first = Turn(speaker=Speaker.INTERVIEWER, text=question, at=0.0)
    return Round(blueprint=blueprint, mode=mode, began=now, phase=next(iter(clock.ends)), turns=(first,))


def remaining(this: Round, clock: Clock, now: float) -> Remaining:
    """The time that is left."""
    passed = this.seconds(now)
    return Remaining(whole=clock.whole - passed, phase=clock.ends[this.phase] - passed)


def answer(this: Round, text: str, now: float) -> Round:
    """The round with an answer. Raises Problem when it is over or paused, or when nothing was said."""
    _require_going(this)
    if this.paused_at is not None:
        raise Problem("the round is paused", expected="going on first")
    if not text.strip():
        raise Problem("an empty answer", expected="some words, or the next question")
    said = Turn(speaker=Speaker.CANDIDATE, text=text.strip(), at=round(this.seconds(now), 1))
    return replace(this, turns=(*this.turns, said))


def phase_next(this: Round, clock: Clock, now: float, *, more: bool) -> str | None:
    """The phase of the next question: this one while it has time and something to ask; None at the end.

    A phase without anything left to ask gives its time to the next.
    """
    left = remaining(this, clock, now)
    if left.whole <= 0:
        return None
    if more and left.phase > SHORT:
        return this.phase
    return clock.after(this.phase)


def ask(this: Round, probe: Probe, phase: str, now: float) -> Round:
    """The round with a question of the interviewer."""
    _require_going(this)
    said = Turn(speaker=Speaker.INTERVIEWER, text=probe.text, at=round(this.seconds(now), 1))
    return replace(this, turns=(*this.turns, said), phase=phase)


def pause(this: Round, now: float) -> Round:
    """The round with its clock stopped. Raises Problem in an exam, or when it is over."""
    _require_going(this)
    if this.mode is Mode.EXAM:
        raise Problem("an exam has no pause", expected="going on, or ending it")
    return this if this.paused_at is not None else replace(this, paused_at=now)


def resume(this: Round, now: float) -> Round:
    """The round with its clock going again."""
    if this.paused_at is None:
        return this
    return replace(this, paused=this.paused + max(0.0, now - this.paused_at), paused_at=None)


def finish(this: Round, now: float) -> Round:
    """The round, over."""
    return this if this.finished is not None else replace(resume(this, now), finished=now)


def first_question(questions: Sequence[str], rounds_before: int) -> str:
    """Another way to ask each time."""
    return questions[rounds_before % len(questions)]


def _require_going(this: Round) -> None:
    if this.finished is not None:
        raise Problem("the round is over", expected="its report, or a new round")
