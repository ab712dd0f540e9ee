"""Quick entry: a line is read back, mended in place where it was not understood, and written.

`step=read` shows it back (the fragment alone for htmx), `step=save` writes it. Nothing typed is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from datumline.domain.evidence.entry import Tag
from datumline.domain.evidence.kinds import AMOUNTS, Kind, amounts
from datumline.domain.evidence.quick_entry import QuickEntry
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services import workspace
from datumline.services.pages.quick import (
    KINDS,
    QuickPage,
    may_log,
    quick_page,
    said_of,
    writable_name,
    write_line,
)
from datumline.services.visit import Visit
from datumline.web.amounts import amount_in
from datumline.web.entry_words import words_of
from datumline.web.forms import UNPROCESSABLE, Form, blank, posted
from datumline.web.kept import resumed, with_ticket
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.rendering import page

HTMX = "HX-Request"
FRAGMENT = "X-Datumline-Fragment"
OF_A_KIND = tuple(sorted({f"a-{name}" for kind in AMOUNTS for name in amounts(kind)}))
PARTS = ("kind", "happened", "title", "principles", "concern", "tag", "links", "private")
FIELDS = frozenset({"step", "line", "about", "fixed", *PARTS, *OF_A_KIND})
MANY = {"principles"}
PLACE, TITLE = "/log", "A line to log"
ID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """The page: whose it is fixed to be, and the line as it was understood, once there is one.

    `kept` says when the line was kept that its owner sent after their session had ended.
    """

    called: str
    understood: QuickPage | None
    kept: datetime | None = None


def line_form(asked: Visit, *, fixed: str = "") -> Form:
    """The form of the line alone, for a page that has it; `fixed` is the person whose page it is."""
    return with_ticket(blank(FIELDS, {"fixed": fixed}), asked, TITLE)


def logged_entry(request: HttpRequest) -> str:
    """The entry that was just written, as the address says it; empty for none."""
    said = request.GET.get("logged", "")
    return said if ID.fullmatch(said) else ""


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def log(request: HttpRequest, asked: Visit) -> HttpResponse:
    """GET shows the line, POST reads or writes it."""
    if not may_log(asked):
        raise Http404
    if request.method != "POST":
        held = {name: request.GET.get(name, "") for name in ("line", "fixed")}
        form = blank(FIELDS, held)
        if not held["line"].strip():
            return _kept(request, asked, form) or _shown(request, asked, form, None)
        view = _read(asked, form)
        return _shown(request, asked, blank(FIELDS, _values(view, form)), view)
    form = posted(request, FIELDS, many=MANY)
    if form.value("step") != "save":
        view = _read(asked, form)
        again = blank(FIELDS, _values(view, form))
        again.once = form.once
        return _shown(request, asked, again, view)
    view, said = _mended(asked, form)
    person = form.choice("about", "whom it is about", _people(asked, view), needed=True)
    private = form.value("private") == "yes"
    entry = form.tries(lambda: write_line(asked, said, person, private=private, key=form.once))
    if entry is not None:
        workspace.discard(asked.context, PLACE)
    back = f"/people/{form.value('fixed')}" if form.value("fixed") else "/"
    return form.done(f"{back}?logged={entry}") or _shown(request, asked, form, view)


def _kept(request: HttpRequest, asked: Visit, start: Form) -> HttpResponse | None:
    """The line that was sent after its session had ended, as it stood; None where none was."""
    form, kept = resumed(asked, PLACE, start)
    if kept is None:
        return None
    try:
        view = _read(asked, form)
    except Http404:  # it was about somebody who is no longer theirs to write about
        form.values.pop("fixed", None)
        view = _read(asked, form)
    if not form.value("kind"):
        form.values |= {
            name: said for name, said in blank(FIELDS, _values(view, form)).values.items() if said
        }
    return _shown(request, asked, form, view, kept=kept.saved_at)


def _read(asked: Visit, form: Form) -> QuickPage:
    """The line as it was understood. What somebody corrected of its kind stands."""
    line = form.text("line", "what happened, in one line")
    try:
        return quick_page(asked, line, form.value("fixed") or None, _kind(form))
    except Problem as wrong:
        raise Http404 from wrong


def _kind(form: Form) -> Kind | None:
    return Kind(form.value("kind")) if form.value("kind") in {*KINDS} else None


def _values(view: QuickPage, form: Form) -> dict[str, str | list[str]]:
    """What the fields show at first: the parts of the line."""
    said = view.entry
    parts: dict[str, str | list[str]] = {
        "line": form.value("line"),
        "fixed": form.value("fixed"),
        "about": view.about or "",
        "kind": view.kind or "",
        "happened": said.occurred_on.isoformat(),
        "title": said.title,
        "principles": list(said.principles),
        "concern": said.concern or "",
        "tag": said.tag or "",
        "links": " ".join(said.links),
    }
    return parts | {f"a-{name}": _text(value) for name, value in said.amounts.items()}


def _text(value: Json | date) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _mended(asked: Visit, form: Form) -> tuple[QuickPage, QuickEntry]:
    """The view that the form was made from, and the entry as the form says it now."""
    view = _read(asked, form)
    kind = Kind(form.choice("kind", "what it is", KINDS, needed=True) or Kind.OCCURRENCE)
    today = asked.context.today
    day = form.day("happened", "the day", last=today, needed=True) or today
    parts = {
        each.name: amount_in(
            form, each, f"a-{each.name}", words_of(view.kind or kind, each.name).what, lines=_listed
        )
        for each in view.amounts
    }
    return view, QuickEntry(
        kind=kind,
        occurred_on=day,
        title=form.text("title", "a title", needed=True),
        links=tuple(form.text("links", "links", most=2000).split()),
        principles=form.choices("principles", "principles", [each for each, _ in view.principles]),
        concern=form.text("concern", "a concern") or None,
        tag=Tag(chosen) if (chosen := form.choice("tag", "a tag", [*Tag])) else None,
        amounts=said_of(view, parts),
    )


def _listed(form: Form, name: str, what: str) -> list[str]:
    text = form.text(name, what)
    return [each.strip() for each in text.replace("+", ",").split(",") if each.strip()]


def _people(asked: Visit, view: QuickPage) -> list[str]:
    """Everybody who can be chosen: those on the list, or of a long one those whom the line can mean."""
    return [each for each, _ in (*view.people, *view.meant)] or [*asked.people]


def _shown(
    request: HttpRequest, asked: Visit, form: Form, view: QuickPage | None, kept: datetime | None = None
) -> HttpResponse:
    """The whole page, or for htmx what follows the line."""
    part, fixed = request.headers.get(HTMX) == "true", form.value("fixed")
    called = or_absent(writable_name(asked, fixed)) if fixed else ""
    template = "quick_part.html" if part else "quick.html"
    shown = LogPage(called=called, understood=view, kept=kept)
    answer = page(request, template, shell_of(asked, "log"), shown, form=with_ticket(form, asked, TITLE))
    if not form.good:
        answer.status_code = UNPROCESSABLE
    answer.headers[FRAGMENT] = "quick" if part else ""
    return answer
