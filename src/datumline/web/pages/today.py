"""Today: what runs out, what changed, who has no fresh notes; for an engineer, their own line."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.services.pages.person import person_page
from datumline.services.pages.today import today_page
from datumline.services.visit import Visit
from datumline.web.pages.asking import asked_by_somebody, shell_of
from datumline.web.rendering import page


@require_safe
@asked_by_somebody
def today(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The first page of whoever asks."""
    shell = shell_of(asked, "today")
    if asked.me is not None and asked.people == (asked.me,):
        mine = person_page(asked, asked.me, asked.context.at())
        return page(request, "my_line.html", shell, mine)
    return page(request, "today.html", shell, today_page(asked))
