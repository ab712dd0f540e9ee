"""Conflicts of interest: seen, declared, withdrawn."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from datumline.domain.people.conflicts import Why
from datumline.services.conflicts import declare, withdraw
from datumline.services.pages.conflicts import conflicts_page
from datumline.services.visit import Visit
from datumline.web.forms import STEP, answer, blank, posted
from datumline.web.pages.asking import asked_by_somebody, shell_of

FIELDS = frozenset({STEP, "other", "why", "entry"})


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def conflicts(request: HttpRequest, asked: Visit) -> HttpResponse:
    """What one may know of. POST declares an own one, or with `step=end` takes one back."""
    view, shell = conflicts_page(asked), replace(shell_of(asked, "conflicts"), asks_csrf=True)
    if request.method != "POST":
        return answer(request, "conflicts.html", shell, view, blank(FIELDS))
    form = posted(request, FIELDS)
    if form.value(STEP) == "end":
        entry = form.text("entry", "a conflict", needed=True)
        form.tries(lambda: withdraw(asked, entry, key=form.once))
    else:
        other = form.text("other", "with whom", needed=True)
        why = Why(form.choice("why", "why", [*Why], needed=True) or Why.OTHER)
        form.tries(lambda: declare(asked, other=other, why=why, key=form.once))
    return form.done("/conflicts") or answer(request, "conflicts.html", shell, view, form)
