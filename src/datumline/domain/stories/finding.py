"""What a story can be faulted for, and one fault with its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from datumline.domain.language.spans import Span
from datumline.domain.policy.phrasebook import Phrasebook
from datumline.domain.stories.part import StoryPart

Figures = dict[str, str | Decimal]


class StoryRule(StrEnum):
    """Everything that a story can be faulted for."""

    NOT_A_STORY = "not-a-story"
    MISSING_PART = "missing-part"
    SHARE_OFF = "share-off"
    WE_WITHOUT_I = "we-without-i"
    RESULT_WITHOUT_FIGURE = "result-without-figure"
    CLAIM_DOES_NOT_FOLLOW = "claim-does-not-follow"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFinding:
    """One fault. `span` is None for what is missing; `figures` fill the sentence that says why."""

    rule: StoryRule
    part: StoryPart | None = None
    span: Span | None = None
    figures: Figures = field(default_factory=dict)

    def document(self, text: str, phrases: Phrasebook) -> dict[str, object]:
        """The finding as the contract writes it, with the pack's words for why and how to mend it."""
        nowhere = {"start": None, "end": None, "quote": None}
        return {
            "rule": self.rule.value,
            "part": None if self.part is None else self.part.value,
            **(nowhere if self.span is None else self.span.document(text)),
            "why": phrases.say(f"story.{self.rule.value}.why", **self.figures),
            "mend": phrases.say(f"story.{self.rule.value}.mend"),
        }
