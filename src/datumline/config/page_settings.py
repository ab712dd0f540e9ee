"""The settings of the process that serves the pages: what sign-in needs, on top of what every command needs.

They stand apart because the sign-in library takes longer to load than most commands take to run.
"""

from __future__ import annotations

import os

from datumline.config.doors import OIDC, doors, oidc_provider
from datumline.config.settings import *  # noqa: F403 - Django's settings are a module of names
from datumline.config.settings import ALLOWED_HOSTS, MIDDLEWARE

DOORS = doors(os.environ)
ALLOWED_HOSTS = [*ALLOWED_HOSTS, *DOORS.hosts]
CSRF_TRUSTED_ORIGINS = list(DOORS.origins)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "datumline.store",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIGRATION_MODULES = dict.fromkeys(
    ("contenttypes", "auth", "sessions", "account", "mfa", "usersessions", "socialaccount"),
    "datumline.store.made_here",
)
MIDDLEWARE = [
    *MIDDLEWARE[:2],
    "django.contrib.sessions.middleware.SessionMiddleware",
    *MIDDLEWARE[2:],
    "datumline.web.signed_in.recognised",
    "allauth.account.middleware.AccountMiddleware",
]

# Accounts. The forms and flows are the library's, the pages and the words our own.
AUTH_USER_MODEL = "store.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
]
ACCOUNT_ADAPTER = "datumline.web.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account's address is the one that its invitation went to
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if DOORS.https else "http"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = DOORS.proxies

MFA_ADAPTER = "datumline.web.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Datumline"
MFA_TOTP_TOLERANCE = 1

SOCIALACCOUNT_ADAPTER = "datumline.web.adapters.ElsewhereAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {OIDC: oidc_provider(os.environ)}

# Sessions stand in the database, so that ending one acts at the next request in every process.
SESSION_ENGINE = "datumline.store.sessions"
SESSION_COOKIE_NAME = "datumline-session"
SESSION_COOKIE_AGE = 12 * 3600  # seconds; `web/signed_in.py` holds each session to it from its first moment
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = DOORS.https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Counts guesses and remembers used codes, for all processes alike. A job removes what has ended; the
# limit is far above what anybody can fill before, so that no count and no used code is pushed out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sign_in_attempt",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
}
