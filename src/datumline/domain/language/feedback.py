"""The check of a feedback note: which parts are missing or weak, and which words fail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from datumline.domain.language.finding import Finding, Part, Rule
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.note import Judged, Note
from datumline.domain.language.parts import Parts, parts_of
from datumline.domain.language.spans import Span
from datumline.domain.language.wording import wording_findings

MISSING = {
    Part.SITUATION: Rule.MISSING_SITUATION,
    Part.BEHAVIOUR: Rule.MISSING_BEHAVIOUR,
    Part.IMPACT: Rule.MISSING_IMPACT,
    Part.ASK: Rule.MISSING_ASK,
    Part.COMMIT: Rule.MISSING_COMMIT,
}
ORDER = list(Rule)
# What else may be said of praise that cushions: that it cushions is enough.
PRAISING = frozenset({Rule.OVERSELLING, Rule.POTENTIAL_AS_EVIDENCE, Rule.VAGUE})


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackCheck:
    """What the check says of a note. `commit_date` is the checkpoint, None when none is dated."""

    parts: Mapping[Part, Sequence[Span]]
    commit_date: date | None
    findings: Sequence[Finding]


class FeedbackRules:
    """The rules of the check, with the words and thresholds of one pack."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.thresholds = {name: float(value) for name, value in lexicon.table("note_thresholds").items()}
        self._generic = frozenset(lexicon.words("generic_occasions"))
        nouns = lexicon.search("event_nouns").pattern
        self._named = re.compile(
            rf"\b(?:the|our|your|my|their|this|that|a|an|[a-z]+'s)\s+((?:[\w-]+\s+){{1,4}}?)(?={nouns})",
            re.IGNORECASE,
        )

    def check(self, note: Note) -> FeedbackCheck:
        """Parts, checkpoint and findings, in the order of the note; what is missing comes last."""
        parts = parts_of(note, self.thresholds)
        findings = [*self._weak(parts), *self._sandwich(note, parts)]
        praise = [finding.span for finding in findings if finding.rule is Rule.SANDWICH]
        findings += [
            finding
            for finding in wording_findings(note, self.thresholds)
            if finding.rule not in PRAISING
            or not any(finding.span and span and finding.span.overlaps(span) for span in praise)
        ]
        findings += [Finding(rule=rule, part=part) for part, rule in MISSING.items() if not parts.has(part)]
        findings.sort(key=lambda f: (f.span is None, f.span.start if f.span else 0, ORDER.index(f.rule)))
        return FeedbackCheck(
            parts={part: parts.spans(part) for part in Part}, commit_date=parts.commit_date, findings=findings
        )

    def _weak(self, parts: Parts) -> Iterator[Finding]:
        """Parts that are there and do their job badly."""
        situations = parts.sentences[Part.SITUATION]
        vague = situations and _only_vaguely(situations[0])
        if situations and (
            vague or not any(map(self._dated, [*situations, *parts.sentences[Part.BEHAVIOUR]]))
        ):
            span = parts.spans(Part.SITUATION)[0]
            yield Finding(
                rule=Rule.UNDATED_SITUATION,
                part=Part.SITUATION,
                span=span,
                confidence=situations[0].sure["S"],
            )
        asks = parts.sentences[Part.ASK]
        if asks and all(map(self._uncheckable, asks)):
            first = asks[0]
            yield Finding(
                rule=Rule.UNCHECKABLE_ASK, part=Part.ASK, span=first.span, confidence=first.sure["ua"]
            )
        commits = parts.sentences[Part.COMMIT]
        if commits and parts.commit_date is None and not any(_some_day(judged) for judged in commits):
            first = commits[0]
            yield Finding(
                rule=Rule.UNDATED_COMMIT, part=Part.COMMIT, span=first.span, confidence=first.sure["C"]
            )

    def _uncheckable(self, judged: Judged) -> bool:
        said = judged.marked.hit(Rule.UNCHECKABLE_ASK.value)
        return judged.sure["ua"] >= self.thresholds["hit" if said else "ua"]

    def _dated(self, judged: Judged) -> bool:
        """Whether a sentence names a day that lies behind, or an occasion that can be told from others."""
        marked = judged.marked
        if marked.back or marked.hit("occasion"):
            return True
        if marked.hit("vague_times"):
            return False
        return self._names_occasion(marked.sentence.text)

    def _names_occasion(self, text: str) -> bool:
        for match in self._named.finditer(text):
            words = [word.lower() for word in match.group(1).split()]
            if any(word not in self._generic for word in words):
                return True
        return (
            re.search(
                r"(?<=[a-z,] )(?:Project |Operation )?[A-Z][\w-]+ (?:\w+ )?(?:launch|release|incident|outage|migration|meeting|review|call|demo|deal|pitch|workshop|audit|summit|roll-?out|cutover)\b",
                text,
            )
            is not None
        )

    def _sandwich(self, note: Note, parts: Parts) -> Iterator[Finding]:
        """Praise that cushions: in a critical note, before the message or between it and the commit."""
        commits = parts.sentences[Part.COMMIT]
        end = commits[-1].span.start if commits else len(note.text)
        cushions = [
            judged
            for judged in note.sentences
            if _cushions(judged, self.thresholds["P"]) and judged.span.start < end
        ]
        if not cushions or not self._critical(note, cushions):
            return
        for judged in cushions:
            yield Finding(rule=Rule.SANDWICH, span=judged.span, confidence=judged.sure["P"])

    def _critical(self, note: Note, cushions: Sequence[Judged]) -> bool:
        """Whether the note, its praise set aside, says what went wrong."""
        rest = [
            j
            for j in note.sentences
            if j not in cushions and max(j.sure["B"], j.sure["I"]) >= self.thresholds["B"]
        ]
        if not rest:
            return any(judged.sure["A"] >= self.thresholds["A"] for judged in note.sentences)
        return sum(judged.sure["pos"] for judged in rest) / len(rest) < self.thresholds["pos"]


def _cushions(judged: Judged, threshold: float) -> bool:
    sure = judged.sure
    return sure["P"] >= threshold and sure["P"] >= max(
        sure[label] for label in ("I", "A", "C", "im", "ps", "bw")
    )


def _only_vaguely(judged: Judged) -> bool:
    """Whether a situation is told by a word such as `sometimes` and by nothing more exact."""
    marked = judged.marked
    return marked.hit("vague_times") and not marked.back and not marked.hit("occasion")


def _some_day(judged: Judged) -> bool:
    """Whether a commit names a day that cannot be worked out, such as 3/4: dated all the same."""
    return any(
        day.on is None and any(c.isdigit() for c in day.span.of(judged.marked.sentence.text))
        for day in judged.marked.ahead
    )
