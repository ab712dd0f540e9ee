"""The forms in which a before and an after stand in a sentence: `from A to B`, `A -> B`, `B, down from A`.

A sentence is looked at with its quantities replaced by numbered tokens, so that a form is a short pattern.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from datumline.domain.language.quantities import Quantity

OPEN, CLOSE = "\u27e6", "\u27e7"


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """A sentence with tokens for its quantities.

    Attributes:
        text: the sentence in lower case, each quantity as its number in brackets.
        quantities: what the numbers stand for.
        places: for each code point of `text`, the one in the sentence it came from.
    """

    text: str
    quantities: Sequence[Quantity]
    places: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Which quantities are before and after, and where the form stands in the framed text."""

    before: int
    after: int
    start: int
    end: int


def framed(sentence: str, offset: int, quantities: Sequence[Quantity]) -> Framed:
    """The sentence that starts at `offset` of the text, with tokens."""
    parts: list[str] = []
    places: list[int] = []
    position = 0
    for number, quantity in enumerate(quantities):
        start, end = quantity.span.start - offset, quantity.span.end - offset
        parts.append(sentence[position:start])
        places += range(position, start)
        token = f"{OPEN}{number}{CLOSE}"
        parts.append(token)
        places += [start] * len(token)
        position = end
    parts.append(sentence[position:])
    places += [*range(position, len(sentence)), len(sentence)]
    # Lower case, letter by letter: some capitals grow when they are lowered, and places would move.
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in "".join(parts))
    return Framed(text=lowered, quantities=quantities, places=places)


def _q(name: str) -> str:
    return rf"{OPEN}(?P<{name}>\d+){CLOSE}"


_WORDS = rf"(?:/[a-z]+)?(?:\s+[^\s{OPEN}{CLOSE};]+){{0,%d}}?"
_PRE = r"(?:(?:about|around|roughly|approximately|nearly|almost|just|only|over|under|below|above|an?|the|well|some|average|averaging|of|as|much|many|high|low|little|few|mere|more|less|than|up|at|least|most|week|current|previous|original|baseline|original|initial|median|mean|peak|its|our|their|my|original|close|a\s+\w+\s+of|~|\u2248|circa)\s*[\s,]\s*){0,4}(?:~|\u2248|\$)?"
_ARROW = r"(?:-{1,2}>|={1,2}>|\u2192|\u21d2|\u279c|\u2794|\u00bb)"
_DOWN_UP = r"(?:down|up|back|reduced|increased|decreased|improved|lower|higher|fell|risen|rose|grown|cut|decreasing|rising|dropping|falling|increasing|improving|compared|(?:a|an)\s+\w+)"

FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\bfrom\s+{_PRE}{_q('a')}{_WORDS % 7},?\s+(?:down\s+|up\s+|back\s+|straight\s+|all\s+the\s+way\s+)?(?:to|into|until)\s+{_PRE}{_q('b')}",
        rf"\bto\s+{_PRE}{_q('b')}{_WORDS % 5},?\s+\(?(?:{_DOWN_UP}\s+)?from\s+{_PRE}{_q('a')}",
        rf"{_q('a')}(?:\s+[a-z][\w/'-]*){{0,4}}\s*{_ARROW}\s*{_PRE}{_q('b')}",
        rf"{_q('b')}{_WORDS % 5},?\s*[\s(]\(?(?:was\s+|is\s+|and\s+|it\s+is\s+|came\s+|coming\s+|which\s+is\s+|already\s+)?{_DOWN_UP}\s+from\s+{_PRE}{_q('a')}",
        rf"{_q('b')}{_WORDS % 4}\s*\(\s*(?:from|was|were|previously|formerly|before|prior|earlier|had\s+been|used\s+to\s+be|instead\s+of|vs\.?|versus|compared\s+(?:to|with)|against)[:,]?\s+{_PRE}{_q('a')}",
        rf"\b(?:was|were|used\s+to\s+(?:be|take|need|cost|have|get|run|sit|stand)(?:\s+at)?|took|needed|had\s+been|averaged|stood\s+at|started\s+(?:at|with|out\s+at)|began\s+(?:at|with)|sat\s+at|cost|previously|formerly|before|ran\s+at|got|hovered\s+(?:at|around)|had|saw){_WORDS % 4}\s+{_PRE}{_q('a')}{_WORDS % 12}[,;.]?(?:\s+(?:and|but|while))?(?:\s+(?:it|they|that|we|these|this))?\s+(?:now|today|currently|nowadays|these\s+days|since\s+then|afterwards?|after|ended\s+(?:at|with|up\s+at)|finished\s+at)\b{_WORDS % 9}\s+{_PRE}{_q('b')}",
        rf"\b(?:was|were|used\s+to\s+(?:be|take|need|cost|have|get|run)|took|needed|had\s+been|averaged|stood\s+at|started\s+(?:at|with)|cost){_WORDS % 4}\s+{_PRE}{_q('a')}{_WORDS % 12}[,;]?\s+(?:and\s+|but\s+)?(?:(?:it|they|that|we|which)\s+)?(?:is|are|takes?|needs?|costs?|averages?|stands?\s+at|(?:it|they)'(?:s|re))\s+(?:now\s+|down\s+to\s+|up\s+to\s+|at\s+|only\s+|just\s+|down\s+at\s+){{1,2}}{_PRE}{_q('b')}",
        rf"{_q('a')}(?:\s+[a-z][\w'-]*){{0,3}},?\s+(?:down|up|reduced|cut|increased)\s+to\s+{_PRE}{_q('b')}",
        rf"{_q('b')}{_WORDS % 8},?\s+(?:\S+\s+points?\s+|{OPEN}\d+{CLOSE}\s+)?(?:up|down)\s+(?:on|from)\s+(?:\S+\s+){{0,3}}?{_PRE}{_q('a')}",
        rf"\bbefore\b[:,]?{_WORDS % 8}\s+{_PRE}{_q('a')}{_WORDS % 8}[,;.]?\s+(?:and\s+)?(?:after(?:wards)?|now|today|since)\b[:,]?{_WORDS % 8}\s+{_PRE}{_q('b')}",
        rf"{_q('a')}{_WORDS % 4}\s+(?:before|previously|earlier|then|at\s+first|at\s+the\s+start|in\s+the\s+beginning|last\s+(?:year|quarter|month|half|week|release|cycle)){_WORDS % 6}[,;]?\s+(?:and\s+|but\s+|versus\s+|vs\.?\s+)?{_PRE}{_q('b')}{_WORDS % 4}\s+(?:after(?:wards)?|now|today|since|at\s+the\s+end|in\s+the\s+end|this\s+(?:year|quarter|month|half|week|release|cycle))\b",
        rf"{_q('b')}{_WORDS % 5},?\s+(?:instead\s+of|rather\s+than|compared\s+(?:to|with)|as\s+against|against|versus|vs\.?|where\s+(?:it|they|we)\s+(?:was|were|took|had(?:\s+been)?|needed)|as\s+opposed\s+to|not)\s+{_PRE}{_q('a')}",
        rf"\b(?:now|today|currently)\b{_WORDS % 8}\s+{_PRE}{_q('b')}{_WORDS % 8}[,;]\s+(?:it\s+|they\s+|that\s+)?(?:was|were|used\s+to\s+(?:be|take|need)|took|had\s+been|previously|before|down\s+from|up\s+from|against|instead\s+of){_WORDS % 5}\s+{_PRE}{_q('a')}",
        rf"\b(?:turn(?:ed|ing|s)?|went|moved|taken|took)\s+{_PRE}{_q('a')}{_WORDS % 5}\s+(?:in)?to\s+{_PRE}{_q('b')}",
        rf"{_q('a')}{_WORDS % 4}\s+(?:became|has\s+become|turned\s+into|dropped\s+to|fell\s+to|rose\s+to|grew\s+to|went\s+to|shrank\s+to|is\s+now|are\s+now|climbed\s+to|came\s+down\s+to|was\s+(?:cut|reduced|brought\s+down|brought|lowered|raised|increased)\s+to)\s+{_PRE}{_q('b')}",
    )
)
RANGE = re.compile(rf"{_q('a')}(?:\s+[a-z][\w'-]*)?\s*(?:to|-|\u2013|\u2014)\s*{_q('b')}")
SHARE = re.compile(
    rf"{_q('a')}(?:\s+[a-z][\w'-]*){{0,2}}\s*(?:\s+out\s+of|\s+of|(?<={CLOSE})\s+in)\s+(?:every\s+)?(?:the\s+|our\s+|all\s+|these\s+|those\s+|its\s+|my\s+|his\s+|her\s+|their\s+|last\s+){{0,2}}{_q('b')}"
)


def pairs(frame: Framed, *, loose: bool) -> list[Pair]:
    """Every before and after, in the order of the text; a quantity belongs to one pair at most.

    `loose` takes `A to B` for a change too: right where the sentence says elsewhere how large the change is.
    """
    found: list[Pair] = []
    used: set[int] = set()
    for form in (*FORMS, RANGE) if loose else FORMS:
        for match in form.finditer(frame.text):
            pair = Pair(
                before=int(match.group("a")),
                after=int(match.group("b")),
                start=match.start(),
                end=match.end(),
            )
            if used & {pair.before, pair.after} or not comparable(frame, pair):
                continue
            used |= {pair.before, pair.after}
            found.append(pair)
    return sorted(found, key=lambda pair: pair.start)


def comparable(frame: Framed, pair: Pair) -> bool:
    """Whether two quantities are of one sort, or one of them took its unit from the other."""
    one, other = frame.quantities[pair.before], frame.quantities[pair.after]
    return one.measure is other.measure or one.bare or other.bare


def stretches(text_length: int, found: Sequence[Pair]) -> list[tuple[int, int]]:
    """For each pair the part of the sentence that is nearer to it than to its neighbours."""
    if not found:
        return []
    cuts = [0, *((one.end + other.start) // 2 for one, other in pairwise(found)), text_length]
    return list(pairwise(cuts))
