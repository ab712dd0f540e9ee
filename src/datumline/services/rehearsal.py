"""Rehearsed interviews: a transcript scored, and what the interviewer would ask next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from datumline.domain.interview.example_listener import ExampleListener
from datumline.domain.interview.hearing import Listener, TrainedListener
from datumline.domain.interview.marks import Answer, Marker, Marks, Quote, Thresholds
from datumline.domain.interview.phases import Spent, time_spent
from datumline.domain.interview.probes import Probe, Prober, Situation
from datumline.domain.interview.questions import Questions
from datumline.domain.interview.score import Score, Scorer
from datumline.domain.interview.transcript import Speaker, Turn, turns_from
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.readable import require_readable
from datumline.domain.policy.blueprint import Blueprint
from datumline.domain.policy.pack import Policy
from datumline.domain.problem import Problem
from datumline.pack_files import load
from datumline.pack_files.language import load_lexicon

Document = dict[str, Any]
DEFAULT = "em-performance"
MOST_WORDS = 20_000  # of all answers together: about ten seconds on one core
HEADS = {"em-performance": "interview"}
"""Each trained reader that a blueprint can name, and its head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A round as far as it has come: what was heard, marked and earned."""

    answers: Sequence[Answer]
    marks: Marks
    score: Score


class Rehearsal:
    """The simulator with one blueprint, by one pack, on one day."""

    def __init__(self, policy: Policy, lexicon: Lexicon, blueprint: Blueprint, on: date) -> None:
        self.policy, self.blueprint = policy, blueprint
        self.points = {
            name: one.points.on(policy.parameters, on) for name, one in blueprint.dimensions.items()
        }
        self.ends = {name: 60 * one.ends.on(policy.parameters, on) for name, one in blueprint.phases.items()}
        self.seconds = 60 * blueprint.minutes.on(policy.parameters, on)
        self._lexicon = lexicon
        numbers = {name: float(value) for name, value in lexicon.table("interview_thresholds").items()}
        self._least_asked = numbers.pop("asked")
        self._thresholds = Thresholds(**numbers)
        self._marker = Marker(blueprint, self._thresholds)
        self._scorer = Scorer(blueprint, self.points)
        self.possible = self._scorer.possible()
        self._prober = Prober(blueprint, self.possible)

    @cached_property
    def _listener(self) -> Listener:
        from datumline.embedding.encoder import load_encoder  # noqa: PLC0415 - a first question needs no model
        from datumline.embedding.trained import load_head  # noqa: PLC0415 - as above

        if self.blueprint.reader is None:
            return ExampleListener(self._lexicon, load_encoder(), self.blueprint)
        return TrainedListener(self._lexicon, load_encoder(), load_head(HEADS[self.blueprint.reader]))

    @cached_property
    def _questions(self) -> Questions:
        from datumline.embedding.encoder import load_encoder  # noqa: PLC0415 - as above

        return Questions(self.blueprint, load_encoder(), self._least_asked)

    def judge(self, turns: Sequence[Turn]) -> Judged:
        """What these turns have covered and earned."""
        answers = self._answers(turns)
        marks = self._marker.mark(answers)
        return Judged(answers=answers, marks=marks, score=self._scorer.score(marks, answers))

    def next(self, judged: Judged, turns: Sequence[Turn], phase: str | None = None) -> Probe:
        """What to ask next; within `phase` first, where one is given."""
        return self._prober.next(self.situation(judged, turns, phase))

    def more_in(self, judged: Judged, turns: Sequence[Turn], phase: str) -> bool:
        """Whether there is something left to ask in a phase."""
        return self._prober.left(self.situation(judged, turns, phase))

    def situation(self, judged: Judged, turns: Sequence[Turn], phase: str | None) -> Situation:
        """Where the round stands."""
        said = [turn.text for turn in turns if turn.speaker is Speaker.CANDIDATE]
        near = [[phase]] if phase else [list(self.blueprint.phases)]
        return Situation(
            marks=judged.marks,
            last=judged.answers[-1] if judged.answers else None,
            asked=[turn.text for turn in turns if turn.speaker is Speaker.INTERVIEWER],
            phases=near,
            unfigured=bool(said) and self._unfigured(said[-1]),
            half=self._thresholds.half,
        )

    def _unfigured(self, text: str) -> bool:
        claimed = self._lexicon.search("interview_claims").search(text) is not None
        return claimed and not any(character.isdigit() for character in text)

    def _answers(self, turns: Sequence[Turn]) -> tuple[Answer, ...]:
        found: list[Answer] = []
        asked: list[str] = []
        for place, turn in enumerate(turns):
            if turn.speaker is Speaker.INTERVIEWER:
                asked.append(turn.text)
            elif turn.text.strip():
                phase = self._questions.phase_of(asked) if asked else None
                found.append(Answer(turn=place, asked=phase, heard=self._listener.hear(turn.text)))
        return tuple(found)

    def spent(self, judged: Judged, turns: Sequence[Turn]) -> tuple[Spent, ...]:
        """The time that each phase took."""
        return time_spent(self.blueprint, turns, judged.answers)

    def require_english(self, turns: Sequence[Turn], where: str) -> None:
        """Raises Problem when what the candidate said cannot be judged."""
        said = "\n".join(turn.text for turn in turns if turn.speaker is Speaker.CANDIDATE)
        require_readable(said, where, self._lexicon, most_words=MOST_WORDS)

    def document(self, turns: Sequence[Turn]) -> Document:
        """The score of a transcript as the contract shows it."""
        judged = self.judge(turns)
        probe = self.next(judged, turns)
        score = judged.score
        return {
            "blueprint": self.blueprint.id,
            "total": score.total,
            "dimensions": dict(score.dimensions),
            "items": {
                name: {
                    "covered": mark.covered,
                    "confidence": mark.confidence,
                    "quotes": [quoted(quote, turns) for quote in mark.quotes],
                    "points": score.items[name],
                    "of": score.possible[name],
                    "late": mark.late,
                }
                for name, mark in judged.marks.items.items()
            },
            "mistakes": [
                {"id": mark.id, **quoted(mark.quote, turns), "confidence": mark.confidence}
                for mark in sorted(
                    judged.marks.mistakes, key=lambda one: (one.quote.turn, one.quote.span, one.id)
                )
            ],
            "phases": [{"id": one.phase, "seconds": one.seconds} for one in self.spent(judged, turns)],
            "next": probe.text,
            "next_about": {"kind": probe.about.value, "id": probe.of},
        }


def quoted(quote: Quote, turns: Sequence[Turn]) -> Document:
    """A quote as the contract shows it: the turn's place in the list, and the words in its text."""
    return {"turn": quote.turn, **quote.span.document(turns[quote.turn].text)}


def score_transcript(given: Any, where: str, pack: Path | None, on: date) -> Document:
    """`rehearse score` of a transcript as JSON. Raises Problem for one that cannot be scored."""
    if not isinstance(given, Mapping):
        raise Problem("no object", where=where, expected='{"blueprint", "turns"}')
    name = given.get("blueprint", DEFAULT)
    if not isinstance(name, str):
        raise Problem("'blueprint' is no text", where=f"{where} /blueprint", expected="a blueprint's id")
    turns = turns_from(given.get("turns"), where)
    engine = rehearsal(name, pack, on)
    engine.require_english(turns, where)
    return engine.document(turns)


@cache
def rehearsal(name: str, pack: Path | None, on: date) -> Rehearsal:
    """The simulator with a blueprint of a pack, None for the shipped one; made once per process."""
    policy = load(pack)
    return Rehearsal(policy, load_lexicon(pack), policy.blueprint(name), on)
