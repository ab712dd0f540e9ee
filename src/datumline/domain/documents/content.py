"""A document as plain data: what its JSON holds, for those who lay it out themselves."""

from __future__ import annotations

from datumline.domain.citation import EntryCitation
from datumline.domain.documents.document import Block, Claim, Document, Lamps, Note, Paragraph, Table


def content(document: Document) -> dict[str, object]:
    """Title, clocks, pack, sections with their blocks, and footer; every claim with what it cites."""
    return {
        "document": document.kind,
        "title": document.title,
        "subtitle": document.subtitle,
        "as_of": document.at.as_of,
        "known_at": document.at.known_at,
        "pack": {"name": document.pack.name, "version": document.pack.version},
        "sections": [
            {"title": section.title, "blocks": [_block(block) for block in section.blocks]}
            for section in document.sections
        ],
        "footer": document.footer,
    }


def _block(block: Block) -> dict[str, object]:
    match block:
        case Note(text=text):
            return {"type": "note", "text": text}
        case Paragraph(claims=claims):
            return {"type": "paragraph", "claims": [{"text": c.text, "cites": _cited(c)} for c in claims]}
        case Lamps(lamps=lamps):
            return {"type": "lamps", "lamps": [{"answer": a, "asked": q, "found": f} for a, q, f in lamps]}
        case Table():
            rows = [{"cells": list(row.cells), "entries": list(row.entries)} for row in block.rows]
            return {"type": "table", "columns": list(block.columns), "rows": rows}


def _cited(claim: Claim) -> list[str]:
    return [each.entry if isinstance(each, EntryCitation) else each.parameter for each in claim.citations]
