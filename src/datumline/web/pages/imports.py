"""Bring people and evidence in: upload, look at what would happen, confirm, watch, read what came of it."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from datumline.domain.problem import Problem
from datumline.services.imports.asked import MOST_BYTES, Named, Sent, confirm, try_clone, try_table
from datumline.services.pages.imports import ImportsPage, clone_page, import_page, imports_page
from datumline.services.visit import Visit
from datumline.web.forms import SEE_OTHER, Form, answer, blank, posted
from datumline.web.installed import opened
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.pages.quick import FRAGMENT
from datumline.web.rendering import page
from datumline.web.uploads import too_large

FILE = "file"
FIELDS = frozenset({"what", "date_format", "mapping", "columns", "save", FILE})
CLONE_FIELDS = frozenset({"what", "path", "called"})
NOT_MODIFIED, NO_CONTENT = 304, 204


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def imports(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The form for a table; what it sends becomes a preview."""
    view = or_absent(imports_page(asked, opened().clones))
    shell = shell_of(asked, "imports")
    if request.method != "POST":
        return answer(request, "imports.html", shell, view, blank(FIELDS, {"what": "people"}))
    form = posted(request, FIELDS, files={FILE})
    sent = _sent(request, form, view)
    job = form.tries(lambda: try_table(asked, opened().jobs, sent))
    return form.done(f"/imports/{job}") or answer(request, "imports.html", shell, view, form)


def _sent(request: HttpRequest, form: Form, view: ImportsPage) -> Sent:
    file = request.FILES.get(FILE)
    if too_large(request):
        form.refuse(
            FILE, f"The file is too large: at most {MOST_BYTES >> 20} MB. `datumline import` takes more."
        )
    elif not isinstance(file, UploadedFile):
        form.refuse(FILE, "Choose a CSV or XLSX file.")
    return Sent(
        what=form.choice("what", "what is in the file", dict(view.kinds), needed=True),
        name=(file.name if isinstance(file, UploadedFile) else "") or "",
        content=file.read() if isinstance(file, UploadedFile) and form.good else b"",
        pairs=form.lines("columns", "the columns"),
        date_format=form.choice("date_format", "how dates are written", dict(view.dates)),
        saved=form.choice("mapping", "a saved mapping", dict(view.mappings)),
        save=form.text("save", "a name"),
        once=form.once,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def clone(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The form for a clone on the server; only where the installation names a folder of them."""
    folder = opened().clones
    kinds = or_absent(clone_page(asked, folder))
    shell = shell_of(asked, "imports")
    if request.method != "POST":
        return answer(request, "import_clone.html", shell, kinds, blank(CLONE_FIELDS, {"what": "git"}))
    form = posted(request, CLONE_FIELDS)
    named = Named(
        what=form.choice("what", "what to read", dict(kinds), needed=True),
        path=form.text("path", "the clone's folder", needed=True),
        called=form.text("called", "a name"),
        once=form.once,
    )
    job = form.tries(lambda: try_clone(asked, opened().jobs, folder, named))
    return form.done(f"/imports/{job}") or answer(request, "import_clone.html", shell, kinds, form)


@require_safe
@asked_by_somebody
def one(request: HttpRequest, asked: Visit, job: str) -> HttpResponse:
    """How far a preview or an import has come, and what came of it; unchanged, it is not sent again."""
    view = or_absent(import_page(asked, job, opened().clones))
    tag = f'"{view.version}"'
    part = bool(request.headers.get("HX-Request"))
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=NO_CONTENT if part else NOT_MODIFIED)
    else:
        form = blank(()) if view.trial and not view.open else None
        response = page(request, "import.html", shell_of(asked, "imports"), view, form=form)
    response.headers["ETag"] = tag
    response.headers[FRAGMENT] = "job" if part else ""
    return response


@require_POST
@asked_by_somebody
def go_on(request: HttpRequest, asked: Visit, job: str) -> HttpResponse:
    """Do what was looked at. Sent twice it is one import."""
    view = or_absent(import_page(asked, job, opened().clones))
    or_absent(view if view.may else None)
    posted(request, ())
    try:
        made = confirm(asked, opened().jobs, job, opened().clones)
    except Problem:
        made = job  # the page of the preview says how it stands
    return HttpResponseRedirect(f"/imports/{made}", status=SEE_OTHER)
