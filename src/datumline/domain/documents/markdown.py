"""A document as Markdown text."""

from __future__ import annotations

import re

from datumline.domain.citation import EntryCitation
from datumline.domain.documents.document import Block, Claim, Document, Lamps, Note, Paragraph, Table
from datumline.domain.verdict import Answer

LAMP_WORDS = {Answer.MET: "met", Answer.NOT_MET: "not met", Answer.UNKNOWN: "unknown"}
SHORT_ID = 10
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(document: Document) -> str:
    """The whole document, headings first level down, one blank line between blocks."""
    parts = [f"# {_plain(document.title)}", _plain(document.subtitle)]
    for section in document.sections:
        parts.append(f"## {_plain(section.title)}")
        parts += [_block(block) for block in section.blocks]
    return "\n\n".join([*parts, f"_{_plain(document.footer)}_"]) + "\n"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _block(block: Block) -> str:
    match block:
        case Paragraph(claims=claims):
            return " ".join(_claim(claim) for claim in claims)
        case Note(text=text):
            return _plain(text)
        case Lamps(lamps=lamps):
            return "\n".join(
                f"- **{LAMP_WORDS[answer]}**: {_plain(asked)}" + (f" ({_plain(beside)})" if beside else "")
                for answer, asked, beside in lamps
            )
        case Table():
            return _table(block)


def _claim(claim: Claim) -> str:
    cited = [c.entry[:SHORT_ID] if isinstance(c, EntryCitation) else c.parameter for c in claim.citations]
    return f"{_plain(claim.text)} ({', '.join(cited)})" if cited else f"{_plain(claim.text)} (no entry)"


def _table(table: Table) -> str:
    def line(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(_plain(cell) for cell in cells) + " |"

    rule = (
        "| " + " | ".join("---:" if n in table.figures else "---" for n in range(len(table.columns))) + " |"
    )
    return "\n".join([line(table.columns), rule, *(line(row.cells) for row in table.rows)])
