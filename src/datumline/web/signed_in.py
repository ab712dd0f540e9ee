"""Sessions: who signed in, what that rests on, and when it is over.

A session holds what it rested on when it began (`services.accounts.stamp`); each request compares. It ends
after a time without a request, after a time in any case, and as soon as what it rests on is another. The last
request's time stands in a signed cookie, so that looking at a page writes nothing.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from enum import StrEnum
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from datumline.services import accounts
from datumline.services.visit import Visit, visit
from datumline.web.forms import SEE_OTHER
from datumline.web.installed import opened
from datumline.web.kept import keep_for_later

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 3600
RENEWED_SECONDS = 60  # a cookie younger than this is not written again
SEEN, SEEN_SALT = "datumline-seen", "datumline.web.signed_in"
LOOKED = "datumline-looked"  # when somebody last read their line; it goes with them at sign-out
BEGAN, STAMP = "datumline.began", "datumline.stamp"

Answer = Callable[[HttpRequest], HttpResponse]


class Over(StrEnum):
    """Why a session is over."""

    IDLE = "idle"
    LONG = "long"
    CHANGED = "changed"


def recognised(answer: Answer) -> Answer:
    """Middleware: `request.user` is the account that signed in, or nobody; found out when a page asks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: _account(request))  # type: ignore[assignment]
        response = answer(request)
        if getattr(request, "asked", None) is not None and SESSION_KEY in request.session:
            _renew(request, response)
        return response

    return middleware


def begin(request: HttpRequest, account: accounts.Account) -> None:
    """A session begins, or rests on something new that its own owner did."""
    asked = _visit(account)
    request.session[BEGAN] = time.time()
    request.session[STAMP] = accounts.stamp(account, asked)
    _found(request, asked)


def asked_by(request: HttpRequest) -> Visit | HttpResponse:
    """The visit of whoever signed in; the way to the sign-in page for nobody."""
    if request.user.is_authenticated:
        return cast("Visit", request.asked)  # type: ignore[attr-defined]
    back = request.get_full_path() if _comes_back(request) else ""
    said = {"why": getattr(request, "over", ""), "next": back}
    query = urlencode({name: value for name, value in said.items() if value})
    address = f"/sign-in?{query}" if query else "/sign-in"
    if request.headers.get("HX-Request"):  # a part of a page would be put in the page's place
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address, status=SEE_OTHER)


def left(response: HttpResponse) -> HttpResponse:
    """The answer to who signs out: nothing of who they were stays in the browser."""
    response.headers["Clear-Site-Data"] = '"cache"'
    for cookie in (SEEN, LOOKED):
        response.delete_cookie(cookie, samesite="Lax")
    return response


def local(address: str) -> str:
    """The address, if it is a path of ours; else the first page. Nobody is sent elsewhere after sign-in."""
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours and address.isprintable() else "/"


def _comes_back(request: HttpRequest) -> bool:
    """Whether the way on leads back: to a page, or to a form whose words were kept for its owner."""
    if request.method == "POST":
        return keep_for_later(request, opened().context())
    return request.method == "GET" and request.get_full_path() != "/"


def _account(request: HttpRequest) -> accounts.Account | AnonymousUser:
    number = request.session.get(SESSION_KEY)
    if number is None:
        return AnonymousUser()
    account = accounts.account(int(number))
    over = Over.CHANGED if account is None or account.disabled or not account.person else None
    if over is None and account is not None:
        asked = _visit(account)
        over = _over(request, account, asked)
        if over is None:
            _found(request, asked)
            return account
    request.session.flush()
    request.over = over  # type: ignore[attr-defined]
    return AnonymousUser()


def _over(request: HttpRequest, account: accounts.Account, asked: Visit) -> Over | None:
    began = request.session.get(BEGAN, 0.0)
    if not 0 <= time.time() - began <= LONGEST_SECONDS:
        return Over.LONG
    if asked.me not in asked.chart.people or request.session.get(STAMP) != accounts.stamp(account, asked):
        return Over.CHANGED
    return None if _age(request) is not None else Over.IDLE


def _visit(account: accounts.Account) -> Visit:
    return visit(opened().context(account.person or ""))


def _found(request: HttpRequest, asked: Visit) -> None:
    request.asked = asked  # type: ignore[attr-defined]


def _age(request: HttpRequest) -> float | None:
    """Seconds since this session's last request; None where it is too long ago, or nothing says when."""
    try:
        name, _, at = signing.Signer(salt=SEEN_SALT).unsign(request.COOKIES.get(SEEN, "")).partition(".")
    except signing.BadSignature:
        return None
    age = time.time() - int(at)
    return age if name == _name(request) and age <= IDLE_SECONDS else None


def _renew(request: HttpRequest, response: HttpResponse) -> None:
    age = _age(request)
    if age is not None and age < RENEWED_SECONDS:
        return
    said = signing.Signer(salt=SEEN_SALT).sign(f"{_name(request)}.{int(time.time())}")
    response.set_cookie(
        SEEN, said, httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
    )


def _name(request: HttpRequest) -> str:
    return hashlib.sha256((request.session.session_key or "").encode()).hexdigest()[:32]
