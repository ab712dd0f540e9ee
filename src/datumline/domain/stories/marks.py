"""What can be read off a sentence of a story beside its meaning: phrases, who acts, tense, figures, place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datumline.domain.language.lexicon import Lexicon, either
from datumline.domain.language.quantities import Amounts
from datumline.domain.language.segmentation import Sentence
from datumline.domain.stories.part import TOLD, StoryPart

Marks = NDArray[np.float32]
"""One row per sentence: its own columns `OWN`, those of the sentences before and behind, then its place."""

LISTS = ("story_situation", "story_task", "story_action", "story_result", "story_general", "story_aside")
FORMS = (
    "i_did",
    "we_did",
    "did_later",
    "i",
    "we",
    "passive",
    "past_perfect",
    "present",
    "negated",
    "figure",
    "from_to",
    "asks",
    "short",
    "long",
    "to_verb",
)
OWN = (*LISTS, *FORMS)
NEAR = (
    "story_situation",
    "story_task",
    "story_action",
    "story_result",
    "i_did",
    "we_did",
    "present",
    "figure",
)
PLACE = ("first", "second", "last", "one_before_last", "share", "share_squared")
NAMES = (*OWN, *(f"before_{name}" for name in NEAR), *(f"behind_{name}" for name in NEAR), *PLACE)

MOST_HITS = 3
SHORT, LONG = 8, 28
_PRESENT = re.compile(
    r"\b(?:is|are|am|'s|'re|has|have|does|do|don't|doesn't|takes|uses|use|runs|know|knows|comes?|needs?)\b"
)
_PERFECT = re.compile(
    r"\b(?:had|'d) (?:\w+ly |never |already |always |just |not )?(?:been|\w+ed|become|left|grown|built|lost|taken|made|given|gone|written|fallen|run)\b"
)
_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|got) (?:\w+ly )?(?:\w+ed|given|told|built|made|run|held|written|chosen|lost|taken|put|found|asked)\b"
)
_NEGATED = re.compile(r"\b(?:not|never|no|nobody|none|nothing|\w+n't|without)\b", re.IGNORECASE)
_FROM_TO = re.compile(r"\bfrom\b.{1,60}?\bto\b|->|\u2192")
_LEAD = r"^\W*(?:(?:and|so|then|but|also|yeah|um|uh|like|well|okay|ok|now|again|in the end|next|first|finally|after(?: that|wards)?|later|instead|therefore|basically|together|meanwhile|twice)\W+)*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A sentence with its marks and the part that its own heading names."""

    sentence: Sentence
    row: dict[str, float]
    figures: bool
    headed: StoryPart | None
    only_heading: bool


class StoryMarker:
    """Marks sentences with the words of one pack."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._searches = {name: lexicon.search(name) for name in LISTS}
        self._amounts = Amounts(lexicon)
        self._when = lexicon.search("story_when")
        self._words = lexicon.search("story_figures")
        self._i, self._we = lexicon.search("story_i"), lexicon.search("story_we")
        did = rf"(?:\w+ly |also |then |even |just |both |all |never |first |simply |had (?!to\b)(?=\w+ (?:\w+ ){{0,6}}\w+ed))?(?:\w\w+ed|{'|'.join(w for w in lexicon.words('did_words') if w not in {'was', 'were'})})\b"
        self._i_did = re.compile(rf"{_LEAD}(?:\w+[^.;:!?]{{0,60}}, (?:and )?(?:so )?)?I {did}", re.IGNORECASE)
        self._we_did = re.compile(
            rf"{_LEAD}(?:\w+[^.;:!?]{{0,60}}, (?:and )?(?:so )?)?(?:we|the team|our team) {did}",
            re.IGNORECASE,
        )
        self._did_later = re.compile(rf"\b(?:I|we) {did}", re.IGNORECASE)
        self._verb_first = re.compile(rf"{_LEAD}{did}", re.IGNORECASE)
        names = {part: lexicon.words(f"story_heading_{part.value}") for part in TOLD}
        self._headings = {
            part: re.compile(
                rf"\W*(?:\d\W+)?{either(words)}(?:\s*\([^)]*\))?\W*?(?:[:\u2013\u2014-]|\*\*|$)",
                re.IGNORECASE,
            )
            for part, words in names.items()
        }

    def mark(self, sentence: Sentence) -> Marked:
        """The sentence with its marks, whatever stands around it."""
        text = sentence.text
        headed, rest = self._heading(text)
        told = text[rest:]
        length = len(told.split())
        row = {
            name: float(min(MOST_HITS, len(search.findall(told)))) for name, search in self._searches.items()
        }
        figures = self.figures(told)
        row |= {
            "i_did": float(
                self._i_did.match(told) is not None
                or (sentence.bullet and self._verb_first.match(told) is not None)
            ),
            "we_did": float(self._we_did.match(told) is not None),
            "did_later": float(self._did_later.search(told) is not None),
            "i": float(self._i.search(told) is not None),
            "we": float(self._we.search(told) is not None),
            "passive": float(_PASSIVE.search(told) is not None),
            "past_perfect": float(_PERFECT.search(told) is not None),
            "present": float(_PRESENT.search(told) is not None),
            "negated": float(_NEGATED.search(told) is not None),
            "figure": float(figures),
            "from_to": float(_FROM_TO.search(told) is not None),
            "asks": float(told.rstrip().endswith("?")),
            "short": float(length < SHORT),
            "long": float(length > LONG),
            "to_verb": float(re.match(rf"{_LEAD}to \w+", told, re.IGNORECASE) is not None),
        }
        return Marked(
            sentence=sentence,
            row=row,
            figures=figures,
            headed=headed,
            only_heading=headed is not None and length == 0,
        )

    def figures(self, text: str) -> bool:
        """Whether a sentence gives a figure: an amount that says more than when something was."""
        if self._words.search(text) is not None:
            return True
        times = [(found.start(), found.end()) for found in self._when.finditer(text)]
        return any(
            not any(start <= amount.span.start < end for start, end in times)
            for amount in self._amounts.find(text)
        )

    def _heading(self, text: str) -> tuple[StoryPart | None, int]:
        for part, heading in self._headings.items():
            found = heading.match(text)
            if found is not None and (found.end() == len(text) or not found.group().isalpha()):
                end = found.end()
                while end < len(text) and not text[end].isalnum() and text[end] not in "\"'($":
                    end += 1
                return part, end
        return None, 0


def rows(marked: Sequence[Marked]) -> Marks:
    """The marks of a whole story, shape (sentences, `NAMES`)."""
    count = len(marked)
    found = [
        [
            *(one.row[name] for name in OWN),
            *_near(marked[place - 1] if place else None),
            *_near(marked[place + 1] if place + 1 < count else None),
            *_place(place, count),
        ]
        for place, one in enumerate(marked)
    ]
    return np.asarray(found, dtype=np.float32).reshape(count, len(NAMES))


def _near(other: Marked | None) -> list[float]:
    return [0.0] * len(NEAR) if other is None else [min(1.0, other.row[name]) for name in NEAR]


def _place(place: int, count: int) -> list[float]:
    share = place / max(1, count - 1)
    return [
        float(place == 0),
        float(place == 1),
        float(place == count - 1),
        float(place == count - 2),
        share,
        share**2,
    ]
