"""How each figure is counted, and by which parameters of the policy."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.services.pages.counted import counted_page
from datumline.services.visit import Visit
from datumline.web.pages.asking import asked_by_somebody, shell_of
from datumline.web.rendering import page


@require_safe
@asked_by_somebody
def counted(request: HttpRequest, asked: Visit) -> HttpResponse:
    """One section for each figure."""
    return page(request, "counted.html", shell_of(asked, "counted"), counted_page(asked.context))
