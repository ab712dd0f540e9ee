"""Which neighbouring quantities are the two ends of one range or change: `3 to 5 days`, `from 42 to 36`."""

from __future__ import annotations

import re

from datumline.domain.language.quantities import Measure, Quantity
from datumline.domain.language.spans import plain

_JOINED = re.compile(
    r"\s*(?:to|-to-|-|\u2013|\u2014|\u2192|->|=>|~|until|till|through)\s*(?:about\s+|as\s+\w+\s+as\s+)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s*(?:about\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|or)\s*", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:about\s+|up\s+to\s+|around\s+|an?\s+\w+\s+of\s+|just\s+)?$", re.IGNORECASE)
_LATER = re.compile(
    r"(?:\s+(?!and\b|while\b|with\b)[^\s.;:]+){0,5}?\s+to\s+(?:just\s+|about\s+|over\s+)?", re.IGNORECASE
)


def grouped(quantities: tuple[Quantity, ...], text: str) -> tuple[tuple[Quantity, ...], ...]:
    """The quantities in order, those that are two ends of one range together."""
    flat, index = plain(text), 0
    groups: list[tuple[Quantity, ...]] = []
    while index < len(quantities):
        pair = quantities[index : index + 2]
        if len(pair) == 2 and _are_ends(pair[0], pair[1], flat):  # noqa: PLR2004 - two ends
            groups.append(pair)
            index += 2
        else:
            groups.append(pair[:1])
            index += 1
    return tuple(groups)


def _are_ends(first: Quantity, second: Quantity, flat: str) -> bool:
    if not (first.measure is second.measure or first.bare):
        return False
    between = flat[first.span.end : second.span.start]
    before = flat[max(0, first.span.start - 24) : first.span.start]
    if first.measure is Measure.COUNT and first.unit and between.lstrip().lower().startswith(first.unit):
        between = between.lstrip()[len(first.unit) :]
    if _JOINED.fullmatch(between):
        return True
    if _BETWEEN.search(before) and _AND.fullmatch(between):
        return True
    return bool(_FROM.search(before) and _LATER.fullmatch(between))
