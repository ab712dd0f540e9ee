"""The language checks as documents: one text in, one document out, by the words of a pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from datumline.domain.language.claims import Claims
from datumline.domain.language.coverage import Coverage, items_from
from datumline.domain.language.disclosure import Disclosures, case_from
from datumline.domain.language.feedback import FeedbackRules
from datumline.domain.language.finding import Part
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.mirror import Mirror
from datumline.domain.language.note import NoteReader
from datumline.domain.language.principles import Principles
from datumline.domain.language.readable import require_readable
from datumline.domain.language.wording import wording_findings
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import Phrasebook
from datumline.domain.problem import Problem
from datumline.domain.stories.check import StoryRules
from datumline.domain.stories.elements import Element
from datumline.domain.stories.telling import StoryReader
from datumline.pack_files import load
from datumline.pack_files.language import load_lexicon

Document = dict[str, Any]
MOST_WORDS = 120_000  # of a text that only rules read: about a second on one core
MOST_MEANT = 20_000  # of a text whose every sentence is encoded: about ten seconds on one core
ANY_DAY = date(2000, 1, 1)  # wording is judged without a day
MOST_NOTE = 6_000  # a feedback note is a page; twenty pages are none


@dataclass(frozen=True)
class Language:
    """The language engine with one pack's words; each part is made when it is first asked for."""

    pack: Path | None = None

    @cached_property
    def lexicon(self) -> Lexicon:
        """The pack's lists."""
        return load_lexicon(self.pack)

    @cached_property
    def policy(self) -> Policy:
        """The whole pack."""
        return load(self.pack)

    @property
    def phrases(self) -> Phrasebook:
        """The pack's sentences."""
        return self.policy.phrases

    @cached_property
    def _claims(self) -> Claims:
        return Claims(self.lexicon)

    @cached_property
    def _reader(self) -> NoteReader:
        from datumline.embedding.encoder import load_encoder  # noqa: PLC0415 - rules alone start without it
        from datumline.embedding.remembered import Remembered  # noqa: PLC0415 - as above
        from datumline.embedding.trained import load_head  # noqa: PLC0415 - as above

        return NoteReader(self.lexicon, Remembered(load_encoder()), load_head("note"))

    @cached_property
    def _coverage(self) -> Coverage:
        from datumline.embedding.encoder import load_encoder  # noqa: PLC0415 - as above
        from datumline.embedding.trained import load_head  # noqa: PLC0415 - as above

        return Coverage(self.lexicon, load_encoder(), load_head("coverage-close"), load_head("coverage-free"))

    @cached_property
    def _disclosures(self) -> Disclosures:
        from datumline.embedding.encoder import load_encoder  # noqa: PLC0415 - as above

        return Disclosures(self.lexicon, load_encoder())

    @cached_property
    def _principles(self) -> Principles:
        from datumline.embedding.encoder import load_encoder  # noqa: PLC0415 - as above
        from datumline.embedding.trained import load_head  # noqa: PLC0415 - as above

        return Principles(self.lexicon, load_encoder(), load_head("principles"))

    @cached_property
    def _stories(self) -> StoryRules:
        from datumline.embedding.encoder import load_encoder  # noqa: PLC0415 - as above
        from datumline.embedding.trained import load_head  # noqa: PLC0415 - as above

        reader = StoryReader(self.lexicon, load_encoder(), load_head("story"), load_head("story-order"))
        return StoryRules(self.lexicon, reader, load_head("story-elements"))

    @cached_property
    def _mirror(self) -> Mirror:
        from datumline.embedding.encoder import load_encoder  # noqa: PLC0415 - as above

        return Mirror(self.lexicon, load_encoder())

    @cached_property
    def _rules(self) -> FeedbackRules:
        return FeedbackRules(self.lexicon)

    def claims(self, text: str, where: str) -> Document:
        """`check claims`. Raises Problem for a text that cannot be judged."""
        require_readable(text, where, self.lexicon, most_words=MOST_WORDS)
        return {"claims": [claim.document(text) for claim in self._claims.find(text)]}

    def feedback(self, text: str, where: str, on: date) -> Document:
        """`check feedback` of a note that was written on the day `on`. Raises Problem as above."""
        require_readable(text, where, self.lexicon, most_words=MOST_NOTE)
        check = self._rules.check(self._reader.read(text, on))
        return {
            "parts": {part.value: [span.document(text) for span in check.parts[part]] for part in Part},
            "commit_date": None if check.commit_date is None else check.commit_date.isoformat(),
            "clean": not check.findings,
            "findings": [finding.document(text, self.phrases) for finding in check.findings],
        }

    def wording(self, text: str, where: str) -> Document:
        """`check wording`: the rules of the feedback check that concern wording. Raises Problem as above."""
        require_readable(text, where, self.lexicon, most_words=MOST_MEANT)
        note = self._reader.read(text, ANY_DAY)
        found = wording_findings(note, self._rules.thresholds)
        return {"findings": [finding.document(text, self.phrases) for finding in found]}

    def coverage(self, text: str, where: str, items: Any) -> Document:
        """`check coverage` of a list of items as JSON. Raises Problem for a fault in either."""
        listed = items_from(items, "items")
        require_readable(text, where, self.lexicon, most_words=MOST_MEANT)
        return {
            "items": {
                name: {
                    "covered": one.covered,
                    "confidence": one.confidence,
                    "quotes": [span.document(text) for span in one.spans],
                }
                for name, one in self._coverage.find(text, listed).items()
            }
        }

    def disclosure(self, text: str, where: str, case: Any) -> Document:
        """`check disclosure` of a message against a case as JSON. Raises Problem for a fault in either."""
        confidential = case_from(case, "case")
        require_readable(text, where, self.lexicon, most_words=MOST_NOTE)
        found = self._disclosures.find(text, confidential)
        return {
            "discloses": bool(found),
            "findings": [
                {
                    **one.span.document(text),
                    "why": self.phrases.say("disclosure.fact.why", fact=one.fact)
                    if one.fact is not None
                    else self.phrases.say("disclosure.matter.why"),
                }
                for one in found
            ],
        }

    def story(self, text: str, where: str, on: date) -> Document:
        """`check story`, by the shares that the policy asks for on the day `on`. Raises Problem as above."""
        require_readable(text, where, self.lexicon, most_words=MOST_NOTE)
        check = self._stories.check(text, self.policy, on)
        return {
            "manner": check.manner.value,
            "sentences": [
                {**one.span.document(text), "part": one.part.value, "confidence": one.confidence}
                for one in check.told
            ],
            "shares": {part.value: float(share) for part, share in check.shares.items()},
            "target": {part.value: _plain(share) for part, share in check.target.items()},
            "elements": {
                part.value: {name: _element(one, text) for name, one in found.items()}
                for part, found in check.elements.items()
            },
            "findings": [finding.document(text, self.phrases) for finding in check.findings],
            "claims": [claim.document(text) for claim in check.claims],
        }

    def mirror(self, rubric: str, rubric_where: str, jd: str, jd_where: str) -> Document:
        """`check mirror` of a rubric and a job description. Raises Problem as above."""
        require_readable(rubric, rubric_where, self.lexicon, most_words=MOST_NOTE)
        require_readable(jd, jd_where, self.lexicon, most_words=MOST_NOTE)
        found = self._mirror.compare(rubric, jd)
        return {
            "only_rubric": list(found.only_rubric),
            "only_jd": list(found.only_jd),
            "near": [
                {"rubric": one.rubric, "jd": one.jd, "similarity": one.similarity} for one in found.near
            ],
            "shared": list(found.shared),
        }

    def principles(self, text: str, where: str) -> Document:
        """`map principles`. Raises Problem for a text that cannot be judged."""
        require_readable(text, where, self.lexicon, most_words=MOST_MEANT)
        return {
            "principles": [
                {
                    "id": one.id,
                    "confidence": one.confidence,
                    "quotes": [span.document(text) for span in one.spans],
                }
                for one in self._principles.find(text)
            ]
        }


def _element(one: Element, text: str) -> Document:
    quotes = [span.document(text) for span in one.spans]
    return {"told": one.told, "confidence": one.confidence, "quotes": quotes}


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


@cache
def language(pack: Path | None = None) -> Language:
    """The engine with the words of the pack in `pack`, None for the shipped one; made once per process."""
    return Language(pack)


def text_of(given: Mapping[str, Any], where: str) -> str:
    """The text of an input object. Raises Problem when there is none."""
    text = given.get("text")
    if not isinstance(text, str):
        raise Problem("no 'text'", where=where, expected="an object with a text under 'text'")
    return text
