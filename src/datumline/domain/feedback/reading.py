"""A note read back: its words in order, each with the parts that they serve and the faults that they bear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from datumline.domain.language.finding import Part
from datumline.domain.language.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words; `fault` is the place in the list of findings of the first that quotes them, if any does."""

    text: str
    fault: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that serve the same parts; none for what serves no part."""

    parts: tuple[Part, ...]
    pieces: tuple[Piece, ...]


def runs(text: str, parts: Mapping[Part, Sequence[Span]], faults: Sequence[Span | None]) -> tuple[Run, ...]:
    """The note cut where a part begins or ends. Gaps between parts that hold no word are left out."""
    edges = {0, len(text)} | {
        edge for spans in parts.values() for span in spans for edge in (span.start, span.end)
    }
    ordered = sorted(edges)
    found: list[tuple[tuple[Part, ...], int, int]] = []
    for start, end in pairwise(ordered):
        if not any(each.isalnum() for each in text[start:end]):
            continue
        serving = tuple(
            part for part in Part if any(span.start <= start and end <= span.end for span in parts[part])
        )
        if found and found[-1][0] == serving:
            found[-1] = (serving, found[-1][1], end)
        else:
            found.append((serving, start, end))
    return tuple(
        Run(parts=serving, pieces=tuple(_pieces(text, start, end, faults))) for serving, start, end in found
    )


def _pieces(text: str, start: int, end: int, faults: Sequence[Span | None]) -> Iterator[Piece]:
    inside = [
        (max(span.start, start), min(span.end, end), number)
        for number, span in enumerate(faults)
        if span is not None and span.start < end and start < span.end
    ]
    edges = sorted({start, end, *(edge for first, last, _ in inside for edge in (first, last))})
    for first, last in pairwise(edges):
        number = next((each for begin, until, each in inside if begin <= first and last <= until), None)
        yield Piece(text=text[first:last], fault=number)
