"""Who may see what, from the table that decides."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.services.pages.access import access_page
from datumline.services.visit import Visit
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.rendering import page


@require_safe
@asked_by_somebody
def access(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The rights of one place in the organisation."""
    view = or_absent(access_page(request.GET.get("as", "self")))
    return page(request, "access.html", shell_of(asked, "access"), view)
