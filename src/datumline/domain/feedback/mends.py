"""How a fault of a note could be mended with one touch. Offered, never done unasked: the writer decides.

Each mend replaces one span of the text. What only the writer knows is put in as a blank in square brackets,
in words of the pack (`mend.RULE.text`), so that nothing is ever made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from datumline.domain.language.finding import Part, Rule
from datumline.domain.language.spans import Span
from datumline.domain.policy.phrasebook import Phrasebook

TAKEN_OUT = frozenset(
    {Rule.SANDWICH, Rule.SOFT_LANGUAGE, Rule.OVERSELLING, Rule.PERSONALITY, Rule.BIASED_WORDING}
)
PUT_RIGHT = frozenset({Rule.INFERRED_MOTIVE, Rule.VAGUE, Rule.HOURS_AS_IMPACT, Rule.POTENTIAL_AS_EVIDENCE})
MISSING = {
    Rule.MISSING_SITUATION: Part.SITUATION,
    Rule.MISSING_BEHAVIOUR: Part.BEHAVIOUR,
    Rule.MISSING_IMPACT: Part.IMPACT,
    Rule.MISSING_ASK: Part.ASK,
    Rule.MISSING_COMMIT: Part.COMMIT,
}
_STOP = re.compile(r"[.!?]+[\"'”\u2019)]*\s*$")
_GAPS = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One touch: the words from `start` to `end` (code points, end exclusive) become `put`."""

    label: str
    start: int
    end: int
    put: str

    def applied(self, text: str) -> str:
        """The text after it."""
        return text[: self.start] + self.put + text[self.end :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A finding as far as mending goes: which rule, in which words; no span for what is missing."""

    rule: Rule
    span: Span | None


def mends_of(
    text: str, fault: Fault, parts: Mapping[Part, tuple[Span, ...]], phrases: Phrasebook, *, checkpoint: date
) -> tuple[Mend, ...]:
    """What can be offered for a fault; `checkpoint` is the day proposed where a commit has none."""
    return tuple(_offered(text, fault, parts, phrases, checkpoint))


def _offered(
    text: str, fault: Fault, parts: Mapping[Part, tuple[Span, ...]], phrases: Phrasebook, checkpoint: date
) -> Iterator[Mend]:
    rule, span = fault.rule, fault.span
    if span is None:
        yield from _missing(text, rule, parts, phrases, checkpoint)
        return
    if rule is Rule.UNDATED_COMMIT:
        words = phrases.say("mend.undated-commit.text", checkpoint=checkpoint)
        end = _before_stop(text, span)
        yield Mend(label=_label(phrases, "undated-commit"), start=end, end=end, put=f" {words}")
    elif rule is Rule.UNDATED_SITUATION:
        words = phrases.say("mend.undated-situation.text")
        yield Mend(
            label=_label(phrases, "undated-situation"), start=span.start, end=span.start, put=f"{words} "
        )
    elif rule is Rule.UNCHECKABLE_ASK:
        words = phrases.say("mend.uncheckable-ask.text")
        yield Mend(label=_label(phrases, "uncheckable-ask"), start=span.end, end=span.end, put=f" {words}")
    elif rule in PUT_RIGHT:
        words = phrases.say(f"mend.{rule.value}.text")
        yield Mend(label=_label(phrases, "put-right"), start=span.start, end=span.end, put=words)
    if rule is Rule.SANDWICH and parts[Part.COMMIT] and span.end <= parts[Part.COMMIT][-1].start:
        yield _moved(text, span, _label(phrases, "move-behind"))
    if rule in TAKEN_OUT:
        yield _taken_out(text, span, _label(phrases, "take-out"))


def _label(phrases: Phrasebook, name: str) -> str:
    return phrases.say(f"mend.{name}.label")


def _missing(
    text: str, rule: Rule, parts: Mapping[Part, tuple[Span, ...]], phrases: Phrasebook, checkpoint: date
) -> Iterator[Mend]:
    """A sentence to fill in, where the part belongs: behind the last part that goes before it."""
    part = MISSING.get(rule)
    if part is None:
        return
    figures = {"checkpoint": checkpoint} if part is Part.COMMIT else {}
    words = phrases.say(f"mend.{rule.value}.text", **figures)
    label = _label(phrases, "fill-in")
    order = list(Part)
    before = [span.end for each in order[: order.index(part)] for span in parts[each]]
    if part is Part.SITUATION or not before:
        place = 0 if part is not Part.COMMIT else len(text.rstrip())
    else:
        place = len(text.rstrip()) if part is Part.COMMIT else max(before)
    joint = "" if place == 0 else " " if _STOP.search(text[:place]) or not text[:place].strip() else ". "
    after = " " if place == 0 and text.strip() else ""
    yield Mend(label=label, start=place, end=place, put=f"{joint}{words}{after}")


def _before_stop(text: str, span: Span) -> int:
    stop = _STOP.search(text[span.start : span.end])
    return span.start + stop.start() if stop else span.end


def _taken_out(text: str, span: Span, label: str) -> Mend:
    """Without the words, and without the gap that they leave; a sentence goes on with a capital."""
    start, end = span.start, span.end
    while end < len(text) and text[end] == " ":
        end += 1
    put = ""
    begins = not text[:start].strip() or bool(_STOP.search(text[:start]))
    if begins and not _STOP.search(text[span.start : span.end]) and end < len(text):
        put, end = text[end].upper(), end + 1
    elif not begins and end < len(text) and text[end] in ".,;:":
        start -= len(text[:start]) - len(text[:start].rstrip(" ,"))
    return Mend(label=label, start=start, end=end, put=put)


def _moved(text: str, span: Span, label: str) -> Mend:
    """The same words behind everything else: praise after the commit is heard as praise."""
    out = _taken_out(text, span, label)
    rest = text[out.end :].rstrip()
    return Mend(
        label=label,
        start=out.start,
        end=len(text),
        put=f"{out.put}{rest} {text[span.start : span.end].strip()}",
    )
