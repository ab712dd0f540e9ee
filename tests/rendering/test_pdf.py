"""A document as a PDF: tagged, measured, the same bytes each time, no line lost."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from datumline.domain.documents.document import lines
from datumline.domain.documents.page_budget import Fit
from datumline.domain.problem import Problem
from datumline.rendering.pdf import render
from support.sample_document import HOSTILE, sample


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_page_is_tagged_for_screen_readers_and_names_its_language() -> None:
    reader = PdfReader(io.BytesIO(render(sample()).pdf))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert str(catalogue["/Lang"]).startswith("en")
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()


def test_every_line_is_found_in_the_text_of_the_pdf() -> None:
    document = sample(what=HOSTILE)
    rendered = render(document)
    text = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(rendered.pdf)).pages))
    assert [line for line in lines(document) if squeezed(line) not in text] == []


def test_pages_are_measured_and_a_long_table_breaks_over_them() -> None:
    assert (render(sample()).pages, render(sample()).fit) == (1, Fit.FITS)
    long = render(sample(rows=120))
    assert long.pages > 1
    assert long.fit is Fit.TOO_LONG


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render(sample()).pdf == render(sample()).pdf


def test_a_character_that_no_font_has_is_said_in_one_line() -> None:
    with pytest.raises(Problem) as wrong:
        render(sample(what="\U000f0000"))
    assert "\n" not in str(wrong.value)
