"""Which changes does a text claim, and do they add up? `check claims` and the stories stand on this."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from datumline.domain.language.claim import Claim, Said, Stated
from datumline.domain.language.claim_frames import SHARE, Framed, Pair, framed, pairs
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.quantities import Amounts, Measure, Quantity
from datumline.domain.language.segmentation import Sentence, sentences
from datumline.domain.language.spans import Span, trimmed
from datumline.domain.language.stated import StatedChanges

_STRICT_DOWN = re.compile(
    r"\b(?:reduc(?:e|ed|es|ing)|cut|cutting|decreas(?:ed|es|ing)|lower(?:ed|ing)|fell|dropped|dropping|shrank|declined)\b"
)
_STRICT_UP = re.compile(r"\b(?:increas(?:ed|es|ing)|grew|rose|raised|climbed|growing)\b")
_ORDER = re.compile(
    r"(?:[\W\d_]*(?:please\s+|then\s+|kindly\s+)?(?:reduce|improve|increase|raise|lower|bring|get|grow|decrease|shrink|double|halve|triple|speed up|drive|move|take)\b)"
)
_FOLLOWS = re.compile(
    r"\W*(?:that|this|which|so|i\.e|a|an|thus|meaning|it|roughly|about|in other words|or|overall)\b"
)
_LINK = re.compile(r"^[\s,;:)\]]*(?:(?:and|while|but|then|also|plus|with|as well as)\s+)?(?:\(\d\)\s*)?")


class Claims:
    """Finds claims with the words of one pack."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._amounts = Amounts(lexicon)
        self._stated = StatedChanges(lexicon)
        self._not_yet = lexicon.search("not_yet")
        self._but_was = lexicon.search("not_yet_but_was")
        self._as_planned = lexicon.search("as_planned")
        self._negated = lexicon.search("negated")
        self._ranging = lexicon.search("ranging")
        self._moved_names = lexicon.search("moved_names")
        self._change = lexicon.search("verbs_down", "verbs_up", "verbs_change")

    def find(self, text: str) -> tuple[Claim, ...]:
        """Every claim, in the order of the text."""
        quantities = self._amounts.find(text)
        starts = [quantity.span.start for quantity in quantities]
        found: list[Claim] = []
        last: Sentence | None = None
        for sentence in sentences(text, self._lexicon):
            first, behind = (bisect_left(starts, place) for place in (sentence.span.start, sentence.span.end))
            inside = quantities[first:behind]
            claims = self._in_sentence(sentence, inside)
            if claims and found and last is not None and self._follows(sentence, claims, found[-1], last):
                stated, whole = claims[0].stated, Span(start=found[-1].span.start, end=claims[0].span.end)
                found[-1] = replace(found[-1], stated=stated, span=whole)
                claims = claims[1:]
            found += claims
            last = sentence
        return tuple(found)

    def _follows(self, sentence: Sentence, claims: Sequence[Claim], before: Claim, last: Sentence) -> bool:
        """Whether a sentence says how large the change of the one before was, as `That is 27 % less` does."""
        open_pair = before.before is not None and before.stated is None and last.span.holds(before.span.start)
        alone = claims[0].before is None and claims[0].stated is not None and claims[0].share is None
        return open_pair and alone and _FOLLOWS.match(sentence.text.lower()) is not None

    def _in_sentence(self, sentence: Sentence, quantities: Sequence[Quantity]) -> list[Claim]:
        frame = framed(sentence.text, sentence.start, _shares(sentence, quantities))
        if not frame.quantities and not self._stated.worded(frame):
            return []
        loose = self._stated.worded(frame) or self._stated.marked(frame)
        found = [pair for pair in pairs(frame, loose=loose) if self._is_change(frame, pair)]
        used = {number for pair in found for number in (pair.before, pair.after)}
        stated = [
            s for s in self._stated.find(frame, used, paired=bool(found)) if self._reached(frame, s.span)
        ]
        claims = [self._paired(frame, pair, stated, found) for pair in found]
        taken = {claim.stated.span for claim in claims if claim.stated is not None}
        # Beside a pair, a change that nobody took is said of something else; without its verb it is no claim.
        alone = [
            s for s in stated if s.span not in taken and self._stated.alone(frame, s, paired=bool(found))
        ]
        claims += [self._unpaired(frame, s) for s in alone]
        return _placed(sentence, frame, sorted(claims, key=lambda claim: claim.span.start))

    def _is_change(self, frame: Framed, pair: Pair) -> bool:
        before, after = frame.quantities[pair.before], frame.quantities[pair.after]
        if before.measure in {Measure.POINTS, Measure.FRACTION} and after.measure is not before.measure:
            return False
        head = frame.text[: pair.start]
        clause = re.split(r"[;:]|, (?:and|but|while) ", head)[-1]
        form = frame.text[pair.start : pair.end]
        if form.startswith("from") and self._ranging.search(clause[-40:]) and not self._strong(clause[-40:]):
            return False
        named = before.unit or after.unit or re.search(r"->|=>|\u2192", form)
        ranged = form.startswith("from") and not named
        if before.bare and after.bare and ranged and not self._change.search(frame.text):
            return False
        if before.bare and after.bare and self._moved_names.search(clause) and not self._counted(frame, pair):
            return False
        return self._reached(frame, Span(start=pair.start, end=pair.end))

    def _strong(self, clause: str) -> bool:
        return _STRICT_DOWN.search(clause) is not None or _STRICT_UP.search(clause) is not None

    def _counted(self, frame: Framed, pair: Pair) -> bool:
        """Whether what is numbered has a noun that is counted: `from 3 services to 1`."""
        return any(frame.quantities[number].unit is not None for number in (pair.before, pair.after))

    def _reached(self, frame: Framed, place: Span) -> bool:
        """Whether the change happened: not a goal, not a plan, not denied."""
        head = re.split(r";|\.\s", frame.text[: place.start])[-1]
        tail = frame.text[place.end :]
        goals = list(self._not_yet.finditer(head))
        planned = self._as_planned.search(tail) is not None
        if goals and not planned and not self._but_was.search(head[goals[-1].start() :]):
            return False
        if _ORDER.match(frame.text) and not planned:
            return False
        denied = list(self._negated.finditer(head))
        if denied and not re.search(r",|\bbut\b|\band\b|\bso\b|\buntil\b", head[denied[-1].end() :]):
            return False
        within = frame.text[place.start : place.end]
        later = re.compile(
            r"\b(?:is|as|was|remains?|being) (?:the|our|my|your|a|this quarter's) (?:next )?(?:goal|target|aim|plan|objective|ambition|proposal)\b"
        )
        return later.search(tail) is None and not re.search(r"\b(?:goal|target)\b", within)

    def _paired(self, frame: Framed, pair: Pair, stated: Iterable[Stated], found: Sequence[Pair]) -> Claim:
        before, after = _alike(frame.quantities[pair.before], frame.quantities[pair.after])
        nearest = [s for s in stated if _nearest(s, found) is pair]
        chosen = min(nearest, key=lambda s: _distance(s, pair), default=None)
        end = max(pair.end, chosen.span.end if chosen else 0)
        return Claim(
            span=Span(start=min(pair.start, chosen.span.start if chosen else pair.start), end=end),
            before=abs(before.value),
            after=abs(after.value),
            unit=after.unit if after.unit is not None else before.unit,
            stated=chosen,
            rises=_direction(frame.text[max(0, pair.start - 60) : pair.start]),
        )

    def _unpaired(self, frame: Framed, stated: Stated) -> Claim:
        share = next(
            (frame.quantities[number] for number in range(len(frame.quantities)) if _is_share(frame, number)),
            None,
        )
        return Claim(
            span=stated.span,
            stated=stated,
            unit="%" if share is not None else stated.unit,
            share=share.value if share is not None and stated.said is Said.PERCENT else None,
        )


