"""A finished document as a file for a browser: PDF, HTML, Markdown or JSON."""

from __future__ import annotations

import json
from datetime import date

from django.http import HttpResponse

from datumline.domain.documents.content import content
from datumline.domain.documents.html import html
from datumline.domain.documents.markdown import markdown
from datumline.services.documents import Made

TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


def as_file(made: Made, form: str, *, name: str) -> HttpResponse:
    """The document in one of the four forms, to be kept under a name."""
    return HttpResponse(
        _written(made, form),
        content_type=TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )


def _written(made: Made, form: str) -> bytes:
    if form == "pdf":
        return made.rendered.pdf
    if form == "json":
        text = json.dumps(content(made.document), ensure_ascii=False, indent=2, default=_plain)
        return f"{text}\n".encode()
    return (html if form == "html" else markdown)(made.document).encode()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
