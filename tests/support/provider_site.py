"""An OpenID Connect provider as an organisation has one, run as a program of its own.

    python provider_site.py PORT FOLDER REDIRECT PASSWORD ADDRESS... -- ADDRESS...

Everybody named signs in there with that password; the addresses behind `--` are not checked by the provider.
It knows one client, `datumline`, with the password as its secret, and serves until it is ended.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

CLIENT = "datumline"
APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
SEEN = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]


def main(port: str, folder: str, redirect: str, password: str, *addresses: str) -> None:
    """Make the provider's own database, and serve."""
    _configure(Path(folder), password)
    django.setup()
    settings.ROOT_URLCONF = (
        path("accounts/", include("allauth.account.urls")),
        path("", include("allauth.idp.urls")),
    )
    call_command("migrate", verbosity=0)
    end = addresses.index("--")
    _people(addresses[:end], password, checked=True)
    _people(addresses[end + 1 :], password, checked=False)
    _client(redirect, password)
    run("127.0.0.1", int(port), get_wsgi_application(), threading=True)


def _configure(folder: Path, secret: str) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    written = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    settings.configure(
        SECRET_KEY=secret,
        ALLOWED_HOSTS=["127.0.0.1"],
        INSTALLED_APPS=APPS,
        MIDDLEWARE=MIDDLEWARE,
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": SEEN},
            }
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_PRIVATE_KEY=written.decode(),
    )


def _people(addresses: Iterable[str], password: str, *, checked: bool) -> None:
    from allauth.account.models import EmailAddress  # noqa: PLC0415 - once Django is set up
    from django.contrib.auth.models import User  # noqa: PLC0415 - as above

    for address in addresses:
        user = User.objects.create_user(address, address, password)
        EmailAddress.objects.create(user=user, email=address, verified=checked, primary=True)


def _client(redirect: str, secret: str) -> None:
    from allauth.idp.oidc.models import Client  # noqa: PLC0415 - as above

    client = Client(
        id=CLIENT, name=CLIENT, scopes="openid\nprofile\nemail", redirect_uris=redirect, skip_consent=True
    )
    client.set_secret(secret)
    client.save()


if __name__ == "__main__":
    main(*sys.argv[1:])
