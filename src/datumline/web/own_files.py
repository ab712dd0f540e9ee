"""The files that a page loads: our own, and htmx as django-htmx ships it. Nothing comes from another host."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import django_htmx
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

STATIC = Path(__file__).parent / "static"
HTMX = "htmx.js"
A_YEAR = "max-age=31536000, public, immutable"  # its address carries the hash of its content


def own_file(name: str) -> Path:
    """Where the file behind `/static/NAME` stands."""
    if name == HTMX:
        return Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    return STATIC / name


@cache
def _htmx(*, packed: bool) -> bytes:
    plain = own_file(HTMX).read_bytes()
    return gzip.compress(plain, mtime=0) if packed else plain


@require_safe
def htmx(request: HttpRequest) -> HttpResponse:
    """The script from its package, packed where the browser takes that; kept in memory."""
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    headers = {"Cache-Control": A_YEAR, "Vary": "Accept-Encoding"}
    if packed:
        headers["Content-Encoding"] = "gzip"
    return HttpResponse(_htmx(packed=packed), content_type="text/javascript; charset=utf-8", headers=headers)
