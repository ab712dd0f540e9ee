"""Where the sign-in library asks: our words, our pages, our rules. It makes no account and shows no page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from datumline.services import accounts
from datumline.web.signed_in import begin, local

WRONG = "The address and the password do not belong together, or the account may not sign in."
TOO_MANY = "Too many tries. Wait five minutes, then try again."
NONCE = "nonce"
WRONG_CODE = "That code does not fit, or it was used before. Take the next one."


def allowed(request: HttpRequest, action: str, *, key: str | None = None, user: Any = None) -> bool:
    """Count one more try; False when there were too many (the settings' ACCOUNT_RATE_LIMITS)."""
    return bool(
        ratelimit.consume(request, app="allauth.account", action=action, key=key, user=user, limit_get=True)
    )


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # the library has no types
    """Sign-in by password, and what a session begins with."""

    error_messages: ClassVar[Mapping[str, str]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "enter_current_password": "That is not your password.",
        "incorrect_password": "That is not your password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by invitation only."""
        del request
        return False

    def add_message(self, *args: Any, **more: Any) -> None:
        """Our pages say what happened."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The library's letters are not ours (see `services.accounts`)."""

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **more: Any) -> None:
        """As above."""

    def is_safe_url(self, url: str | None) -> bool:
        """Only paths of ours."""
        return bool(url) and local(url or "") == url

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page."""
        del request
        return "/"

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """A disabled account reads like a wrong password."""
        del request, user
        return HttpResponseRedirect("/sign-in?why=refused")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """One page asks for all of them."""
        del user
        return [{"id": "again", "description": "", "url": "/sign-in/again"}]

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Asked by our pages, before the library would (`web/pages/account.py`)."""
        del app, more
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Begin the session, under a new number."""
        super().login(request, user)
        begin(request, user)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc] # as above
    """Codes and passkeys."""

    error_messages: ClassVar[Mapping[str, str]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE
    }

    def send_notification_mail(self, *args: Any, **more: Any) -> None:
        """Our pages say what happened."""


class ElsewhereAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # as above
    """OpenID Connect: another's word about an address, for accounts that were invited here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Accounts are made by invitation only."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Join the word to the account of the address, if the other side has checked the address."""
        _check_asked_here(sociallogin)
        if sociallogin.is_existing:
            return
        checked = (each.email for each in sociallogin.email_addresses if each.verified)
        account = next((found for email in checked if (found := accounts.account_at(email))), None)
        if account is None:
            _refuse()
        sociallogin.connect(request, account)

    def on_authentication_error(self, request: HttpRequest, *args: Any, **more: Any) -> NoReturn:
        """Back to the page where one signs in."""
        del request, args, more
        _refuse()


def _check_asked_here(sociallogin: SocialLogin) -> None:
    """Refuse a word that was not given in answer to this very sign-in, or is about two persons.

    The library looks at the state and at who signed, not at the nonce.
    """
    said: Mapping[str, Any] = sociallogin.account.extra_data
    token, info = said.get("id_token") or {}, said.get("userinfo") or {}
    asked = (sociallogin.state.get("data") or {}).get(NONCE)
    if not asked or token.get(NONCE) != asked or token.get("sub") != info.get("sub"):
        _refuse()


def _refuse() -> NoReturn:
    raise ImmediateHttpResponse(HttpResponseRedirect("/sign-in?why=elsewhere"))
