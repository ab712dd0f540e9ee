"""Every part of the pages in every state, on one page: what the look is, and that it holds together."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.services.visit import Visit
from datumline.web.component_samples import ComponentsPage, sample_form
from datumline.web.pages.asking import asked_by_somebody, shell_of
from datumline.web.rendering import page


@require_safe
@asked_by_somebody
def components(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The page; nothing on it is about anybody."""
    return page(
        request, "components.html", shell_of(asked, "components"), ComponentsPage(), form=sample_form()
    )
