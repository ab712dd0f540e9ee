"""The product's own answers and rounds to train and test the rehearsals on, as `training/` holds them.

`training/interview` has single answers, `training/interview-rounds` whole rounds; how each is written stands
in the README beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from datumline.services.bench.language_samples import files_of

ITEMS = {
    "vp": "validate-pattern",
    "lc": "look-for-context",
    "sp": "separate-problem-types",
    "ni": "name-impact",
    "bf": "behaviour-feedback",
    "ce": "concrete-expectations",
    "sa": "support-actions",
    "rw": "review-window",
    "ip": "invite-perspective",
    "wd": "what-to-document",
    "ht": "hr-triggers",
    "ts": "temporary-safeguards",
    "tt": "team-trust",
    "po": "plausible-outcomes",
    "co": "consistency-over-time",
    "hc": "hard-call",
}
MISTAKES = {
    "cb": "conversation-before-diagnosis",
    "ew": "empathy-without-accountability",
    "va": "vague",
    "wl": "waiting-too-long",
    "pu": "punitive-before-diagnosis",
    "hw": "hr-without-trigger",
    "aw": "another-few-weeks",
}
LABELS = {**ITEMS, **MISTAKES, "tk": "talks"}
GRADES = ("strong", "good", "mixed", "weak")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAnswer:
    """An answer with what it covers, and the items that it only comes near to."""

    author: str
    labels: frozenset[str]
    near: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSentence:
    """A sentence of a round; `late` has the items that it covers too late to count."""

    labels: frozenset[str]
    late: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTurn:
    """A question with the phase that it belongs to, and the answer sentence by sentence."""

    phase: str
    question: str
    sentences: tuple[SampleSentence, ...]

    @property
    def text(self) -> str:
        """The answer as it is said."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRound:
    """A whole round with its grade: one of `GRADES`, `stuffing` or `off-topic`."""

    author: str
    grade: str
    turns: tuple[SampleTurn, ...]

    @property
    def items(self) -> frozenset[str]:
        """What it covers in time."""
        known = frozenset(ITEMS.values())
        return frozenset(
            label
            for turn in self.turns
            for one in turn.sentences
            for label in (one.labels - one.late) & known
        )

    @property
    def mistakes(self) -> frozenset[str]:
        """What goes wrong in it: each kind once, where its own turn does not put it right."""
        known = frozenset(MISTAKES.values())
        return frozenset(
            label for turn in self.turns for one in turn.sentences for label in one.labels & known
        )

    def transcript(self) -> dict[str, object]:
        """As `rehearse score` reads it."""
        turns: list[dict[str, str]] = []
        for turn in self.turns:
            turns += [
                {"speaker": "interviewer", "text": turn.question},
                {"speaker": "candidate", "text": turn.text},
            ]
        return {"blueprint": "em-performance", "turns": turns}


def answers(split: str) -> Iterator[SampleAnswer]:
    """The single answers of a split."""
    for path in files_of("interview", split):
        for line in path.read_text(encoding="utf-8").splitlines():
            marks, bar, text = line.partition(" | ")
            if bar:
                codes = marks.split()
                yield SampleAnswer(
                    author=path.stem,
                    labels=_named(codes),
                    near=_named([code[1:] for code in codes if code.startswith("~")]),
                    text=text,
                )


def rounds(split: str) -> Iterator[SampleRound]:
    """The rounds of a split."""
    for path in files_of("interview-rounds", split):
        for block in re.split(r"^= ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            grade, *lines = block.strip().split("\n")
            yield SampleRound(author=path.stem, grade=grade, turns=tuple(_turns(lines)))


def _turns(lines: list[str]) -> Iterator[SampleTurn]:
    phase, question, said = "", "", list[SampleSentence]()
    for line in lines:
        marks, _, text = line.partition(" | ")
        if not marks.startswith("? "):
            codes = marks.split()
            late = _named([code[:-1] for code in codes if code.endswith("!")])
            said.append(SampleSentence(labels=_named(codes) | late, late=late, text=text))
            continue
        if said:
            yield SampleTurn(phase=phase, question=question, sentences=tuple(said))
        phase, question, said = marks.removeprefix("? "), text, []
    yield SampleTurn(phase=phase, question=question, sentences=tuple(said))


def _named(codes: list[str]) -> frozenset[str]:
    return frozenset(LABELS[code] for code in codes if code in LABELS)
