"""This week: what runs out for whoever looks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.services.pages.reminders import reminders_page
from datumline.services.visit import Visit
from datumline.web.installed import opened
from datumline.web.pages.asking import asked_by_somebody, shell_of
from datumline.web.rendering import page


@require_safe
@asked_by_somebody
def reminders(request: HttpRequest, asked: Visit) -> HttpResponse:
    """One's own list."""
    view = reminders_page(asked, opened().outgoing)
    return page(request, "reminders.html", shell_of(asked, "reminders"), view)
