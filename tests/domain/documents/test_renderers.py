"""Markdown, HTML and Typst data of one document: complete, escaped, and as the golden files have them."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from datumline.domain.documents.document import lines
from datumline.domain.documents.html import html
from datumline.domain.documents.markdown import markdown
from datumline.domain.documents.page_budget import Fit, PageBudget
from datumline.domain.documents.typst import typst
from support.sample_document import HOSTILE, sample

GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.mark.parametrize(("name", "render"), [("sample.md", markdown), ("sample.html", html)])
def test_a_document_renders_as_its_golden_file(name: str, render: object) -> None:
    assert callable(render)
    assert render(sample()) == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_line_is_in_every_rendering() -> None:
    document = sample()
    texts = {
        "markdown": markdown(document).replace("\\", ""),
        "html": unescape(re.sub(r"<[^>]+>", "\n", html(document))),
        "typst": json.dumps(json.loads(typst(document)), ensure_ascii=False),
    }
    for name, text in texts.items():
        assert [line for line in lines(document) if line not in text] == [], name


def test_text_from_an_entry_is_never_markup() -> None:
    document = sample(what=HOSTILE)
    assert "<script>" not in html(document)
    assert "[link](javascript" not in markdown(document)
    assert json.loads(typst(document))["sections"][1]["blocks"][1]["rows"][0][1] == HOSTILE


def test_a_claim_without_an_entry_is_marked() -> None:
    assert "Nobody wrote this down. (no entry)" in markdown(sample())


@pytest.mark.parametrize(
    ("pages", "fit"), [(0, Fit.TOO_THIN), (4, Fit.FITS), (6, Fit.FITS), (7, Fit.TOO_LONG), (3, Fit.TOO_THIN)]
)
def test_a_budget_holds_its_ends(pages: int, fit: Fit) -> None:
    assert PageBudget(least=4, most=6).fit(pages) is fit
