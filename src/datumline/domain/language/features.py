"""What can be read off a sentence of a note beside its meaning: which lists it hits, its form, its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from datumline.domain.language.days import Day, Days
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.segmentation import Sentence
from datumline.domain.language.spans import Span

Features = NDArray[np.float32]
"""One row per sentence; the columns are `NAMES`."""

PART_LISTS = (
    "event_nouns",
    "occasion",
    "vague_times",
    "consequence",
    "ask_markers",
    "commit_markers",
    "praise",
)
WORDING_LISTS = (
    "inferred-motive",
    "personality",
    "soft-language",
    "vague",
    "hours-as-impact",
    "potential-as-evidence",
    "overselling",
    "biased-wording",
    "uncheckable-ask",
)
FORMS = (
    "day_back",
    "day_ahead",
    "you_did",
    "you",
    "others",
    "we",
    "order",
    "figure",
    "quoted",
    "short",
    "long",
    "first",
    "last",
    "early",
    "late",
    "labelled_situation",
    "labelled_behaviour",
    "labelled_impact",
    "labelled_ask",
    "labelled_commit",
)
NAMES = (*PART_LISTS, *WORDING_LISTS, *FORMS)
SHORT, LONG = 8, 28
_YOU_DID = re.compile(
    r"\b(?:you|he|she|they)\s+(?:\w+ly\s+)?(?:did|didn't|were|was|had|\w+ed|said|told|sent|wrote|left|came|took|gave|put|made|merged|ran|went|kept|cut|let|built|held|got|set|read|spoke|began|broke|chose|brought|showed|found|paid|met|lost|shut|signed|answered|never|have|has)\b",
    re.IGNORECASE,
)
_NAMED_DID = re.compile(
    r"\b[A-Z][a-z]+\s+(?:\w+ly\s+)?(?:did|didn't|was|had|has|\w+ed|said|told|sent|wrote|left|came|took|gave|put|made|ran|went|kept|let|built|held|got|read|spoke|began|broke|chose|brought|showed|never)\b"
)
_SUBJECT = re.compile(
    r"(?:[^\w]*(?:\w+\s*:\s*)?)(?:(?:(?:on|in|at|during|for|when|while|over|since|yesterday|last|this|after|before|with|from|between|throughout|by)\b[^,;]*?,?\s+)?)(?:(?:and|so|then|but|also|again|twice|okay|um|right|well|honestly|that said)\W+)*(?:you|he|she|they|(?-i:[A-Z])[a-z]+(?=\s+(?:did|was|had|has|\w+ed|said|told|sent|wrote|left|gave|took|put|ran|went)\b))\b",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your|yours|you're|you've)\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|let's|us|our|we'll)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"^(?:(?:and|so|then|now|but|because of (?:that|this|it))\s+)*(?:the|two|three|four|five|six|seven|nine|ten|our|support|customers?|finance|legal|sales|nobody|everyone|\d+|it|this|that|which|[A-Z][a-z]+\s+(?:had|lost|was|has|is|were|could|spent|asked))\b"
)
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|half)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"\u00ab\u201c](?:[^\"\u00bb\u201d]{3,})[\"\u00bb\u201d]|(?<!\w)'[^']{4,}'(?!\w)")
_LABELS = {
    "labelled_situation": re.compile(r"\W*(?:situation|context|when|background)\s*:", re.IGNORECASE),
    "labelled_behaviour": re.compile(
        r"\W*(?:behaviou?r|observation|what happened|what i saw|observed)\s*:", re.IGNORECASE
    ),
    "labelled_impact": re.compile(r"\W*(?:impact|effect|consequence|result|outcome)\s*:", re.IGNORECASE),
    "labelled_ask": re.compile(
        r"\W*(?:ask|request|expectation|next time|what i need|action)\s*:", re.IGNORECASE
    ),
    "labelled_commit": re.compile(
        r"\W*(?:commit|commitment|follow-?up|check-?in|checkpoint|next step)\s*:", re.IGNORECASE
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A sentence of a note with what stands in it.

    `hits` are the places of every list's phrases, in the whole text; `back` and `ahead` are the days it names,
    looking either way; `headed` is the part that its own heading names (`Impact: …`); `tells` says that its first clause has the person as its subject.
    """

    sentence: Sentence
    hits: dict[str, tuple[Span, ...]]
    back: tuple[Day, ...]
    ahead: tuple[Day, ...]
    quoted: tuple[Span, ...]
    tells: bool
    headed: str | None

    def hit(self, name: str) -> bool:
        """Whether the list's phrases stand in it outside of quotation marks."""
        return bool(self.hits[name])


