"""The organisation and reporting lines, and the two things that are said there: a move, and who is who."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from datumline.services.entries import sent
from datumline.services.pages.organisation import line_page, organisation_page
from datumline.services.people import resolve
from datumline.services.reporting_lines import Move, move
from datumline.services.visit import Visit
from datumline.web.forms import Form, answer, blank, posted
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of

JOIN = frozenset({"provisional", "real"})
MOVE = frozenset({"from_day", "manager", "unit", "team", "level", "role", "active"})
READ_OR_POST = ["GET", "HEAD", "POST"]
MOVED = "Somebody recorded a change since you opened the form; it stands above."


@require_http_methods(READ_OR_POST)
@asked_by_somebody
def organisation(request: HttpRequest, asked: Visit) -> HttpResponse:
    """A level of the tree. POST says that an unknown person is somebody on file."""
    shown = organisation_page(
        asked,
        unit=request.GET.get("unit", ""),
        under=request.GET.get("under", ""),
        after=request.GET.get("after", ""),
    )
    view, shell = or_absent(shown), replace(shell_of(asked, "organisation"), asks_csrf=True)
    if request.method != "POST":
        return answer(request, "organisation.html", shell, view, blank(JOIN))
    form = posted(request, JOIN)
    provisional, real = (
        form.text("provisional", "who", needed=True),
        form.text("real", "a person", needed=True),
    )
    form.tries(lambda: resolve(asked.context, provisional, real))
    return form.done("/organisation") or answer(request, "organisation.html", shell, view, form)


@require_http_methods(READ_OR_POST)
@asked_by_somebody
def line(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """Where somebody stands and stood. POST records a move."""
    view, shell = or_absent(line_page(asked, person)), replace(shell_of(asked, "people"), asks_csrf=True)
    if request.method != "POST":
        return answer(request, "line.html", shell, view, _blank(asked, view.state))
    form = posted(request, MOVE)
    day = form.day("from_day", "the day", needed=True)
    said = Move(
        from_day=day or asked.context.today,
        manager=form.text("manager", "a manager"),
        unit=form.text("unit", "a unit"),
        team=form.text("team", "a team"),
        level=form.text("level", "a level"),
        role=form.text("role", "a role"),
        active=form.flag("active", "whether they are here"),
    )
    if sent(asked, form.once) is None:
        form.stays(view.state, MOVED)
    form.tries(lambda: move(asked, person, said, key=form.once))
    return form.done(f"/people/{person}/line") or answer(request, "line.html", shell, view, form)


def _blank(asked: Visit, state: str) -> Form:
    return blank(MOVE, {"from_day": str(asked.context.today)}, seen=state)
