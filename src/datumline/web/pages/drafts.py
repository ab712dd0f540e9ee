"""One's own half-written forms: go on with one, or discard it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from datumline.services import workspace
from datumline.services.visit import Visit
from datumline.services.workspace import KeptForm
from datumline.web.forms import answer, blank, posted
from datumline.web.pages.asking import asked_by_somebody, shell_of

FIELDS = frozenset({"place"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """The page."""

    kept: tuple[KeptForm, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def drafts(request: HttpRequest, asked: Visit) -> HttpResponse:
    """GET lists what the one who asks kept; POST discards one of them."""
    form = blank(FIELDS)
    if request.method == "POST":
        form = posted(request, FIELDS)
        workspace.discard(asked.context, form.value("place"))
        done = form.done("/drafts")
        if done:
            return done
    view = Drafts(kept=tuple(workspace.kept_forms(asked.context)))
    return answer(request, "drafts.html", shell_of(asked, "drafts"), view, form)
