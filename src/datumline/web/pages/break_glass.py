"""Break-glass: ask for a record, let somebody in, end it, review it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from datumline.domain.people.break_glass import Basis
from datumline.services import break_glass as service
from datumline.services.break_glass import OwnOpeningError
from datumline.services.pages.break_glass import break_glass_page
from datumline.services.visit import Visit
from datumline.web.forms import PAGE, STEP, Form, answer, blank, posted
from datumline.web.installed import opened
from datumline.web.pages.asking import asked_by_somebody, shell_of
from datumline.web.rendering import page

FIELDS = frozenset({STEP, "person", "basis", "words", "entry"})
FORBIDDEN = 403
OWN = "A second person lets you in, and another one reviews it. That you tried was noted."


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def break_glass(request: HttpRequest, asked: Visit) -> HttpResponse:
    """What one may know of. POST asks, or by its `step` lets in, ends or reviews."""
    view, shell = break_glass_page(asked), replace(shell_of(asked, "break-glass"), asks_csrf=True)
    if request.method != "POST":
        return answer(request, "break_glass.html", shell, view, blank(FIELDS))
    form = posted(request, FIELDS)
    act = _read(form, asked)
    try:
        form.tries(act)
    except OwnOpeningError:
        form.said = OWN
        return page(request, "break_glass.html", shell, view, form=form, status=FORBIDDEN)
    return form.done("/break-glass") or answer(request, "break_glass.html", shell, view, form)


def _read(form: Form, asked: Visit) -> Callable[[], object]:
    """What the form says to do."""
    step = form.choice(STEP, "what to do", ("let-in", "close", "review"))
    words = form.text("words", "why", needed=step in {"", "review"}, most=PAGE)
    if not step:
        person = form.text("person", "whose record", needed=True)
        basis = Basis(form.choice("basis", "the reason", [*Basis], needed=True) or Basis.SAFETY)
        return lambda: service.ask(asked, person=person, basis=basis, words=words, key=form.once)
    entry = form.text("entry", "which opening", needed=True)
    if step == "let-in":
        home = opened()
        return lambda: service.let_in(asked, entry, home.outgoing, key=form.once, place=home.address)
    if step == "close":
        return lambda: service.close(asked, entry, key=form.once)
    return lambda: service.review(asked, entry, words=words, key=form.once)
