"""Which parts does a note have, in which words, and on which day is its checkpoint?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from datumline.domain.language.finding import Part
from datumline.domain.language.note import Judged, Note
from datumline.domain.language.segmentation import clauses
from datumline.domain.language.spans import Span
from datumline.domain.language.wording import faults

EVEN = 0.5
_AT = re.compile(
    r"\b(?:in|during|at|on|after|before|for|from|since|over|while|when|throughout)\b(?:\s+[^\s,;]+){0,5}\s*$",
    re.IGNORECASE,
)
LETTERS = {Part.SITUATION: "S", Part.BEHAVIOUR: "B", Part.IMPACT: "I", Part.ASK: "A", Part.COMMIT: "C"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The sentences that do each part's job, best first in the order of the note, and the checkpoint."""

    sentences: Mapping[Part, Sequence[Judged]]
    commit_date: date | None

    def has(self, part: Part) -> bool:
        """Whether some words do the part's job, even badly."""
        return bool(self.sentences[part])

    def spans(self, part: Part) -> list[Span]:
        """The words that do it; a situation is the clause with its day or occasion."""
        if part is Part.SITUATION:
            return [_situation(judged) for judged in self.sentences[part]]
        both = {id(judged) for judged in self.sentences[Part.SITUATION]}
        return [
            _behind(judged) if part is Part.BEHAVIOUR and id(judged) in both else judged.span
            for judged in self.sentences[part]
        ]


def parts_of(note: Note, thresholds: Mapping[str, float]) -> Parts:
    """The parts, each sentence taken for what it does with enough confidence, or for what its place makes likely."""
    found = {part: [j for j in note.sentences if _does(j, part, thresholds)] for part in Part}
    for part, fits in ((Part.BEHAVIOUR, _tells_of_person), (Part.IMPACT, _follows), (Part.ASK, _asks)):
        if not found[part]:
            found[part] = [
                j for j in note.sentences if j.sure[LETTERS[part]] >= thresholds["placed"] and fits(j, found)
            ]
    return Parts(sentences=found, commit_date=_checkpoint(note, found[Part.COMMIT]))


def _does(judged: Judged, part: Part, thresholds: Mapping[str, float]) -> bool:
    """Whether a sentence does a part's job: surely, or likelier than any other."""
    sure, letter = judged.sure, LETTERS[part]
    if judged.marked.headed is not None:
        return judged.marked.headed == part.value
    enough = sure[letter] >= thresholds[letter] or (
        sure[letter] >= thresholds["likely"] and sure[letter] >= max(sure[other] for other in "SBIACP")
    )
    if part is Part.COMMIT:
        return enough and (sure["C"] >= sure["A"] or judged.marked.hit("commit_markers"))
    if part is Part.SITUATION:
        return enough and not _looks_ahead(judged) and (_placed(judged) or sure["S"] >= thresholds["alone"])
    if part is Part.BEHAVIOUR and not enough:  # said of the person, if badly
        return (
            bool(faults(judged, thresholds))
            and max(sure["I"], sure["A"], sure["C"], sure["P"]) < thresholds["B"]
        )
    return enough


Found = Mapping[Part, Sequence[Judged]]


def _tells_of_person(judged: Judged, found: Found) -> bool:
    """Whether a sentence that asks and commits nothing has the person as its subject."""
    return judged.marked.tells and judged not in (*found[Part.ASK], *found[Part.COMMIT])


def _follows(judged: Judged, found: Found) -> bool:
    """Whether a sentence comes behind the behaviour, of somebody or something else, and asks nothing."""
    behaviour = [*found[Part.BEHAVIOUR], *found[Part.SITUATION]]
    behind = bool(behaviour) and judged.span.start > behaviour[0].span.start
    told = judged.marked.tells and "you" in judged.marked.sentence.text.lower().split()[:12]
    return behind and not told and judged not in (*found[Part.ASK], *found[Part.COMMIT])


def _asks(judged: Judged, found: Found) -> bool:
    """Whether a sentence stands behind behaviour and impact and does neither's job surely."""
    before = [*found[Part.BEHAVIOUR], *found[Part.IMPACT]]
    behind = bool(before) and judged.span.start > before[-1].span.start
    return behind and judged not in found[Part.COMMIT]


def _placed(judged: Judged) -> bool:
    """Whether a sentence says when or where at all."""
    marked = judged.marked
    if marked.back or marked.hit("occasion") or marked.hit("vague_times"):
        return True
    text, start = marked.sentence.text, marked.sentence.start
    return any(_AT.search(text[: span.start - start]) is not None for span in marked.hits["event_nouns"])


def _looks_ahead(judged: Judged) -> bool:
    """Whether a sentence that names an occasion does so to ask or to commit."""
    sure = judged.sure
    return max(sure["A"], sure["C"]) > max(sure["S"], sure["B"])


def _checkpoint(note: Note, commits: Sequence[Judged]) -> date | None:
    """The first day ahead that a commit names; the surest commit first."""
    for judged in sorted(commits, key=lambda judged: -judged.sure["C"]):
        starts = [span.start - judged.span.start for span in judged.marked.hits["commit_markers"]]
        for day in sorted(
            judged.marked.ahead, key=lambda day: (day.span.start < min(starts, default=0), day.span.start)
        ):
            if day.on is not None and day.on >= note.on and not day.back:
                return day.on
    around = [n for n, judged in enumerate(note.sentences) if judged in commits]
    near = [
        note.sentences[n + step] for n in around for step in (-1, 1) if 0 <= n + step < len(note.sentences)
    ]
    days = (
        day
        for judged in near
        if judged.sure["A"] < judged.sure["C"] or judged.sure["A"] < EVEN
        for day in judged.marked.ahead
    )
    return next((day.on for day in days if day.on is not None and day.on > note.on and not day.back), None)


def _situation(judged: Judged) -> Span:
    """The first clauses up to the one with the day or the occasion."""
    marked = judged.marked
    places = [day.span for day in marked.back]
    starts = [marked.sentence.start + place.start for place in places]
    starts += [
        span.start for name in ("occasion", "vague_times", "event_nouns") for span in marked.hits[name]
    ]
    pieces = clauses(marked.sentence)
    for piece in pieces[:2]:
        if any(piece.holds(start) for start in starts) and len(pieces) > 1:
            return Span(start=judged.span.start, end=piece.end)
    return judged.span


def _behind(judged: Judged) -> Span:
    """What follows the situation in a sentence that holds both."""
    place = _situation(judged)
    later = [piece for piece in clauses(judged.marked.sentence) if piece.start >= place.end]
    return Span(start=later[0].start, end=judged.span.end) if later else judged.span
