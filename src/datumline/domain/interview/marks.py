"""What a round has covered so far, with the words, and what went wrong in it. Order counts.

Framing that is said after acting has begun is heard, but does not count as covered: `late`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from datumline.domain.interview.hearing import Heard
from datumline.domain.language.head import PLACES
from datumline.domain.language.spans import Span
from datumline.domain.policy.blueprint import Blueprint, Mistake

MOST_QUOTES = 3
ACTS = 2  # different things done make it sure that somebody acts
Place = tuple[int, int]
"""A turn's number and a code point in it: what comes earlier in a round is the smaller place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which confidence on something counts; from the pack's `interview_thresholds`.

    Attributes:
        covered: an item.
        acting: something that begins to act.
        half: an item that was begun: not covered, worth a follow-up.
        mistake: a mistake.
    """

    covered: float
    acting: float
    half: float
    mistake: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the candidate: the number of the turn in the transcript, and where in its text."""

    turn: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMark:
    """Whether an item is covered, how sure that is, in which words, and whether it came too late to count."""

    covered: bool
    confidence: float
    quotes: tuple[Quote, ...]
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeMark:
    """A mistake with the words that make it."""

    id: str
    quote: Quote
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """All of it. `began_acting` says that acting came before any framing."""

    items: Mapping[str, ItemMark]
    mistakes: tuple[MistakeMark, ...]
    began_acting: bool

    def covered(self, item: str) -> bool:
        """Whether an item counts."""
        return self.items[item].covered

    def covered_in(self, turn: int) -> tuple[str, ...]:
        """The items that a turn's words cover."""
        return tuple(
            name
            for name, mark in self.items.items()
            if mark.covered and any(quote.turn == turn for quote in mark.quotes)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A candidate's turn as it was heard; `asked` is the phase that it was asked about, None when unclear."""

    turn: int
    asked: str | None
    heard: Sequence[Heard]


class Marker:
    """Marks rounds by one blueprint."""

    def __init__(self, blueprint: Blueprint, thresholds: Thresholds) -> None:
        self._blueprint, self._at = blueprint, thresholds
        self._framing = {item.id for item in blueprint.items.values() if item.phase == blueprint.framing}

    def mark(self, answers: Sequence[Answer]) -> Marks:
        """The marks of these answers, in the order in which they were given."""
        found = {item: self._item(item, answers) for item in self._blueprint.items}
        began = self._began_acting(answers, found)
        if began is not None:
            found = {
                name: _late(mark) if name in self._framing and mark.covered and _first(mark) > began else mark
                for name, mark in found.items()
            }
        return Marks(
            items=found, mistakes=tuple(self._mistakes(answers, found)), began_acting=began is not None
        )

    def _item(self, item: str, answers: Sequence[Answer]) -> ItemMark:
        every = [(one.sure.get(item, 0.0), answer.turn, one) for answer in answers for one in answer.heard]
        best = max((sure for sure, *_ in every), default=0.0)
        if best < self._at.covered:
            return ItemMark(covered=False, confidence=best, quotes=())
        good = [one for one in every if one[0] >= self._at.covered]
        return ItemMark(covered=True, confidence=best, quotes=_quotes(good))

    def _began_acting(self, answers: Sequence[Answer], items: Mapping[str, ItemMark]) -> Place | None:
        """Where acting begins with no framing before it; None when framing came first, or nothing acts.

        One sentence that is taken for an act proves little: acting has begun where two different things are
        done, or with a mistake of those that are only made before framing.
        """
        if not self._framing or not any(
            answer.asked in {None, self._blueprint.framing} for answer in answers
        ):
            return None
        framed = min((_first(items[name]) for name in self._framing if items[name].covered), default=None)
        done: set[str] = set()
        for answer in answers:
            for one in answer.heard:
                place = (answer.turn, one.span.start)
                if one.sentences > 1 or (framed is not None and framed <= place):
                    continue
                done |= self._acts(one)
                if len(done) >= ACTS or any(name in self._blueprint.mistakes for name in done):
                    return place
        return None

    def _acts(self, one: Heard) -> set[str]:
        """What a sentence does: items of later phases, and what must not come before framing."""
        if max((one.sure.get(name, 0.0) for name in self._framing), default=0.0) >= self._at.half:
            return set()
        rash = {mistake.id for mistake in self._blueprint.mistakes.values() if mistake.before_framing}
        acting = (self._blueprint.items.keys() - self._framing) | rash
        return {name for name in acting if one.sure.get(name, 0.0) >= self._at.acting}

    def _items(self, one: Heard) -> set[str]:
        return one.sure.keys() & self._blueprint.items.keys()

    def _mistakes(self, answers: Sequence[Answer], items: Mapping[str, ItemMark]) -> Iterator[MistakeMark]:
        for mistake in self._blueprint.mistakes.values():
            found = [mark for answer in answers for mark in self._made(mistake, answer, items)]
            if found:
                yield max(found, key=lambda mark: mark.confidence)

    def _made(self, mistake: Mistake, answer: Answer, items: Mapping[str, ItemMark]) -> Iterator[MistakeMark]:
        if any(quote.turn == answer.turn for item in mistake.cleared_by for quote in items[item].quotes):
            return
        if mistake.phases and answer.asked not in {None, *mistake.phases}:
            return
        framed = min((_first(items[n]) for n in self._framing if items[n].covered), default=None)
        for one in answer.heard:
            sure = one.sure.get(mistake.id, 0.0)
            if one.sentences > 1 or max(map(one.sure.__getitem__, self._items(one)), default=0.0) >= sure:
                continue  # what covers something more surely than it errs is no mistake
            late = mistake.before_framing and framed is not None and framed <= (answer.turn, one.span.start)
            if sure >= self._at.mistake and not late:
                yield MistakeMark(
                    id=mistake.id,
                    quote=Quote(turn=answer.turn, span=one.span),
                    confidence=round(sure, PLACES),
                )


def _quotes(good: Sequence[tuple[float, int, Heard]]) -> tuple[Quote, ...]:
    """The surest stretches in the order of the round, single sentences before pairs, none twice."""
    taken: list[Quote] = []
    for _, turn, one in sorted(good, key=lambda each: (each[2].sentences, -each[0])):
        if len(taken) < MOST_QUOTES and not any(
            turn == other.turn and one.span.overlaps(other.span) for other in taken
        ):
            taken.append(Quote(turn=turn, span=one.span))
    return tuple(sorted(taken, key=lambda quote: (quote.turn, quote.span)))


def _first(mark: ItemMark) -> Place:
    return min((quote.turn, quote.span.start) for quote in mark.quotes)


def _late(mark: ItemMark) -> ItemMark:
    return ItemMark(covered=False, confidence=mark.confidence, quotes=mark.quotes, late=True)
