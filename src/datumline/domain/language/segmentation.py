"""Cuts a text into sentences and clauses, with exact places; bullets, chat lines and speech included."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.spans import Span, plain, trimmed

LONGEST_RUN = 38  # words without a mark, after which speech is cut at its joints
LEAST_PIECE = 5  # words that a piece of speech keeps at least
SEEN = 80  # code points on each side of a mark that tell whether it ends a sentence
CHAT = 0.5  # the share of lines that begin in lower case where people send line by line
WRAPPED = 56  # a line shorter than this was broken by hand, unless the next goes on in lower case

_BULLET = re.compile(r"[ ]*(?:[-*\u2022\u2023\u25aa\u25e6\u2013\u2014+>]|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)])[ ]+")
_HEADING = re.compile(r"[ ]*#{1,6} ")
_END = re.compile(r"[.!?\u2026]+[\"')\]]*(?=\s|$)|[.!?]+(?=[A-Z][a-z])")
_ANY_WORD = re.compile(r"\S+")
_LAST_WORD = re.compile(r"([^\s(\"']+)[.!?\u2026]+[\"')\]]*$")
_CLAUSE = re.compile(r"[,;:](?=\s)|\s[-\u2013\u2014]\s|\u2014")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, a bullet or a piece of speech, without the white space and the bullet before it."""

    span: Span
    text: str
    bullet: bool = False

    @property
    def start(self) -> int:
        """Its first code point in the whole text."""
        return self.span.start

    def within(self, start: int, end: int) -> Span:
        """A place inside the sentence as one of the whole text."""
        return Span(start=self.start + start, end=self.start + end)


def words(text: str) -> list[str]:
    """The words of a text, in lower case; marks and symbols left out."""
    return [word.lower() for word in _WORD.findall(plain(text))]


def sentences(text: str, lexicon: Lexicon) -> tuple[Sentence, ...]:
    """Every sentence in order. Text between them is white space, bullets and nothing else."""
    flat = plain(text)
    found: list[Sentence] = []
    for block, bullet in _blocks(flat):
        for piece in _pieces(flat, block, lexicon):
            found += [
                Sentence(span=part, text=flat[part.start : part.end], bullet=bullet)
                for part in _joints(flat, piece, lexicon)
                if part.start < part.end
            ]
    return tuple(found)


def clauses(sentence: Sentence) -> tuple[Span, ...]:
    """The stretches of a sentence between commas, colons, semicolons and dashes; places in the whole text."""
    found: list[Span] = []
    start = 0
    for mark in _CLAUSE.finditer(sentence.text):
        found.append(trimmed(sentence.text, start, mark.start()))
        start = mark.end()
    found.append(trimmed(sentence.text, start, len(sentence.text)))
    return tuple(sentence.within(span.start, span.end) for span in found if span.start < span.end)


def _blocks(flat: str) -> Iterator[tuple[Span, bool]]:
    """Stretches that no sentence crosses: paragraphs, bullets, lines broken by hand."""
    start, bullet, position = 0, False, 0
    last = ""
    lines = flat.split("\n")
    begun = [line.lstrip()[0] for line in lines if line.strip()]
    wrapped = all(len(line) >= WRAPPED for line in lines[:-1] if line.strip())
    chat = not wrapped and sum(c.islower() for c in begun) >= CHAT * len(begun)
    for line in lines:
        mark = _BULLET.match(line) or _HEADING.match(line)
        if mark or chat or _breaks(last, line):
            yield trimmed(flat, start, position), bullet
            bullet = mark is not None
            start = position + (mark.end() if mark else 0)
        last = line
        position += len(line) + 1
    yield trimmed(flat, start, len(flat)), bullet


def _breaks(last: str, line: str) -> bool:
    """Whether a sentence ends between two lines."""
    before, after = last.rstrip(), line.strip()
    if not before or not after:
        return True
    if before[-1] in ".!?:\u2026":
        return True
    return len(before) < WRAPPED and not after[0].islower()


def _pieces(flat: str, block: Span, lexicon: Lexicon) -> Iterator[Span]:
    """A block cut where a sentence ends."""
    start = block.start
    for mark in _END.finditer(flat, block.start, block.end):
        around = (
            flat[max(start, mark.end() - SEEN) : mark.end()],
            flat[mark.end() : min(block.end, mark.end() + SEEN)],
        )
        if mark.end() < block.end and not _ends(*around, lexicon):
            continue
        yield trimmed(flat, start, mark.end())
        start = mark.end()
    yield trimmed(flat, start, block.end)


def _ends(before: str, after: str, lexicon: Lexicon) -> bool:
    """Whether the mark at the end of `before` closes a sentence."""
    last = _LAST_WORD.search(before)
    word = last.group(1).lower() if last else ""
    following = after.lstrip()[:1]
    if word in lexicon.words("abbreviations"):
        return bool(following.isupper() and word in lexicon.words("abbreviations_that_end"))
    if len(word) == 1 and word.isalpha() and before.rstrip(".")[-1:].isupper() and word != "i":
        return False
    if re.fullmatch(r"\(?\d{1,2}", word) and len(before.split()) == 1:
        return False  # the number of a list
    return not (before.endswith(("\u2026", "...")) and following.islower())


def _joints(flat: str, piece: Span, lexicon: Lexicon) -> Iterator[Span]:
    """A long run without marks, as speech is written down, cut where a speaker goes on to the next thing."""
    text = flat[piece.start : piece.end]
    if len(text.split()) <= LONGEST_RUN or len(re.findall(r"[,;:]\s", text)) * LONGEST_RUN > len(
        text.split()
    ):
        yield piece
        return
    starts = [match.start() for match in _ANY_WORD.finditer(text)]
    start, last = piece.start, 0
    for joint in lexicon.search("speech_joints").finditer(text):
        before = bisect_left(starts, joint.start())
        if before - last >= LEAST_PIECE and len(starts) - before >= LEAST_PIECE:
            here = piece.start + joint.start()
            yield trimmed(flat, start, here)
            start, last = here, before
    yield trimmed(flat, start, piece.end)
