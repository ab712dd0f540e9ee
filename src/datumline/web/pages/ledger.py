"""A person's ledger page, and the files that one keeps: receipt, proof, verifier."""

from __future__ import annotations

import json
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from datumline.domain.people.person import PersonId
from datumline.domain.verdict import Json
from datumline.services.ledger import offline_verifier
from datumline.services.pages import ledger
from datumline.services.visit import Visit
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.rendering import page


@require_safe
@asked_by_somebody
def ledger_of(request: HttpRequest, asked: Visit, person: PersonId) -> HttpResponse:
    """The streams of the person; with `verify`, what a recomputation finds."""
    view = or_absent(ledger.ledger_page(asked, person, verify="verify" in request.GET))
    shell = replace(shell_of(asked, "people"), asks_csrf=True)
    return page(request, "ledger.html", shell, view)


@require_POST
@asked_by_somebody
def receipt_of(request: HttpRequest, asked: Visit, person: PersonId) -> HttpResponse:
    """The receipt for the end of the shared stream, as a file. By POST, because it counts as held outside."""
    del request
    document = or_absent(ledger.receipt(asked, person))
    return _file(document, f"receipt-{person[:8]}-{asked.context.today}.json")


@require_POST
@asked_by_somebody
def proof_of(request: HttpRequest, asked: Visit, person: PersonId) -> HttpResponse:
    """The proof of the shared stream, as a file. By POST, because it may sign a checkpoint."""
    del request
    document = or_absent(ledger.proof(asked, person))
    return _file(document, f"proof-{person[:8]}-{asked.context.today}.json")


@require_safe
@asked_by_somebody
def verifier(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The offline verifier, as a file."""
    del request, asked
    return HttpResponse(
        offline_verifier(),
        content_type="text/x-python; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="verify.py"'},
    )


def _file(document: dict[str, Json], name: str) -> HttpResponse:
    return HttpResponse(
        f"{json.dumps(document, ensure_ascii=False)}\n",
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
