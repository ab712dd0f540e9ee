"""The files that a page loads: our own, and htmx as django-htmx ships it. Nothing comes from another host."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import cache
from pathlib import Path

import django_htmx
from django.http import HttpRequest, HttpResponse

STATIC = Path(__file__).parent / "static"
HTMX = "htmx.js"
FOLDER = "/static/"
A_YEAR = "max-age=31536000, public, immutable"  # its address carries the hash of its content


def own_file(name: str) -> Path:
    """Where the file behind `/static/NAME` stands."""
    if name == HTMX:
        return Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    return STATIC / name


NAMES = frozenset({*(each.name for each in STATIC.iterdir() if each.is_file()), HTMX})
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}


@cache
def _content(name: str, *, packed: bool) -> bytes:
    plain = own_file(name).read_bytes()
    return gzip.compress(plain, mtime=0) if packed else plain


def served(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: own files, packed where the browser takes that, before anything asks who somebody is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        name = request.path.removeprefix(FOLDER)
        if not request.path.startswith(FOLDER) or name not in NAMES or request.method not in {"GET", "HEAD"}:
            return answer(request)
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        content = _content(name, packed=packed)
        headers = {"Cache-Control": A_YEAR, "Vary": "Accept-Encoding", "Content-Length": str(len(content))}
        if packed:
            headers["Content-Encoding"] = "gzip"
        return HttpResponse(content, content_type=TYPES[Path(name).suffix], headers=headers)

    return middleware
