"""A feedback note read: its sentences, what each of them does, and where in it the words are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from datumline.domain.language.embedder import Embedder
from datumline.domain.language.features import Marked, Marker
from datumline.domain.language.head import Head
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.segmentation import sentences
from datumline.domain.language.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A sentence with the confidence, 0 to 1, that it does each thing: a part's letter or a rule's name."""

    marked: Marked
    sure: dict[str, float]

    @property
    def span(self) -> Span:
        """Its place in the note."""
        return self.marked.sentence.span


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note as it was written on a day, read sentence by sentence."""

    text: str
    on: date
    sentences: Sequence[Judged]


class NoteReader:
    """Reads notes with one pack's words, one embedder and one head."""

    def __init__(self, lexicon: Lexicon, embedder: Embedder, head: Head) -> None:
        self._lexicon, self._embedder, self._head = lexicon, embedder, head
        self._marker = Marker(lexicon)

    def read(self, text: str, on: date) -> Note:
        """The note that was written on the day `on`."""
        marked = [self._marker.mark(sentence, on) for sentence in sentences(text, self._lexicon)]
        vectors = self._embedder.embed([one.sentence.text for one in marked])
        sure = self._head.confidences(vectors, self._marker.features(marked, on))
        judged = [Judged(marked=one, sure=values) for one, values in zip(marked, sure, strict=True)]
        return Note(text=text, on=on, sentences=judged)
