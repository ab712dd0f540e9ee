"""Sign in and out: password, second step, passkey, a new password by link. An organisation's home only.

The forms and flows are the sign-in library's; what a page says about a wrong answer is the same whatever the
reason was.
"""

from __future__ import annotations

import json
import secrets
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.flows.password_reset import perform_password_reset_login
from allauth.account.models import Login
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.socialaccount.adapter import get_adapter as elsewhere
from allauth.socialaccount.providers.openid_connect.views import callback
from cryptography.exceptions import UnsupportedAlgorithm
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from requests import RequestException

from datumline.services import accounts
from datumline.services.account import is_app, second_step_of
from datumline.services.context import Mode
from datumline.services.reset_letters import ask_for_reset
from datumline.web.adapters import NONCE, TOO_MANY, WRONG_CODE, allowed
from datumline.web.forms import SEE_OTHER, Form, answer, blank, posted
from datumline.web.installed import opened
from datumline.web.rendering import page
from datumline.web.shell import Shell
from datumline.web.signed_in import left, local

FIRST = (AuthenticateForm, AuthenticateWebAuthnForm)
AGAIN = (ReauthenticateForm, ReauthenticateWebAuthnForm)
CREDENTIAL_CHARACTERS = 16_384  # far more than an answer of a passkey with its certificates
# What the library's parsers of JSON, base64, CBOR and keys raise for what is none of these.
MALFORMED = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
    NotImplementedError,
    UnsupportedAlgorithm,
    struct.error,
)
CODE_SECONDS = 120  # longer than a code of an app is taken for
SENTENCES = {
    "idle": "You were signed out after half an hour without a request.",
    "long": "You were signed out after twelve hours. Sign in again to go on.",
    "changed": "You were signed out, because your account or your place in the organisation changed.",
    "refused": "The address and the password do not belong together, or the account may not sign in.",
    "elsewhere": "That did not sign you in. It takes an invitation here, to an address checked there.",
    "unreachable": "Your organisation's sign-in does not answer. Try again, or use your password.",
    "passkey": "That passkey did not sign you in.",
    "out": "You are signed out.",
}

