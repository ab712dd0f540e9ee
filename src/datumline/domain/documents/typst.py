"""A document as the data that the one Typst template lays out.

Text reaches the layout only as JSON data, never as markup, so that nothing written in an entry can be read
as a command.
"""

from __future__ import annotations

import json

from datumline.domain.citation import EntryCitation
from datumline.domain.documents.document import Block, Claim, Document, Lamps, Note, Paragraph, Table
from datumline.domain.documents.markdown import LAMP_WORDS, SHORT_ID
from datumline.domain.verdict import Json


def typst(document: Document) -> str:
    """The template's data as JSON text."""
    data: dict[str, Json] = {
        "title": document.title,
        "subtitle": document.subtitle,
        "footer": document.footer,
        "sections": [
            {"title": section.title, "blocks": [_block(block) for block in section.blocks]}
            for section in document.sections
        ],
    }
    return json.dumps(data, ensure_ascii=False)


def _block(block: Block) -> Json:
    match block:
        case Paragraph(claims=claims):
            return {"type": "paragraph", "claims": [_claim(claim) for claim in claims]}
        case Note(text=text):
            return {"type": "note", "text": text}
        case Lamps(lamps=lamps):
            return {
                "type": "lamps",
                "lamps": [
                    {"answer": str(answer), "word": LAMP_WORDS[answer], "asked": asked, "beside": beside}
                    for answer, asked, beside in lamps
                ],
            }
        case Table():
            return {
                "type": "table",
                "caption": block.caption,
                "columns": list(block.columns),
                "widths": list(block.widths),
                "figures": [*sorted(block.figures)],
                "rows": [list(row.cells) for row in block.rows],
            }


def _claim(claim: Claim) -> Json:
    cited = [c.entry[:SHORT_ID] if isinstance(c, EntryCitation) else c.parameter for c in claim.citations]
    return {"text": claim.text, "cited": list(cited)}
