"""A fault that a language check found: which rule, in which part, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from datumline.domain.language.spans import Span
from datumline.domain.policy.phrasebook import Phrasebook


class Part(StrEnum):
    """The five parts of a feedback note."""

    SITUATION = "situation"
    BEHAVIOUR = "behaviour"
    IMPACT = "impact"
    ASK = "ask"
    COMMIT = "commit"


class Rule(StrEnum):
    """Everything that a note can be faulted for."""

    MISSING_SITUATION = "missing-situation"
    UNDATED_SITUATION = "undated-situation"
    MISSING_BEHAVIOUR = "missing-behaviour"
    INFERRED_MOTIVE = "inferred-motive"
    MISSING_IMPACT = "missing-impact"
    MISSING_ASK = "missing-ask"
    UNCHECKABLE_ASK = "uncheckable-ask"
    MISSING_COMMIT = "missing-commit"
    UNDATED_COMMIT = "undated-commit"
    SANDWICH = "sandwich"
    SOFT_LANGUAGE = "soft-language"
    VAGUE = "vague"
    HOURS_AS_IMPACT = "hours-as-impact"
    POTENTIAL_AS_EVIDENCE = "potential-as-evidence"
    OVERSELLING = "overselling"
    PERSONALITY = "personality"
    BIASED_WORDING = "biased-wording"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault. `span` is None for what is missing; `confidence` lies between 0 and 1."""

    rule: Rule
    part: Part | None = None
    span: Span | None = None
    confidence: float = 1.0

    def document(self, text: str, phrases: Phrasebook) -> dict[str, object]:
        """The finding as the contract writes it, with the pack's words for why and how to mend it."""
        nowhere = {"start": None, "end": None, "quote": None}
        return {
            "rule": self.rule.value,
            "part": None if self.part is None else self.part.value,
            **(nowhere if self.span is None else self.span.document(text)),
            "why": phrases.say(f"finding.{self.rule.value}.why"),
            "mend": phrases.say(f"finding.{self.rule.value}.mend"),
            "confidence": self.confidence,
        }
