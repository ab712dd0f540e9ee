"""One entry: all that it says, what was written about it since, and its place in the ledger."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.services.pages.entry import entry_page
from datumline.services.visit import Visit
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.rendering import page


@require_safe
@asked_by_somebody
def entry(request: HttpRequest, asked: Visit, entry: str) -> HttpResponse:
    """The entry whose id stands in the address."""
    view = or_absent(entry_page(asked, entry))
    return page(request, "entry.html", shell_of(asked, "people"), view)
