"""What the interviewer asks next: what is worth most, never twice, never naming what it is after."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from datumline.domain.interview.marks import Answer, Marks
from datumline.domain.policy.blueprint import Blueprint


class About(StrEnum):
    """What a question is after."""

    QUESTION = "question"
    ITEM = "item"
    MISTAKE = "mistake"
    NO_FIGURE = "no-figure"
    HALF_ANSWER = "half-answer"
    DODGE = "dodge"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A question; `of` is the item, the mistake or the phase that it is about, where there is one."""

    about: About
    of: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where a round stands.

    Attributes:
        marks: those of everything said so far.
        last: the last answer, None before the first.
        asked: everything that the interviewer has said.
        phases: where to look for what is uncovered, the nearest first.
        unfigured: whether the last answer claims a change without a figure.
        half: from which confidence an uncovered item counts as begun.
    """

    marks: Marks
    last: Answer | None
    asked: Collection[str]
    phases: Sequence[Collection[str]]
    unfigured: bool
    half: float


class Prober:
    """Chooses probes of one blueprint; `worth` has the points that each item can earn."""

    def __init__(self, blueprint: Blueprint, worth: Mapping[str, float]) -> None:
        self._blueprint, self._worth = blueprint, worth

    def next(self, now: Situation) -> Probe:
        """The probe that is worth most; one of the closing questions when nothing is left to ask for."""
        found = (
            self._of_mistake(now)
            or self._of_dodge(now)
            or self._of_item(now)
            or (self._follow_up(About.NO_FIGURE, None, now) if now.unfigured else None)
            or self._follow_up(About.CLOSING, None, now)
        )
        return found or Probe(about=About.CLOSING, of=None, text=self._blueprint.follow_ups["closing"][-1])

    def left(self, now: Situation) -> bool:
        """Whether anything in the nearest phases is still uncovered and was not asked for."""
        return self._of_mistake(now) is not None or self._of_item(now, near_only=True) is not None

    def _of_mistake(self, now: Situation) -> Probe | None:
        """About a mistake that the last answer made, unless it was asked about before."""
        for made in now.marks.mistakes:
            wordings = self._blueprint.mistakes[made.id].probes
            if (
                now.last
                and made.quote.turn == now.last.turn
                and not any(one in now.asked for one in wordings)
            ):
                return self._unasked(About.MISTAKE, made.id, wordings, now)
        return None

    def _of_dodge(self, now: Situation) -> Probe | None:
        """After an answer in which nothing was heard at all; once in a round."""
        if now.last is None or any(one in now.asked for one in self._blueprint.follow_ups["dodge"]):
            return None
        known = self._blueprint.items.keys() | self._blueprint.mistakes.keys()
        heard = max(
            (sure for one in now.last.heard for name, sure in one.sure.items() if name in known), default=0
        )
        return None if heard >= now.half else self._follow_up(About.DODGE, None, now)

    def _of_item(self, now: Situation, *, near_only: bool = False) -> Probe | None:
        for phases in now.phases[:1] if near_only else now.phases:
            left = [
                (self._worth[item.id] * (1 - now.marks.items[item.id].confidence), -place, item)
                for place, item in enumerate(self._blueprint.items.values())
                if item.phase in phases
                and not now.marks.items[item.id].covered
                and not now.marks.items[item.id].late
            ]
            for _, _, item in sorted(left, reverse=True, key=lambda one: one[:2]):
                asked = sum(one in now.asked for one in item.probes)
                begun = now.marks.items[item.id].confidence >= now.half
                if asked == 1 and begun:
                    probe = self._follow_up(About.HALF_ANSWER, item.id, now)
                elif asked == 0:
                    probe = self._unasked(About.ITEM, item.id, item.probes, now)
                else:
                    continue
                if probe is not None:
                    return probe
        return None

    def _follow_up(self, about: About, of: str | None, now: Situation) -> Probe | None:
        return self._unasked(about, of, self._blueprint.follow_ups[about.value], now)

    def _unasked(self, about: About, of: str | None, wordings: Sequence[str], now: Situation) -> Probe | None:
        """A wording that nobody has heard in this round; which one depends on how much was asked."""
        free = [one for one in wordings if one not in now.asked]
        return Probe(about=about, of=of, text=free[len(now.asked) % len(free)]) if free else None
