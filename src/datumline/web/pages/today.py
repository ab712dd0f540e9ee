"""Today: what to do now; for an engineer their own line; for an administrator the installation."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.services.pages.house import house_page, is_the_house
from datumline.services.pages.person import Asked, person_page
from datumline.services.pages.today import today_page
from datumline.services.visit import Visit
from datumline.web.pages.asking import asked_by_somebody, shell_of
from datumline.web.pages.quick import line_form, logged_entry
from datumline.web.rendering import page
from datumline.web.signed_in import LOOKED

SALT = "datumline.web.looked"
SO_LONG = 400 * 86_400  # seconds: longer than any review cycle


@require_safe
@asked_by_somebody
def today(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The first page of whoever asks."""
    shell = replace(shell_of(asked, "today"), logged=logged_entry(request))
    if is_the_house(asked):
        return page(request, "house.html", shell, house_page(asked))
    if asked.me is not None and asked.people == (asked.me,):
        before = _before(request, asked)
        mine = person_page(asked, asked.me, asked.context.at(), Asked(since=before))
        answer = page(request, "my_line.html", shell, mine, form=line_form(asked, fixed=asked.me))
        return _looked(answer, asked, before)
    return page(request, "today.html", shell, today_page(asked), form=line_form(asked))


def _before(request: HttpRequest, asked: Visit) -> datetime | None:
    """When this person last looked on an earlier day, as the browser kept it."""
    kept = request.get_signed_cookie(LOOKED, default="", salt=SALT, max_age=SO_LONG)
    person, last, before = (*str(kept).split(" "), "", "")[:3]
    if person != asked.me or not last:
        return None
    moment = datetime.fromisoformat(last)
    if moment.date() < asked.context.at().known_at.date():
        return moment
    return datetime.fromisoformat(before) if before else None


def _looked(answer: HttpResponse, asked: Visit, before: datetime | None) -> HttpResponse:
    """Keep that they looked now, and when they had before today: what is new stays new for the day."""
    held = f"{asked.me} {asked.context.at().known_at.isoformat()} {before.isoformat() if before else ''}"
    answer.set_signed_cookie(
        LOOKED,
        held.strip(),
        salt=SALT,
        max_age=SO_LONG,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
    return answer
