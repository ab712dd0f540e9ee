"""Search: what one may see and that says the words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.services.pages.search import search_page
from datumline.services.visit import Visit
from datumline.web.pages.asking import asked_by_somebody, shell_of
from datumline.web.rendering import page


@require_safe
@asked_by_somebody
def search(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The people, documents and entries that say all words of `q`, the latest written first."""
    view = search_page(
        asked,
        request.GET.get("q", ""),
        after=request.GET.get("after", ""),
        documents=request.GET.get("in") == "documents",
    )
    return page(request, "search.html", shell_of(asked, "search"), view)
