"""One's own account: the ways to sign in, and the sessions that are open."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.password_change import change_password, finalize_password_change
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.adapter import get_adapter as keys_of
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.flows import activate_totp, deactivate_totp
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal.flows import add_authenticator, begin_registration, remove_authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from datumline.services.account import Session as Open
from datumline.services.account import app_of, codes_of, key_called, public_id, session_called, ways_of
from datumline.services.context import Mode
from datumline.services.visit import Visit
from datumline.web.adapters import TOO_MANY, allowed
from datumline.web.forms import SEE_OTHER, Form, answer, blank, posted
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.pages.sign_in import new_password, passkey_fault, second_step, second_view
from datumline.web.rendering import page
from datumline.web.signed_in import begin, local

BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
CALLED = {"Edg": "Edge", "OPR": "Opera"}
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux")

Parts = ParamSpec("Parts")
Page = Callable[Concatenate[HttpRequest, Visit, Parts], HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An open session; `id` is its public one."""

    id: str
    browser: str
    place: str
    began: datetime
    this: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A passkey or security key of one's own; `id` is its public one."""

    id: str
    name: str
    made: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The page.

    Attributes:
        password: whether there is one.
        app: whether a code is asked for at sign-in.
        codes: recovery codes left; None where there are none.
    """

    address: str
    password: bool
    app: bool
    codes: int | None
    keys: tuple[Key, ...]
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The page that sets up an app for codes: the picture to scan, and the same to be typed."""

    picture: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The recovery codes that are left."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """The page that adds a passkey: what the browser is asked for."""

    options: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The page that asks once more who it is."""

    password: bool
    code: bool
    passkey: str


def of_whom_signed_in(view: Page[Parts]) -> Callable[Concatenate[HttpRequest, Parts], HttpResponse]:
    """A page about the account of whoever signed in; there is none where nobody does."""

    @asked_by_somebody
    @wraps(view)
    def there(
        request: HttpRequest, asked: Visit, /, *parts: Parts.args, **named: Parts.kwargs
    ) -> HttpResponse:
        if asked.context.mode is not Mode.ORGANISATION:
            raise Http404
        return view(request, asked, *parts, **named)

    return there


def fresh(view: Page[Parts]) -> Page[Parts]:
    """What changes how one signs in asks once more who it is, unless that was shown minutes ago."""

    @wraps(view)
    def there(
        request: HttpRequest, asked: Visit, /, *parts: Parts.args, **named: Parts.kwargs
    ) -> HttpResponse:
        if not _is_fresh(request):
            back = request.path if request.method == "GET" else "/account"
            return _on(f"/sign-in/again?{urlencode({'next': back})}")
        return view(request, asked, *parts, **named)

    return there


def _is_fresh(request: HttpRequest) -> bool:
    shown = [each["at"] for each in get_authentication_records(request, request.user)]
    return bool(shown) and time.time() - max(shown) < app_settings.REAUTHENTICATION_TIMEOUT