def _shares(sentence: Sentence, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities of a sentence, each `N of M` made one percentage."""
    frame = framed(sentence.text, sentence.start, quantities)
    kept = list(quantities)
    for match in SHARE.finditer(frame.text):
        part, whole = (quantities[int(match.group(name))] for name in "ab")
        if part.measure is whole.measure is Measure.COUNT and _whole(part, whole) and part in kept:
            percent = (part.value / whole.value * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
            share = Quantity(
                span=Span(start=part.span.start, end=whole.span.end),
                value=percent,
                unit="%",
                measure=Measure.PERCENT,
                step=Decimal(0),
            )
            kept[kept.index(part)] = share
            kept.remove(whole)
    return kept


def _whole(part: Quantity, whole: Quantity) -> bool:
    """Whether the two count things, so that one can be a share of the other; `4.1 of 5` is a grade."""
    return 0 < part.value <= whole.value and part.value % 1 == 0 == whole.value % 1


def _is_share(frame: Framed, number: int) -> bool:
    return frame.quantities[number].step == 0


def _alike(before: Quantity, after: Quantity) -> tuple[Quantity, Quantity]:
    """Both in one unit: the smaller of two, or the one that only one of them names."""
    if before.bare and not after.bare:
        return replace(before, unit=after.unit, measure=after.measure, scale=after.scale), after
    if after.bare and not before.bare:
        return before, replace(after, unit=before.unit, measure=before.measure, scale=before.scale)
    if before.scale == after.scale:
        return before, after
    small = min(before, after, key=lambda quantity: quantity.scale)
    return tuple(  # type: ignore[return-value]
        replace(q, value=q.value * q.scale / small.scale, unit=small.unit, scale=small.scale)
        for q in (before, after)
    )


def _distance(stated: Stated, pair: Pair) -> int:
    return max(stated.span.start - pair.end, pair.start - stated.span.end, 0)


def _nearest(stated: Stated, found: Sequence[Pair]) -> Pair:
    return min(found, key=lambda pair: _distance(stated, pair))


def _direction(head: str) -> bool | None:
    """What the last plain verb before the figures says: down is False, up is True."""
    downs = [match.end() for match in _STRICT_DOWN.finditer(head)]
    ups = [match.end() for match in _STRICT_UP.finditer(head)]
    if not downs and not ups:
        return None
    return max(ups, default=-1) > max(downs, default=-1)


def _placed(sentence: Sentence, frame: Framed, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with their places in the text: the whole sentence for one, its own stretch for each of many."""
    placed: list[Claim] = []
    start = 0
    for number, claim in enumerate(claims):
        last = number == len(claims) - 1
        end = len(sentence.text) if last else _end_of(frame, claim.span.end)
        own = trimmed(sentence.text, start, end)
        text = sentence.text[own.start : own.end]
        lead = _LINK.match(text).end() if number else 0  # type: ignore[union-attr]
        tail = len(text.rstrip(" .!?;,"))
        placed.append(replace(claim, span=sentence.within(own.start + lead, own.start + max(tail, lead))))
        start = end
    return placed


def _end_of(frame: Framed, end: int) -> int:
    """Where a claim ends in its sentence: behind its figures, the word they count and a closing bracket."""
    tail = re.compile(r"[^,;.]{0,40}?(?=,|;|\sand\s|\swhile\s|\sbut\s|$)\)?").match(frame.text, end)
    here = tail.end() if tail else end
    return frame.places[min(here, len(frame.places) - 1)]
