"""The yardstick for pages: a signed-in page of the same framework that says who is asking, and nothing else.

Sessions and users as the framework ships them, on SQLite; run by the same server in a process of its own,
with `DATUMLINE_BENCH_FOLDER` naming an empty folder. The cookie to ask with is left there as `cookie`.
"""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.urls import path

FOLDER = "DATUMLINE_BENCH_FOLDER"
USER = "bench"


def who(request: HttpRequest) -> HttpResponse:
    """Who is asking, from the session and the table of users."""
    user = request.user
    return HttpResponse(f"<!doctype html><title>Bare</title><p>Signed in as {user.get_username()}</p>")


urlpatterns = [path("", who)]


def _application(folder: Path) -> WSGIHandler:
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "bare.sqlite3")}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        MIDDLEWARE=[
            "django.middleware.common.CommonMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        ROOT_URLCONF=__name__,
        SECRET_KEY=os.urandom(32).hex(),
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LOGGING_CONFIG=None,
    )
    django.setup()
    call_command("migrate", verbosity=0)
    (folder / "cookie").write_text(f"{settings.SESSION_COOKIE_NAME}={_signed_in()}", encoding="ascii")
    return WSGIHandler()


def _signed_in() -> str:
    """A user and a session of theirs; gives the session's key."""
    from django.contrib.auth import (  # noqa: PLC0415 - its models exist once the framework is set up
        BACKEND_SESSION_KEY,
        HASH_SESSION_KEY,
        SESSION_KEY,
    )
    from django.contrib.auth.models import User  # noqa: PLC0415 - as above
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415 - as above

    user = User.objects.create_user(USER)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if FOLDER in os.environ:
    application = _application(Path(os.environ[FOLDER]))
