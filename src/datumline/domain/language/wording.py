"""Wording faults: sentences that judge, soften, blur or oversell, with the words that do it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from datumline.domain.language.finding import Finding, Part, Rule
from datumline.domain.language.note import Judged, Note
from datumline.domain.language.spans import Span

LABELS = {
    "im": Rule.INFERRED_MOTIVE,
    "ps": Rule.PERSONALITY,
    "sl": Rule.SOFT_LANGUAGE,
    "va": Rule.VAGUE,
    "hi": Rule.HOURS_AS_IMPACT,
    "pe": Rule.POTENTIAL_AS_EVIDENCE,
    "os": Rule.OVERSELLING,
    "bw": Rule.BIASED_WORDING,
}
RIVALS = (("im", "ps"), ("pe", "os"), ("bw", "ps"), ("hi", "os"))  # of two the surer, unless both are sure
SURE = 0.9


def wording_findings(note: Note, thresholds: Mapping[str, float]) -> Iterator[Finding]:
    """The wording faults of a note, sentence by sentence."""
    for judged in note.sentences:
        for label in faults(judged, thresholds):
            rule = LABELS[label]
            yield Finding(
                rule=rule, part=_part(judged), span=_words(judged, rule), confidence=judged.sure[label]
            )


def faults(judged: Judged, thresholds: Mapping[str, float]) -> list[str]:
    """The labels of the rules that a sentence breaks."""
    sure = judged.sure
    found = [
        label
        for label, rule in LABELS.items()
        if sure[label] >= (thresholds["hit"] if judged.marked.hit(rule.value) else thresholds[label])
    ]
    if "va" in found and sure["A"] > max(sure["B"], sure["I"]):
        found.remove("va")  # a vague ask is an ask that cannot be checked
    if "im" in found and sure["A"] > max(sure["B"], sure["I"]):
        found.remove("im")  # what somebody is told to ask or to try is nobody's motive
    for one, other in RIVALS:
        if one in found and other in found and min(sure[one], sure[other]) < SURE:
            found.remove(one if sure[one] < sure[other] else other)
    return found


def _part(judged: Judged) -> Part | None:
    letters = {"S": Part.SITUATION, "B": Part.BEHAVIOUR, "I": Part.IMPACT, "A": Part.ASK, "C": Part.COMMIT}
    best = max(("B", "I", "A", "C", "S"), key=lambda letter: judged.sure[letter])
    return letters[best] if judged.sure[best] >= 0.5 else None  # noqa: PLR2004 - more likely than not


def _words(judged: Judged, rule: Rule) -> Span:
    """The words that show it: the phrase of the pack's list, or the whole sentence where its meaning does."""
    return next(iter(judged.marked.hits[rule.value]), judged.span)
