"""The list of people whose record one may open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.services.pages.people import people_page
from datumline.services.visit import Visit
from datumline.web.pages.asking import asked_by_somebody, shell_of
from datumline.web.rendering import page


@require_safe
@asked_by_somebody
def people(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The list, or those of it that match `q`."""
    view = people_page(asked, request.GET.get("q", "").strip())
    return page(request, "people.html", shell_of(asked, "people"), view)
