"""The policy in force: what verdicts are given under."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datumline.services.pages.policy import policy_file, policy_page
from datumline.services.visit import Visit
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.rendering import page


@require_safe
@asked_by_somebody
def policy(request: HttpRequest, asked: Visit) -> HttpResponse:
    """Numbers, tables, sentences, names or history."""
    view = or_absent(policy_page(asked, request.GET.get("show", "parameters"), request.GET.get("q", "")))
    return page(request, "policy.html", shell_of(asked, "policy"), view)


@require_safe
@asked_by_somebody
def pack_file(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The pack in force as one YAML file."""
    del request
    name, text = or_absent(policy_file(asked))
    return HttpResponse(
        text,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
