"""A person's page, on this day or as of another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.domain.period import AsOf, end_of_day
from datumline.services.pages.person import Asked, person_page
from datumline.services.visit import Visit
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.pages.quick import line_form, logged_entry
from datumline.web.rendering import page

BAD_REQUEST = 400
NOT_A_DAY = "That is not a day. Write it as 2026-06-30, between 1970-01-01 and today."
FIRST_DAY = date(1970, 1, 1)


@require_safe
@asked_by_somebody
def person(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """The page of the person whose id stands in the address."""
    today = asked.context.today
    fault = ""
    try:
        at = _at(request, today)
    except ValueError:
        fault, at = NOT_A_DAY, asked.context.at()
    view = or_absent(
        person_page(
            asked,
            person,
            at,
            Asked(
                evidence=request.GET.get("evidence", ""),
                older=request.GET.get("older", ""),
                query=_query(request),
                fault=fault,
            ),
        )
    )
    shell = replace(shell_of(asked, "people"), logged=logged_entry(request))
    status = BAD_REQUEST if fault else 200
    return page(request, "person.html", shell, view, form=line_form(asked, fixed=person), status=status)


def _at(request: HttpRequest, today: date) -> AsOf:
    """The two clocks of the form; empty fields stand for today. Raises ValueError for what is no such day."""
    as_of = _day(request.GET.get("as_of", ""), today, today)
    known = _day(request.GET.get("known_at", ""), as_of, today)
    return AsOf(as_of=as_of, known_at=end_of_day(known))


def _day(text: str, default: date, today: date) -> date:
    day = date.fromisoformat(text) if text else default
    if not FIRST_DAY <= day <= today:
        raise ValueError(text)
    return day


def _query(request: HttpRequest) -> str:
    kept = {name: request.GET[name] for name in ("as_of", "known_at") if request.GET.get(name)}
    return urlencode(kept)
