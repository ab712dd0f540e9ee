"""A document: what it says, in order, and what stands behind each line. Layout is the renderers' business.

Every line that a document includes must be found again in the text of what was rendered (law 6), and a
document that argues from entries says how many it used of how many there are (law 7).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from datumline.domain.citation import Citation, EntryId
from datumline.domain.documents.page_budget import PageBudget
from datumline.domain.period import AsOf
from datumline.domain.verdict import Answer, PackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence and what it rests on. A claim without a citation is marked as such by every renderer."""

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Claims that are read one after the other."""

    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A line about the document itself, such as how to read it. It claims nothing and needs no citation."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lamps:
    """Conditions with their answers: what is asked, the answer, and the figure or fact beside it."""

    lamps: tuple[tuple[Answer, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table, and the entries that it stands for."""

    cells: tuple[str, ...]
    entries: tuple[EntryId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a header. `widths` are shares of the line; `figures` are the columns set to the right."""

    caption: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    figures: frozenset[int] = frozenset()


Block = Paragraph | Note | Lamps | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Entries that the document does not show one by one, and why (law 7).

    `to_fit` marks those that it would show if there were room: what was cut.
    """

    why: str
    entries: tuple[EntryId, ...]
    to_fit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A finished document, before layout.

    Attributes:
        kind: its name in commands, such as `signal-log`.
        used, available: how many entries it shows, of how many there were to choose from.
        left_out: the others, each group with its reason.
    """

    kind: str
    title: str
    subtitle: str
    at: AsOf
    pack: PackRef
    budget: PageBudget
    sections: tuple[Section, ...]
    footer: str
    used: int
    available: int
    left_out: tuple[LeftOut, ...] = ()


def lines(document: Document) -> Iterator[str]:
    """Every piece of text that the document includes, in reading order: all to be found when rendered."""
    yield document.title
    yield document.subtitle
    for section in document.sections:
        yield section.title
        for block in section.blocks:
            yield from _lines_of(block)


def _lines_of(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(claims=claims):
            yield from (claim.text for claim in claims)
        case Note(text=text):
            yield text
        case Lamps(lamps=lamps):
            for _, asked, beside in lamps:
                yield asked
                yield beside
        case Table(columns=columns, rows=rows):
            yield from columns
            for row in rows:
                yield from row.cells
