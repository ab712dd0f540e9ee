"""A manager's leave cover: who stands in, said and ended."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from datumline.services.leave_cover import Leave, appoint, end
from datumline.services.pages.leave_cover import cover_page
from datumline.services.visit import Visit
from datumline.web.forms import STEP, answer, blank, posted
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of

FIELDS = frozenset({STEP, "by", "starts", "ends", "entry"})


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def cover(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """Who stands in for somebody. POST appoints, or with `step=end` ends."""
    view, shell = or_absent(cover_page(asked, person)), replace(shell_of(asked, "people"), asks_csrf=True)
    today = asked.context.today
    if request.method != "POST":
        return answer(request, "leave_cover.html", shell, view, blank(FIELDS, {"starts": str(today)}))
    form = posted(request, FIELDS)
    if form.value(STEP) == "end":
        entry = form.text("entry", "a cover", needed=True)
        form.tries(lambda: end(asked, person, entry, key=form.once))
    else:
        leave = Leave(
            by=form.text("by", "who stands in", needed=True),
            starts=form.day("starts", "the first day", needed=True) or today,
            ends=form.day("ends", "the last day", needed=True) or today,
        )
        form.tries(lambda: appoint(asked, person, leave, key=form.once))
    here = f"/people/{person}/cover"
    return form.done(here) or answer(request, "leave_cover.html", shell, view, form)
