"""One entry: all that it says, what was written about it since, what can be done, and its receipt."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.domain.evidence.acts import Act
from datumline.services.entries import found
from datumline.services.ledger import receipt_of_entry
from datumline.services.pages.entry import EntryPage, entry_page
from datumline.services.receipts_out import taken
from datumline.services.visit import Visit
from datumline.web import entry_words
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
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
    return page(request, "entry.html", shell_of(asked, "people"), shown)


def _done(named: str) -> str:
    if named == WRITTEN:
        return "Written down. This is how it stands in the record."
    act = next((each for each in Act if each == named), None)
    return entry_words.DONE[act] if act else ""


@require_safe
@asked_by_somebody
def receipt(request: HttpRequest, asked: Visit, entry: str) -> HttpResponse:
    """The signed receipt of an entry that one may read, as a file."""
    thread = found(asked, entry)
    if thread is None:
        raise Http404
    made = receipt_of_entry(asked.context, thread.entry.id)
    if request.method == "GET":
        taken(asked, thread.entry.subject, made)
    text = json.dumps(made.document(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    name = f"receipt-{thread.entry.id[:12]}.json"
    return HttpResponse(
        text,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