class Marker:
    """Marks sentences with the words of one pack."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._searches = {name: lexicon.search(name) for name in (*PART_LISTS, *WORDING_LISTS)}
        self._reported = lexicon.search("reported")
        self._orders = re.compile(
            r"^(?:[^\w\"']*)(?:\w+:\s*)?(?:(?:for|in|on|at|before|after|when|if|next|until|by|from|once|during|with|each|every|on every)\b[^,;:]{0,70}[,:]\s*)?(?:please\s+|kindly\s+|so\s+|and\s+|then\s+|just\s+|do\s+|always\s+|never\s+|don't\s+)*(?:"
            + "|".join(lexicon.words("order_verbs"))
            + r")\b",
            re.IGNORECASE,
        )
        self._days = Days(lexicon)

    def mark(self, sentence: Sentence, note_day: date) -> Marked:
        """The sentence with what stands in it; phrases inside quotation marks are somebody's words."""
        text = sentence.text
        quoted = tuple(sentence.within(m.start(), m.end()) for m in _QUOTED.finditer(text))
        ahead = tuple(self._days.find(text, note_day, ahead=True))
        back = tuple(self._days.find(text, note_day, ahead=False))
        return Marked(
            sentence=sentence,
            hits={name: self._hits(name, sentence, quoted) for name in self._searches},
            back=back,
            ahead=ahead,
            quoted=quoted,
            headed=next(
                (name.removeprefix("labelled_") for name, label in _LABELS.items() if label.match(text)), None
            ),
            tells=_SUBJECT.match(text) is not None,
        )

    def _hits(self, name: str, sentence: Sentence, quoted: Sequence[Span]) -> tuple[Span, ...]:
        end = len(sentence.text)
        if name == "inferred-motive" and (reported := self._reported.search(sentence.text)) is not None:
            end = reported.start()
        found = (
            sentence.within(m.start(), m.end()) for m in self._searches[name].finditer(sentence.text[:end])
        )
        return tuple(span for span in found if not any(span.overlaps(quote) for quote in quoted))

    def features(self, marked: Sequence[Marked], note_day: date, *, placed: bool = True) -> Features:
        """One row per sentence; without `placed` the sentences are no note and have no place in it."""
        rows = [
            self._row(one, note_day, number, len(marked) if placed else 0)
            for number, one in enumerate(marked)
        ]
        return np.asarray(rows, dtype=np.float32).reshape(len(rows), len(NAMES))

    def _row(self, marked: Marked, note_day: date, number: int, count: int) -> list[float]:
        text = marked.sentence.text
        length = len(text.split())
        forms = {
            "day_back": any(day.on is None or day.on <= note_day for day in marked.back),
            "day_ahead": any(
                day.on is not None and day.on >= note_day and not day.back for day in marked.ahead
            ),
            "you_did": (_YOU_DID.search(text) or _NAMED_DID.search(text)) is not None,
            "you": _YOU.search(text) is not None,
            "others": _OTHERS.match(text) is not None,
            "we": _WE.search(text) is not None,
            "order": self._orders.match(text) is not None,
            "figure": _FIGURE.search(text) is not None,
            "quoted": bool(marked.quoted),
            "short": length < SHORT,
            "long": length > LONG,
            "first": count > 0 and number == 0,
            "last": count > 0 and number == count - 1,
            "early": count > 0 and number * 3 < count,
            "late": count > 0 and (number + 1) * 3 > 2 * count,
            **{name: label.match(text) is not None for name, label in _LABELS.items()},
        }
        hits = [float(marked.hit(name)) for name in (*PART_LISTS, *WORDING_LISTS)]
        return [*hits, *(float(forms[name]) for name in FORMS)]
