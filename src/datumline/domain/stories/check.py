"""Is it a story, is it whole, does it say who did it and what came of it, and do its figures hold?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from datumline.domain.language.claim import Claim
from datumline.domain.language.claims import Claims
from datumline.domain.language.head import Head
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.spans import Span
from datumline.domain.policy.pack import Policy
from datumline.domain.stories.elements import Element, elements
from datumline.domain.stories.finding import StoryFinding, StoryRule
from datumline.domain.stories.part import TOLD, Manner, StoryPart
from datumline.domain.stories.shares import Shares, off, shares, target
from datumline.domain.stories.telling import StoryReader, Told

TOLERANCE = "star.tolerance"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCheck:
    """A story with all that was found: sentences, shares beside the target, manner, claims."""

    text: str
    told: tuple[Told, ...]
    shares: Shares
    target: Shares
    manner: Manner
    claims: tuple[Claim, ...]
    elements: Mapping[StoryPart, Mapping[str, Element]]
    findings: tuple[StoryFinding, ...]


class StoryRules:
    """Checks stories with one pack's words, a reader and a head for the elements."""

    def __init__(self, lexicon: Lexicon, reader: StoryReader, elements_head: Head) -> None:
        self._reader, self._claims, self._elements = reader, Claims(lexicon), elements_head
        numbers = lexicon.table("story_numbers")
        self._general, self._element = float(numbers["general_share"]), float(numbers["element"])
        self._would, self._self = lexicon.search("story_would"), lexicon.search("story_self")
        self._many = lexicon.search("story_many")
        self._i, self._we = lexicon.search("story_i"), lexicon.search("story_we")
        self._not_acts = lexicon.search("story_not_acts")

    def check(self, text: str, policy: Policy, on: date) -> StoryCheck:
        """The story as judged by the policy of a day."""
        told = self._reader.read(text)
        claims = self._claims.find(text)
        manner, found = self._manner(told), shares(told)
        wanted = target(policy, on)
        findings = [
            *_not_a_story(manner, told),
            *_missing(told),
            *self._we_without_i(told),
            *_without_figure(told),
            *_wrong_claims(claims),
            *_share_off(found, wanted, off(found, wanted, policy.number(TOLERANCE, on))),
        ]
        return StoryCheck(
            text=text,
            told=told,
            shares=found,
            target=wanted,
            manner=manner,
            claims=claims,
            elements=elements(told, self._elements, self._element),
            findings=tuple(findings),
        )

    def _manner(self, told: Sequence[Told]) -> Manner:
        """A story tells of one event that happened; everything else is some other sort of answer."""
        general = [one for one in told if one.general]
        words = sum(one.words for one in told)
        if not words or sum(one.words for one in general) < self._general * words:
            return Manner.STORY
        text = [one.text for one in general]
        counts = {
            Manner.PSEUDO_STORY: sum(self._would.search(one) is not None for one in text),
            Manner.SELF_DESCRIPTION: sum(self._self.search(one) is not None for one in text),
            Manner.EXEMPLIFICATION: sum(self._many.search(one) is not None for one in text),
        }
        best = max(counts, key=lambda manner: counts[manner])
        return best if 2 * counts[best] >= len(text) else Manner.OPINION

    def _we_without_i(self, told: Sequence[Told]) -> Iterator[StoryFinding]:
        """What was done is told with `we`, and nowhere with `I`."""
        acts = [one for one in told if one.part is StoryPart.ACTION]
        if any(self._acts(one) for one in acts):
            return
        first = next((one for one in acts if self._we.search(one.text) is not None), None)
        if first is not None:
            yield StoryFinding(rule=StoryRule.WE_WITHOUT_I, part=StoryPart.ACTION, span=first.span)

    def _acts(self, one: Told) -> bool:
        """Whether the teller acts in a sentence themselves; an asked-for `I think` is no act."""
        if one.marked.sentence.bullet and one.marked.row["i_did"] and not one.marked.row["we"]:
            return True
        return self._i.search(self._not_acts.sub(" ", one.text)) is not None


def _missing(told: Sequence[Told]) -> Iterator[StoryFinding]:
    for part in TOLD:
        if not any(one.part is part for one in told):
            yield StoryFinding(rule=StoryRule.MISSING_PART, part=part, figures={"part": part.value})


def _not_a_story(manner: Manner, told: Sequence[Told]) -> Iterator[StoryFinding]:
    if manner is not Manner.STORY:
        general = [one.span for one in told if one.general]
        yield StoryFinding(
            rule=StoryRule.NOT_A_STORY, span=_together(general), figures={"manner": manner.value}
        )


def _together(spans: Sequence[Span]) -> Span:
    return Span(start=spans[0].start, end=spans[0].end)


def _without_figure(told: Sequence[Told]) -> Iterator[StoryFinding]:
    results = [one for one in told if one.part is StoryPart.RESULT]
    if results and not any(one.marked.figures for one in results):
        span = results[0].span
        yield StoryFinding(rule=StoryRule.RESULT_WITHOUT_FIGURE, part=StoryPart.RESULT, span=span)


def _wrong_claims(claims: Sequence[Claim]) -> Iterator[StoryFinding]:
    for claim in claims:
        if claim.agrees is False and claim.stated is not None:
            computed = f"{claim.percent} %" if claim.percent is not None else ""
            points = f"{claim.points} points" if claim.points is not None else ""
            shown = " or ".join(part for part in (computed, points) if part)
            yield StoryFinding(
                rule=StoryRule.CLAIM_DOES_NOT_FOLLOW,
                span=claim.span,
                figures={"stated": claim.stated.value, "computed": shown},
            )


def _share_off(found: Shares, wanted: Shares, parts: Sequence[StoryPart]) -> Iterator[StoryFinding]:
    for part in parts:
        yield StoryFinding(
            rule=StoryRule.SHARE_OFF,
            part=part,
            figures={"part": part.value, "share": found[part], "target": wanted[part]},
        )
