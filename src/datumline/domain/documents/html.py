"""A document as one self-contained HTML page: no script, no request to anywhere."""

from __future__ import annotations

from html import escape

from datumline.domain.citation import EntryCitation
from datumline.domain.documents.document import Block, Claim, Document, Lamps, Note, Paragraph, Table
from datumline.domain.documents.markdown import LAMP_WORDS, SHORT_ID

# The page's own small stylesheet: a document that is mailed or filed cannot lean on the application's.
STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 Georgia,"Times New Roman",serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0} h2{font-size:1.05rem;margin:1.6rem 0 .5rem;border-bottom:1px solid}
table{border-collapse:collapse;width:100%;font-size:.93rem} th{text-align:left;font-weight:600}
th,td{padding:.25rem .6rem .25rem 0;vertical-align:top;border-bottom:1px solid #8885}
.figure{text-align:right;font-variant-numeric:tabular-nums} footer,.soft{font-size:.85rem;opacity:.75}
ul{padding-left:0;list-style:none}
@media print{body{margin:0;max-width:none}}
"""


def html(document: Document) -> str:
    """The whole document as one page, every text escaped."""
    sections = "".join(
        f"<section><h2>{escape(section.title)}</h2>{''.join(map(_block, section.blocks))}</section>"
        for section in document.sections
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(document.title)}</title><style>{STYLE}</style></head><body><main>"
        f'<h1>{escape(document.title)}</h1><p class="soft">{escape(document.subtitle)}</p>'
        f"{sections}</main><footer><p>{escape(document.footer)}</p></footer></body></html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Paragraph(claims=claims):
            return f"<p>{' '.join(_claim(claim) for claim in claims)}</p>"
        case Note(text=text):
            return f'<p class="soft">{escape(text)}</p>'
        case Lamps(lamps=lamps):
            items = "".join(
                f"<li><strong>{LAMP_WORDS[answer]}</strong>: {escape(asked)}"
                + (f' <span class="soft">{escape(beside)}</span>' if beside else "")
                + "</li>"
                for answer, asked, beside in lamps
            )
            return f"<ul>{items}</ul>"
        case Table():
            return _table(block)


def _claim(claim: Claim) -> str:
    cited = [c.entry[:SHORT_ID] if isinstance(c, EntryCitation) else c.parameter for c in claim.citations]
    return f'{escape(claim.text)} <span class="soft">({escape(", ".join(cited) or "no entry")})</span>'


def _table(table: Table) -> str:
    def cells(tag: str, texts: tuple[str, ...]) -> str:
        return "".join(
            f"<{tag}{' class=figure' if n in table.figures else ''}>{escape(text)}</{tag}>"
            for n, text in enumerate(texts)
        )

    rows = "".join(f"<tr>{cells('td', row.cells)}</tr>" for row in table.rows)
    return (
        f"<table><caption>{escape(table.caption)}</caption>"
        f"<thead><tr>{cells('th', table.columns)}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
