"""Who opened whose record."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.services.pages.opened import my_opened_page, opened_page
from datumline.services.visit import Visit
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.rendering import page


@require_safe
@asked_by_somebody
def my_opened(request: HttpRequest, asked: Visit) -> HttpResponse:
    """Who opened the record of the one who asks, and what they opened themselves."""
    return page(
        request, "opened.html", shell_of(asked, "opened"), my_opened_page(asked, before=_before(request))
    )


@require_safe
@asked_by_somebody
def opened_of(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """Who opened another's record, as far as the one who asks may know."""
    view = or_absent(opened_page(asked, person, before=_before(request)))
    return page(request, "opened.html", shell_of(asked, "people"), view)


def _before(request: HttpRequest) -> datetime | None:
    """The moment that the list goes on behind. Raises BadRequest for what is none."""
    said = request.GET.get("before", "")
    if not said:
        return None
    try:
        moment = datetime.fromisoformat(said)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # overflow: a zone leads beyond the first or the last day there is
        raise BadRequest("That is not a moment.") from None
