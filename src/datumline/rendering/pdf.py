"""A document to a tagged PDF (PDF/UA-1) through Typst: pages counted, every included line found again."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import typst
from pypdf import PdfReader

from datumline.domain.documents.document import Document, lines
from datumline.domain.documents.page_budget import Fit
from datumline.domain.documents.typst import typst as typst_data
from datumline.domain.problem import Problem

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A PDF as laid out: its bytes, its measured pages, and how that stands against the document's budget."""

    pdf: bytes
    pages: int
    fit: Fit


@cache
def _compiler(*, system_fonts: bool) -> typst.Compiler:
    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=system_fonts))


@cache
def _template() -> bytes:
    return files("datumline.rendering").joinpath("document.typ").read_bytes()


def render(document: Document) -> Rendered:
    """Lay the document out and measure it.

    The same document gives the same bytes: the bundled fonts come first, the machine's own only for
    characters that those lack. Raises Problem when no font has a character, or when layout lost a line.
    """
    data = typst_data(document)
    try:
        pdf = _compile(data, system_fonts=False)
    except typst.TypstError:
        pdf = _compile_with_machine_fonts(data)
    reader = PdfReader(io.BytesIO(pdf))
    _every_line_found(document, "".join(page.extract_text() for page in reader.pages))
    pages = len(reader.pages)
    return Rendered(pdf=pdf, pages=pages, fit=document.budget.fit(pages))


def _compile(data: str, *, system_fonts: bool) -> bytes:
    compiled = _compiler(system_fonts=system_fonts).compile(
        _template(), format="pdf", sys_inputs={"data": data}, pdf_standards="ua-1", timestamp=0
    )
    if not isinstance(compiled, bytes):
        raise TypeError("a PDF is one file")
    return compiled


def _compile_with_machine_fonts(data: str) -> bytes:
    try:
        return _compile(data, system_fonts=True)
    except typst.TypstError as wrong:
        reason = " ".join(str(wrong).split())
        raise Problem(
            f"the PDF cannot be laid out: {reason}",
            expected="text in characters that a font on this machine has (on Debian: fonts-noto-core)",
        ) from wrong


def _every_line_found(document: Document, text: str) -> None:
    """Refuse a layout that dropped a line (law 6). White space differs by line breaks: it is not compared."""
    found = _INVISIBLE.sub("", text)
    for line in lines(document):
        if _INVISIBLE.sub("", line) not in found:
            raise Problem(
                "a line was lost in layout", where=line[:60], expected="every line in the PDF's text"
            )
