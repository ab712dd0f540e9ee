"""The page of a concern: GET shows it; the acts of its case have forms of their own (`pages/case.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.services.pages.concern import ConcernPage, concern_page
from datumline.services.visit import Visit
from datumline.web import case_words
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.rendering import page


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The page around the view model; `done` names the act that was just done."""

    view: ConcernPage
    done: str
    words: object = case_words


@require_safe
@asked_by_somebody
def concern(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """The concern that the address names."""
    name = request.GET.get("name", "")
    here = f"/people/{person}/concern?{urlencode({'name': name})}"
    view = or_absent(concern_page(asked, person, name, here=here, evidence=request.GET.get("evidence", "")))
    done = request.GET.get("done", "")
    around = Around(view=view, done=done if done in case_words.ACTS else "")
    return page(request, "concern.html", shell_of(asked, "people"), around)
