"""How well stories are read: the parts of unseen tellers, parts that were left out, and the findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any

from datumline.domain.language.spans import Span
from datumline.services.bench import language_samples as own
from datumline.services.bench.language_samples import LabelledStory
from datumline.services.language import Language

DAY = date(2026, 6, 30)
OTHER = "other"
RULES = ("missing-part", "we-without-i", "result-without-figure")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFigures:
    """What was measured. `parts` are (expected, found) per sentence, `left_out` whether each was named."""

    texts: int
    sentences: int
    seconds: float
    parts: list[tuple[str, str, float]]
    left_out: list[bool]
    rules: dict[str, list[tuple[bool, bool]]]

    @property
    def extra(self) -> dict[str, float]:
        """The figures that only stories have."""
        return {
            "macro F1 of the four parts": self.macro,
            "missing part found": sum(self.left_out) / max(1, len(self.left_out)),
            **{f"{rule} F1": _f1(pairs) for rule, pairs in self.rules.items()},
        }

    @property
    def macro(self) -> float:
        """The mean F1 over the four parts."""
        names = own.STORY_PARTS.values()
        each = [_f1([(want == name, have == name) for want, have, _ in self.parts]) for name in names]
        return sum(each) / len(each)


def story_figures(engine: Language) -> StoryFigures:
    """Measured on the test stories, and on the same with each part left out in turn."""
    told = list(own.stories("test"))
    started = perf_counter()
    checks = [engine.story(story.text, "test", DAY) for story in told]
    spent = perf_counter() - started
    pairs = list(zip(told, checks, strict=True))
    shorter = [one for story in told for one in _shortened(story)]
    short_checks = [engine.story(story.text, "test", DAY) for story, _ in shorter]
    wholes = [(story, check) for story, check in pairs if story.manner == "story"]
    return StoryFigures(
        texts=len(told),
        sentences=sum(len(check["sentences"]) for check in checks),
        seconds=spent,
        parts=[part for story, check in pairs for part in _parts(story, check)],
        left_out=[part in _missing(check) for (_, part), check in zip(shorter, short_checks, strict=True)],
        rules={
            rule: [(rule in story.faults, rule in _rules(check)) for story, check in wholes] for rule in RULES
        },
    )


def _parts(story: LabelledStory, check: Mapping[str, Any]) -> Iterator[tuple[str, str, float]]:
    known = set(own.STORY_PARTS.values())
    for sentence in check["sentences"]:
        label = story.label_of(Span(start=sentence["start"], end=sentence["end"]))
        yield (label if label in known else OTHER), sentence["part"], sentence["confidence"]


def _shortened(story: LabelledStory) -> Iterator[tuple[LabelledStory, str]]:
    """A whole story without each of its parts in turn, and the part."""
    letters = {label: letter for letter, label in own.STORY_LABELS.items()}
    if story.missing:
        return
    for part in own.STORY_PARTS.values():
        kept = [(letters[label], span.of(story.text)) for span, label in story.lines if label != part]
        yield own.story_of(story.author, [story.manner], kept), part


def _missing(check: Mapping[str, Any]) -> set[str]:
    return {one["part"] for one in check["findings"] if one["rule"] == "missing-part"}


def _rules(check: Mapping[str, Any]) -> set[str]:
    return {one["rule"] for one in check["findings"]}


def _f1(pairs: Iterable[tuple[bool, bool]]) -> float:
    every: Sequence[tuple[bool, bool]] = list(pairs)
    right = sum(want and have for want, have in every)
    return 2 * right / max(1, sum(want for want, _ in every) + sum(have for _, have in every))
