"""Receipts for one's own record: how much no receipt covers yet, and the files to take home."""

from __future__ import annotations

import io
import zipfile

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from datumline.services.pages.receipts import receipts_page
from datumline.services.receipts_out import MEDIA_TYPE, Files, again, take_home
from datumline.services.visit import Visit
from datumline.web.forms import SEE_OTHER, answer, blank, posted
from datumline.web.installed import opened
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of


@require_safe
@asked_by_somebody
def receipts(request: HttpRequest, asked: Visit) -> HttpResponse:
    """What could be taken home now."""
    view = or_absent(receipts_page(asked, opened().outgoing))
    return answer(request, "receipts.html", shell_of(asked, "receipts"), view, blank(()))


@require_POST
@asked_by_somebody
def take(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The files; from then on they count as held outside."""
    or_absent(receipts_page(asked, opened().outgoing))
    posted(request, ())
    files = take_home(asked)
    if not files:
        return HttpResponseRedirect("/receipts", status=SEE_OTHER)
    name, content = files[0] if len(files) == 1 else ("receipts.zip", _packed(files))
    kind = MEDIA_TYPE if len(files) == 1 else "application/zip"
    return taken_home(name, content, kind)


@require_safe
@asked_by_somebody
def one(request: HttpRequest, asked: Visit, entry: str) -> HttpResponse:
    """A receipt that was given out before, once more."""
    del request
    return taken_home(*or_absent(again(asked, entry)), MEDIA_TYPE)


def taken_home(name: str, content: bytes, kind: str) -> HttpResponse:
    """A file that the browser keeps."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _packed(files: Files) -> bytes:
    """Somebody with several streams, known under several names before, takes all of them at once."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return made.getvalue()
