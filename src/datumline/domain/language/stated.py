"""How large a change is said to be: `by 27 %`, `a gain of 16 points`, `halved`, `3x`, `saved $120k`."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal

from datumline.domain.language.claim import Hedge, Said, Stated
from datumline.domain.language.claim_frames import CLOSE, OPEN, Framed
from datumline.domain.language.lexicon import Lexicon, either
from datumline.domain.language.quantities import Measure, Quantity
from datumline.domain.language.spans import Span

_SAID = {Measure.PERCENT: Said.PERCENT, Measure.POINTS: Said.POINTS, Measure.FACTOR: Said.FACTOR}
_OF_SOMETHING = re.compile(
    r"\s+of\s+(?!(?:what|its|the\s+(?:original|previous|former|old|time|cost)|their\s+(?:original|former))\b)"
)
_SAVED = re.compile(
    r"\b(?:sav(?:ed|es|ing|ings)|freed(?:\s+up)?|recovered|avoided|generated|earned|gained|added|shaved(?:\s+off)?|trimmed|cut)\s+(?:us\s+|the\s+\w+\s+|them\s+|me\s+|another\s+)?(?:an?\s+)?(?:(?:of|about|around|roughly|over|nearly|almost|up|to|some|estimated|more|than|well|at|least)\s+){0,4}$"
)
_MORE = re.compile(
    r"\s+(?:faster|more|as|the|quicker|fewer|less|higher|lower|cheaper|smaller|larger|bigger|improvement|speed|growth|reduction)"
)
_OFTEN = re.compile(
    r"\s+(?:a|per|each|every|in a row|over|daily|weekly|this|last|in)\b"
)  # three times a week
_AMOUNTS = {Measure.MONEY, Measure.DURATION, Measure.SIZE}


class StatedChanges:
    """Finds stated changes with the words of one pack."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._factors = {word: Decimal(value) for word, value in lexicon.table("factor_words").items()}
        self._factor = re.compile(either(list(self._factors)))
        nouns = ("change_nouns_down", "change_nouns_up", "change_nouns")
        change = lexicon.search(*nouns).pattern
        verb = lexicon.search("verbs_down", "verbs_up", "verbs_change").pattern
        self._verb = re.compile(verb)
        loose = r"(?:(?:about|around|roughly|nearly|almost|over|more|less|than|at|least|up|to|just|only|approximately|some|a|an|the|another|further|full|whole|well|under|almost|by|of|~|\u2248|further|solid|good|remarkable)\s+){0,4}[-~+\u2248\u2212(]?\s?"
        self._before = re.compile(
            rf"(?:\bby\s+{loose}|\b(?:{change}|{verb})\s+(?:of\s+)?{loose}|\b(?:factor\s+of)\s+{loose})$"
        )
        self._behind = re.compile(
            rf"\s*[-)]?\s*(?:(?:points?|relative|overall|net|total|year-on-year|yoy|quarter-on-quarter|month-on-month|the|as)\s+)?(?:{change}|as\s+(?:fast|many|much|long|high|quick)|the\s+(?:speed|throughput|capacity|volume))"
        )
        self._signed = re.compile(r"(?:^|[\s:(])[-+\u2212]\s?$")
        self._closing = re.compile(
            r"\s*(?:$|[.,;!)]|(?:since|in|over|this|last|year|within|on|across|after|by|through|while|and|yoy|year-on-year|quarter|month|with|without|between|during|for)\b)"
        )
        moved = lexicon.search("verbs_down", "verbs_up").pattern
        self._lately = re.compile(
            rf"{moved}(?:\s+[^\s;.{CLOSE}]+){{1,5}}\s+(?:(?:by|about|roughly|nearly|almost|over)\s+)*$"
        )
        self._beside = re.compile(
            rf"(?:[(=,:;\u2013\u2014-]|\bi\.e\.,?|\bso|\bthat is|\bor|\bmeaning|\bequals|\bis)\s*{loose}$"
        )
        self._about, self._least, self._most = (
            re.compile(lexicon.search(name).pattern + r"\s*(?:an?\s+|the\s+|by\s+|of\s+)?$")
            for name in ("approximate", "at_least", "at_most")
        )

    def worded(self, frame: Framed) -> bool:
        """Whether the sentence holds a change in a word, such as `halved`."""
        return self._factor.search(frame.text) is not None

    def marked(self, frame: Framed) -> bool:
        """Whether a percentage, points or a factor stands there as the size of a change."""
        return any(
            quantity.measure in _SAID and self._quantity(frame, number, paired=False) is not None
            for number, quantity in enumerate(frame.quantities)
        )

    def find(self, frame: Framed, used: Collection[int], *, paired: bool) -> list[Stated]:
        """Every stated change; `used` are the numbers of quantities that are a before or an after.

        Beside a pair a percentage in brackets or behind a comma is one too.
        """
        found = [
            self._quantity(frame, number, paired=paired)
            for number in range(len(frame.quantities))
            if number not in used
        ]
        found += [self._word(frame, match) for match in self._factor.finditer(frame.text)]
        return [stated for stated in found if stated is not None]

    def alone(self, frame: Framed, stated: Stated, *, paired: bool) -> bool:
        """Whether a stated change is a claim without a before and an after: its own words say a change."""
        if stated.word and stated.said is Said.FACTOR:
            return (
                not re.match(
                    r"\s+(?:a|per|each|every|check|as\s+a|the\s+size|over)\b", frame.text[stated.span.end :]
                )
                and not paired
            )
        if stated.said is None:
            return True
        head, tail = frame.text[: stated.span.start], frame.text[stated.span.end :]
        if self._signed.search(head) or self._near(head, tail):
            return not paired
        if any(quantity.step == 0 for quantity in frame.quantities) and not paired:
            return True
        return bool(self._before.search(head) and self._verb.search(head)) or bool(self._behind.match(tail))

    def _near(self, head: str, tail: str) -> bool:
        """Whether a verb of change stands shortly before, with only its object between: `cut build cost 18 %`."""
        return self._lately.search(head) is not None and self._closing.match(tail) is not None

    def _quantity(self, frame: Framed, number: int, *, paired: bool) -> Stated | None:
        quantity = frame.quantities[number]
        token = f"{OPEN}{number}{CLOSE}"
        start = frame.text.index(token)
        head, tail = frame.text[:start], frame.text[start + len(token) :]
        said, value, step, word = _read(quantity)
        if quantity.measure is Measure.COUNT and re.search(
            r"\bfactor of\s+(?:about\s+|over\s+|nearly\s+)?$", head
        ):
            said = Said.FACTOR
        if quantity.step == 0 or (said is None and quantity.measure not in _AMOUNTS):
            return None
        if said is None:
            return None if paired or not _SAVED.search(head) else self._made(frame, start, token, quantity)
        marks = [self._before.search(head), self._behind.match(tail), self._signed.search(head)]
        marked = any(marks) or (said is Said.PERCENT and self._near(head, tail))
        if said is Said.FACTOR:
            marked = marked or paired or bool(self._verb.search(head[-40:]) or _MORE.match(tail))
            if not paired and _OFTEN.match(tail):
                return None
        beside = paired and self._beside.search(head) is not None
        if _OF_SOMETHING.match(tail) and not self._before.search(head):
            return None
        grouped = any(q.step == 0 for q in frame.quantities)
        if not (marked or beside or (grouped and self._beside.search(head))):
            return None
        end = start + len(token)
        return Stated(
            span=Span(start=start, end=end),
            value=value,
            said=said,
            step=step,
            word=word,
            hedge=self._hedge(head),
            unit=None,
        )

    def _made(self, frame: Framed, start: int, token: str, quantity: Quantity) -> Stated:
        span = Span(start=start, end=start + len(token))
        hedge = self._hedge(frame.text[:start])
        return Stated(
            span=span, value=quantity.value, said=None, step=quantity.step, hedge=hedge, unit=quantity.unit
        )

    def _word(self, frame: Framed, match: re.Match[str]) -> Stated:
        return Stated(
            span=Span(start=match.start(), end=match.end()),
            value=self._factors[re.sub(r"\s+", " ", match.group())],
            said=Said.FACTOR,
            word=True,
            hedge=self._hedge(frame.text[: match.start()]),
        )

    def _hedge(self, head: str) -> Hedge:
        if self._least.search(head):
            return Hedge.AT_LEAST
        if self._most.search(head):
            return Hedge.AT_MOST
        return Hedge.ABOUT if self._about.search(head) else Hedge.NONE


def _read(quantity: Quantity) -> tuple[Said | None, Decimal, Decimal, bool]:
    """What a quantity states: the kind, the value, its step, and whether it stood in words."""
    if quantity.measure is Measure.FRACTION:
        value = (quantity.value * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return Said.PERCENT, value, Decimal(1), True
    value, step = quantity.value * quantity.scale, quantity.step * quantity.scale
    return _SAID.get(quantity.measure), value if quantity.measure in _SAID else quantity.value, step, False
