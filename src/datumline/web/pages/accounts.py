"""Who may sign in: for administrators, and for HR partners the people of their unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from datumline.domain.problem import Problem
from datumline.services import accounts
from datumline.services.access import AbsentError
from datumline.services.accounts import Offered
from datumline.services.pages.accounts import accounts_page
from datumline.services.visit import Visit
from datumline.web.forms import SEE_OTHER
from datumline.web.installed import opened
from datumline.web.pages.account import of_whom_signed_in
from datumline.web.pages.asking import or_absent, shell_of
from datumline.web.rendering import page

CONFLICT = 409
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A link that was made, with the address that it opens; empty where it is not for whoever made it."""

    offered: Offered
    address: str


@require_safe
@of_whom_signed_in
def everybody(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The list, or those of it whose name or address has `q` in it."""
    view = or_absent(accounts_page(asked, request.GET.get("q", "")))
    return page(request, "accounts.html", shell_of(asked, "accounts"), view)


@require_POST
@of_whom_signed_in
def link(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """Invite somebody, which shows the link once; or let them set a new password, which never does."""
    made = _tried(
        request, asked, lambda: accounts.offer_link(asked, person, opened().outgoing, opened().address)
    )
    if isinstance(made, HttpResponse):
        return made
    base = opened().address or request.build_absolute_uri("/").rstrip("/")
    view = Handed(offered=made, address=f"{base}/links/{made.secret}" if made.secret else "")
    return page(request, "account_link.html", shell_of(asked, "accounts"), view)


@require_POST
@of_whom_signed_in
def disable(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """They sign in no more."""
    return _switched(request, asked, person, disabled=True)


@require_POST
@of_whom_signed_in
def enable(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """They sign in again."""
    return _switched(request, asked, person, disabled=False)


def _switched(request: HttpRequest, asked: Visit, person: str, *, disabled: bool) -> HttpResponse:
    made = _tried(request, asked, lambda: accounts.switch(asked, person, disabled=disabled))
    return made if isinstance(made, HttpResponse) else HttpResponseRedirect("/accounts", status=SEE_OTHER)


def _tried(request: HttpRequest, asked: Visit, act: Callable[[], Made]) -> Made | HttpResponse:
    """What was made; or the list with the reason why nothing was. Whom one answers not for is absent."""
    try:
        return act()
    except AbsentError as problem:
        raise Http404 from problem
    except Problem as problem:
        view = replace(or_absent(accounts_page(asked, "")), refused=problem.what, needs=problem.expected)
        return page(request, "accounts.html", shell_of(asked, "accounts"), view, status=CONFLICT)
