"""One entry: all that it says, what was written about it since, what can be done, and its receipt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from datumline.domain.evidence.acts import Act
from datumline.services.pages.entry import EntryPage, entry_page
from datumline.services.receipts_out import MEDIA_TYPE, of_entry
from datumline.services.visit import Visit
from datumline.web import entry_words
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.pages.receipts import taken_home
from datumline.web.rendering import page

WRITTEN = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The page of an entry, and what was just done about it."""

    entry: EntryPage
    done: str
    words: object = entry_words


@require_safe
@asked_by_somebody
def entry(request: HttpRequest, asked: Visit, entry: str) -> HttpResponse:
    """The entry whose id stands in the address."""
    view = or_absent(entry_page(asked, entry))
    shown = Shown(entry=view, done=_done(request.GET.get("done", "")))
    return page(request, "entry.html", replace(shell_of(asked, "people"), asks_csrf=True), shown)


def _done(named: str) -> str:
    if named == WRITTEN:
        return "Written down. This is how it stands in the record."
    act = next((each for each in Act if each == named), None)
    return entry_words.DONE[act] if act else ""


@require_POST
@asked_by_somebody
def receipt(request: HttpRequest, asked: Visit, entry: str) -> HttpResponse:
    """The signed receipt of an entry, as a file. By POST, because it may then count as held."""
    del request
    return taken_home(*or_absent(of_entry(asked, entry)), MEDIA_TYPE)
