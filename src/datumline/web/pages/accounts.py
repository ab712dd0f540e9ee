"""Who may sign in: for administrators, and for HR partners the people of their unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from datumline.domain.problem import Problem
from datumline.services import accounts
from datumline.services.accounts import Offered
from datumline.services.pages.accounts import accounts_page
from datumline.services.visit import Visit
from datumline.web.forms import SEE_OTHER
from datumline.web.installed import opened
from datumline.web.pages.account import of_whom_signed_in
from datumline.web.pages.asking import or_absent, shell_of
from datumline.web.rendering import page

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
    made = _or_absent(lambda: accounts.offer_link(asked, person, opened().outgoing, opened().address))
    base = opened().address or request.build_absolute_uri("/").rstrip("/")
    view = Handed(offered=made, address=f"{base}/links/{made.secret}" if made.secret else "")
    return page(request, "account_link.html", shell_of(asked, "accounts"), view)


@require_POST
@of_whom_signed_in
def disable(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """They sign in no more."""
    del request
    _or_absent(lambda: accounts.switch(asked, person, disabled=True))
    return HttpResponseRedirect("/accounts", status=SEE_OTHER)


@require_POST
@of_whom_signed_in
def enable(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """They sign in again."""
    del request
    _or_absent(lambda: accounts.switch(asked, person, disabled=False))
    return HttpResponseRedirect("/accounts", status=SEE_OTHER)


def _or_absent(act: Callable[[], Made]) -> Made:
    try:
        return act()
    except Problem as problem:
        raise Http404 from problem