Parts = ParamSpec("Parts")
View = Callable[Concatenate[HttpRequest, Parts], HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """The page where one signs in."""

    organisation: str
    said: str
    elsewhere: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """The page for the second step: what it can be, and what a browser is asked for a passkey."""

    code: bool
    passkey: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """The page that leads to the organisation's own sign-in."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassword:
    """The page behind a link; without an address the link leads nowhere."""

    address: str = ""
    invited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """The page that asks for a link, and the one that says that it was asked for."""

    mail: bool
    asked: bool = False


def of_an_organisation(view: View[Parts]) -> View[Parts]:
    """These pages are there only where people sign in."""

    @wraps(view)
    def there(request: HttpRequest, /, *parts: Parts.args, **named: Parts.kwargs) -> HttpResponse:
        if opened().context().mode is not Mode.ORGANISATION:
            raise Http404
        return view(request, *parts, **named)

    return there


@require_http_methods(["GET", "HEAD", "POST"])
@of_an_organisation
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET asks for address and password; POST signs in, or goes on to the second step."""
    if request.method != "POST":
        return _door(request)
    form = posted(request, {"email", "password", "next"})
    email = form.text("email", "your address", needed=True)
    if not form.value("password"):
        form.refuse("password", "Write your password.")
    if not form.good:
        return _ask(request, form)
    if not allowed(request, "login"):
        form.said = TOO_MANY
        return _ask(request, form)
    asked = LoginForm({"login": email, "password": form.value("password")}, request=request)
    if not asked.is_valid():
        form.said = _first(asked.errors) if asked.non_field_errors() else SENTENCES["refused"]
        return _ask(request, form)
    if not asked.user.is_active:  # the password was right; nobody need know
        form.said = SENTENCES["refused"]
        return _ask(request, form)
    response: HttpResponse = asked.login(request, redirect_url=local(form.value("next")))
    return _on(response.headers["Location"])


def _door(request: HttpRequest) -> HttpResponse:
    """The empty form, with why somebody stands before it; on, for who is signed in already."""
    there = local(request.GET.get("next", ""))
    if request.user.is_authenticated:
        return _on(there)
    form = blank({"email", "password", "next"}, {"next": there})
    return _ask(request, form, SENTENCES.get(request.GET.get("why", ""), ""))


def _ask(request: HttpRequest, form: Form, said: str = "") -> HttpResponse:
    apps = elsewhere().list_apps(request)
    view = SignIn(
        organisation=accounts.organisation(),
        said=said,
        elsewhere=apps[0].name if apps else "",
    )
    return answer(request, "sign_in.html", outside(), view, form)


@require_http_methods(["GET", "HEAD", "POST"])
@of_an_organisation
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def second(request: HttpRequest) -> HttpResponse:
    """The second step: a code, or a passkey."""
    stage = request._login_stage  # type: ignore[attr-defined] # noqa: SLF001 - how the library hands it over
    user = stage.login.user
    if request.method != "POST":
        return _ask_second(request, user, blank({"code", "credential"}))
    form = posted(request, {"code", "credential"})
    asked = second_step(user, form)
    if not asked:
        return _ask_second(request, user, form)
    asked.save()
    return _on(stage.exit().headers["Location"])


def second_step(user: Any, form: Form, *, again: bool = False) -> Any:
    """The library's form once what came back fits; None otherwise, and the page's form says so."""
    by_code, by_passkey = AGAIN if again else FIRST
    if form.value("credential"):
        asked = by_passkey({"credential": form.value("credential")}, user=user)
    else:
        asked = by_code({"code": form.text("code", "the code", needed=True)}, user=user)
    if not form.good:
        return None
    if form.value("credential"):
        form.said = passkey_fault(asked)
    elif not asked.is_valid():
        form.said = _first(asked.errors)
    if not form.good:
        return None
    if not form.value("credential") and is_app(asked.authenticator.type):
        used = f"datumline.totp.{user.pk}.{''.join(form.value('code').split())}"
        # The library remembers a code for a shorter time than it takes it.
        if not cache.add(used, "used", CODE_SECONDS):
            form.said = WRONG_CODE
            return None
    return asked


def passkey_fault(asked: Any) -> str:
    """What is wrong with a passkey's answer that came with a library's form; empty when it fits.

    The one place where such an answer is parsed: whatever it holds, it is a wrong answer and no more.
    """
    said = str(asked.data["credential"])
    try:
        if len(said) > CREDENTIAL_CHARACTERS or not isinstance(json.loads(said), dict):
            return SENTENCES["passkey"]
        return "" if asked.is_valid() else _first(asked.errors)
    except MALFORMED:
        return SENTENCES["passkey"]


def _ask_second(request: HttpRequest, user: Any, form: Form) -> HttpResponse:
    return answer(request, "second.html", outside(), second_view(user), form)


def second_view(user: Any) -> Second:
    """What the account has for a second step."""
    step = second_step_of(user)
    return Second(code=step.code, passkey=json.dumps(webauthn.begin_authentication(user)) if step.key else "")


@require_http_methods(["GET", "HEAD", "POST"])
@of_an_organisation
def passkey(request: HttpRequest) -> HttpResponse:
    """GET: what a browser is asked for, as JSON; POST signs in with what it answered."""
    if not allowed(request, "login"):
        return JsonResponse({"said": TOO_MANY}, status=429)
    if request.method != "POST":
        return JsonResponse(webauthn.begin_authentication(None))
    form = posted(request, {"credential", "next"})
    asked = LoginWebAuthnForm({"credential": form.value("credential")})
    if passkey_fault(asked):
        form.said = SENTENCES["passkey"]
        return _ask(request, form)
    found = asked.cleaned_data["credential"]
    login = Login(user=found.user, redirect_url=local(form.value("next")))
    return _on(perform_passwordless_login(request, found, login).headers["Location"])


@require_POST
@of_an_organisation
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session is over."""
    logout(request)
    return left(_on("/sign-in?why=out"))


@require_POST
@of_an_organisation
def go_elsewhere(request: HttpRequest) -> HttpResponse:
    """To the organisation's own sign-in, by OpenID Connect."""
    apps = elsewhere().list_apps(request)
    if not apps:
        raise Http404
    try:
        provider = apps[0].get_provider(request)
        nonce = secrets.token_urlsafe(32)
        there = provider.redirect(
            request,
            process="login",
            next_url=local(request.POST.get("next", "")),
            data={NONCE: nonce},
            auth_params=provider.get_auth_params() | {NONCE: nonce},
        )
    except RequestException:
        return _on("/sign-in?why=unreachable")
    # Not a redirect: our content policy lets no form end on another site, so the page goes there by itself.
    view = Elsewhere(name=apps[0].name, address=there.headers["Location"])
    response = page(request, "elsewhere.html", outside(), view)
    response.headers["Refresh"] = f"0; url={view.address}"
    return response


@require_safe
@of_an_organisation
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the organisation's own sign-in: in, or back to the sign-in page with one line that says why."""
    try:
        answered: HttpResponse = callback(request, provider_id)
    except RequestException:
        return _on("/sign-in?why=unreachable")
    except (LookupError, TypeError, ValueError):  # what came back is no answer of OpenID Connect
        return _on("/sign-in?why=elsewhere")
    return answered


@require_http_methods(["GET", "HEAD", "POST"])
@of_an_organisation
def forgotten(request: HttpRequest) -> HttpResponse:
    """GET asks for the address; POST answers the same for every address."""
    view = Forgotten(mail=opened().outgoing.configured and bool(opened().address))
    if request.method != "POST":
        return answer(request, "forgotten.html", outside(), view, blank({"email"}))
    form = posted(request, {"email"})
    email = form.text("email", "your address", needed=True)
    if form.good and not allowed(request, "reset_password", key=email.lower()):
        form.said = TOO_MANY
    if not form.good:
        return answer(request, "forgotten.html", outside(), view, form)
    ask_for_reset(opened().context(), opened().jobs, email, opened().outgoing, opened().address)
    return _on("/forgotten/asked")


@require_safe
@of_an_organisation
def asked_for(request: HttpRequest) -> HttpResponse:
    """A link was asked for: says what happens if there is such an account."""
    view = Forgotten(mail=opened().outgoing.configured and bool(opened().address), asked=True)
    return page(request, "forgotten.html", outside(), view)


@require_http_methods(["GET", "HEAD", "POST"])
@of_an_organisation
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """GET says whose password a link sets; POST sets it, once, and signs in."""
    if not allowed(request, "login"):
        return page(request, "new_password.html", outside(), NewPassword(), status=429)
    context = opened().context()
    leads = accounts.open_link(context, secret)
    if leads is None:
        return page(request, "new_password.html", outside(), NewPassword(), status=404)
    view = NewPassword(address=leads.account.email, invited=leads.purpose == accounts.INVITE)
    if request.method != "POST":
        return answer(request, "new_password.html", outside(), view, blank({"password", "again"}))
    form = posted(request, {"password", "again"})
    password = new_password(form, accounts.account(leads.account.id))
    if not form.good:
        return answer(request, "new_password.html", outside(), view, form)
    account = accounts.use_link(context, secret, password)
    if account is None:
        return page(request, "new_password.html", outside(), NewPassword(), status=404)
    logout(request)
    return _on(perform_password_reset_login(request, account, email=account.email).headers["Location"])


def new_password(form: Form, account: Any) -> str:
    """A password that was written twice alike and is not easily guessed; else the form says what is wrong."""
    password = form.value("password")
    try:
        get_adapter().clean_password(password, account)
    except ValidationError as wrong:
        form.refuse("password", " ".join(wrong.messages))
    if password != form.value("again"):
        form.refuse("again", "This is not what stands above.")
    return password


def outside() -> Shell:
    """The frame for nobody in particular."""
    return Shell(today=opened().context().today)


def _on(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=SEE_OTHER)


def _first(errors: Any) -> str:
    return next((str(line) for lines in errors.values() for line in lines), SENTENCES["refused"])