@require_safe
@of_whom_signed_in
def account(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The ways to sign in and the open sessions."""
    return page(request, "account.html", shell_of(asked, "account"), _account(request))


def _account(request: HttpRequest) -> Account:
    user: Any = request.user
    ways = ways_of(user)
    return Account(
        address=user.email,
        password=user.has_usable_password(),
        app=ways.app,
        codes=ways.codes,
        keys=tuple(
            Key(id=public_id(each), name=each.name, made=each.made, used=each.used) for each in ways.keys
        ),
        sessions=tuple(_session(each) for each in ways.sessions),
    )


def _session(session: Open) -> Session:
    return Session(
        id=public_id(session),
        browser=browser_of(session.agent),
        place=session.place,
        began=session.began,
        this=session.this,
    )


def browser_of(agent: str) -> str:
    """What a browser calls itself, in two words; a hint for its owner and nothing else."""
    browser = next((CALLED.get(each, each) for each in BROWSERS if each in agent), "A browser")
    system = next((each for each in SYSTEMS if each in agent), "")
    return f"{browser} on {system}" if system else browser


@require_http_methods(["GET", "HEAD", "POST"])
@of_whom_signed_in
def again(request: HttpRequest, asked: Visit) -> HttpResponse:
    """Who is it, once more: by password, by code or by passkey."""
    user: Any = request.user
    if request.method != "POST":
        form = blank({"password", "code", "credential", "next"}, {"next": local(request.GET.get("next", ""))})
        return _ask_again(request, asked, form)
    form = posted(request, {"password", "code", "credential", "next"})
    if not allowed(request, "reauthenticate", user=user):
        form.said = TOO_MANY
    elif form.value("password"):
        if get_adapter().reauthenticate(user, form.value("password")):
            reauthenticate_by_password(request)
        else:
            form.refuse("password", "That is not your password.")
    elif (step := second_step(user, form, again=True)) is not None:
        step.save()
    if not form.good:
        return _ask_again(request, asked, form)
    return _on(local(form.value("next")))


def _ask_again(request: HttpRequest, asked: Visit, form: Form) -> HttpResponse:
    second = second_view(request.user)
    user: Any = request.user
    view = Again(password=user.has_usable_password(), code=second.code, passkey=second.passkey)
    return answer(request, "again.html", shell_of(asked, "account"), view, form)


@require_http_methods(["GET", "HEAD", "POST"])
@of_whom_signed_in
@fresh
def password(request: HttpRequest, asked: Visit) -> HttpResponse:
    """A new password; every other session ends with the old one."""
    user: Any = request.user
    if request.method != "POST":
        form = blank({"password", "again"})
        return answer(request, "password.html", shell_of(asked, "account"), _account(request), form)
    form = posted(request, {"password", "again"})
    chosen = new_password(form, user)
    if not form.good:
        return answer(request, "password.html", shell_of(asked, "account"), _account(request), form)
    change_password(user, chosen)
    finalize_password_change(request, user)
    begin(request, user)
    return _on("/account")


@require_http_methods(["GET", "HEAD", "POST"])
@of_whom_signed_in
@fresh
def app(request: HttpRequest, asked: Visit) -> HttpResponse:
    """Set up an app for codes: scan, then show that it works."""
    user: Any = request.user
    if app_of(user) is not None:
        return _on("/account")
    if request.method != "POST":
        return _app(request, asked, ActivateTOTPForm(user=user), blank({"code"}))
    form = posted(request, {"code"})
    asking = ActivateTOTPForm({"code": form.text("code", "the code", needed=True)}, user=user)
    if form.good and not asking.is_valid():
        form.refuse("code", str(asking.errors["code"][0]))
    if not form.good:
        return _app(request, asked, asking, form)
    _, codes = activate_totp(request, asking)
    return _on("/account/codes" if codes else "/account")


def _app(request: HttpRequest, asked: Visit, asking: ActivateTOTPForm, form: Form) -> HttpResponse:
    keys = keys_of()
    address = keys.build_totp_url(request.user, asking.secret)
    view = App(picture=keys.build_totp_svg(address), secret=asking.secret)
    return answer(request, "account_app.html", shell_of(asked, "account"), view, form)


@require_POST
@of_whom_signed_in
@fresh
def drop_app(request: HttpRequest, asked: Visit) -> HttpResponse:
    """No code is asked for any more."""
    del asked
    user: Any = request.user
    found = app_of(user)
    if found is not None:
        deactivate_totp(request, found)
    return _on("/account")


@require_http_methods(["GET", "HEAD", "POST"])
@of_whom_signed_in
@fresh
def codes(request: HttpRequest, asked: Visit) -> HttpResponse:
    """GET shows the recovery codes that are left; POST makes new ones."""
    user: Any = request.user
    if request.method == "POST":
        posted(request, set())
        if not codes_of(user):
            raise Http404
        generate_recovery_codes(request)
        return _on("/account/codes")
    view = Codes(codes=codes_of(user))
    return answer(request, "account_codes.html", shell_of(asked, "account"), view, blank(set()))


@require_safe
@of_whom_signed_in
@fresh
def codes_file(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The same as a file to keep."""
    del asked
    user: Any = request.user
    lines = ("Datumline, recovery codes", user.email, "Each works once.", "", *codes_of(user))
    answered = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    answered.headers["Content-Disposition"] = 'attachment; filename="datumline-recovery-codes.txt"'
    return answered


@require_http_methods(["GET", "HEAD", "POST"])
@of_whom_signed_in
@fresh
def add_key(request: HttpRequest, asked: Visit) -> HttpResponse:
    """Add a passkey of this device, or a security key."""
    user: Any = request.user
    if request.method != "POST":
        return _add_key(request, asked, blank({"name", "credential"}))
    form = posted(request, {"name", "credential"})
    name = form.text("name", "a name")
    asking = AddWebAuthnForm(
        {"name": name, "credential": form.value("credential"), "passwordless": "on"}, user=user
    )
    if form.good and passkey_fault(asking):
        form.said = "That passkey could not be added. Try once more."
    if not form.good:
        return _add_key(request, asked, form)
    credential = asking.cleaned_data["credential"]
    _, new = add_authenticator(request, name=asking.cleaned_data["name"], credential=credential)
    return _on("/account/codes" if new else "/account")


def _add_key(request: HttpRequest, asked: Visit, form: Form) -> HttpResponse:
    options = begin_registration(request, request.user, passwordless=True)
    view = NewKey(options=json.dumps(options))
    return answer(request, "account_key.html", shell_of(asked, "account"), view, form)


@require_POST
@of_whom_signed_in
@fresh
def drop_key(request: HttpRequest, asked: Visit, key: str) -> HttpResponse:
    """That passkey signs nobody in any more."""
    del asked
    user: Any = request.user
    remove_authenticator(request, or_absent(key_called(user, key)))
    return _on("/account")


@require_POST
@of_whom_signed_in
def end_session(request: HttpRequest, asked: Visit, session: str) -> HttpResponse:
    """One of one's own sessions is over, wherever it is open."""
    del asked
    user: Any = request.user
    end_sessions(request, [or_absent(session_called(user, session))])
    return _on("/account#sessions")


@require_POST
@of_whom_signed_in
def end_others(request: HttpRequest, asked: Visit) -> HttpResponse:
    """Every session but this one is over."""
    del asked
    end_other_sessions(request, request.user)
    return _on("/account#sessions")


def _on(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=SEE_OTHER)
