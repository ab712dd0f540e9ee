"""The yardstick for pages: a signed-in page of the same framework, with fifty rows and nothing else.

Sessions and users as the framework ships them, on SQLite. At `/` the rows come as tuples and are drawn by
Jinja2, as our own pages do it; at `OTHER` the same page the framework's own way: objects of a model, drawn by
its templates. Run by the same server in processes of its own, with
`DATUMLINE_BENCH_FOLDER` naming a folder. The cookie to ask with is left there as `cookie`.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path
from jinja2 import Environment

FOLDER = "DATUMLINE_BENCH_FOLDER"
USER = "bench"
OTHER = "/framework"
ROWS = 50
WORDS = "Seen in review & written down"
COLUMNS = ("happened", "title", "text", "author")
TEMPLATE = (
    "<!doctype html><title>Bare</title><p>Signed in as {{ user }}</p><table>{% for happened, title, text, "
    "author in rows %}<tr><td>{{ happened }}</td><td>{{ title }}</td><td>{{ text }}</td><td>{{ author }}</td>"
    "</tr>{% endfor %}</table>"
)
OTHER_TEMPLATE = (
    "<!doctype html><title>Bare</title><p>Signed in as {{ user }}</p><table>{% for row in rows %}"
    "<tr><td>{{ row.happened }}</td><td>{{ row.title }}</td><td>{{ row.text }}</td>"
    "<td>{{ row.author }}</td></tr>{% endfor %}</table>"
)
MADE: dict[str, Any] = {}


def quick(request: HttpRequest) -> HttpResponse:
    """Who is asking, from the session and the table of users, and the rows."""
    rows = list(MADE["row"].objects.values_list(*COLUMNS)[:ROWS])
    return HttpResponse(MADE["jinja"].render({"user": request.user.get_username(), "rows": rows}))


def usual(request: HttpRequest) -> HttpResponse:
    """The same in the framework's templates."""
    rows = list(MADE["row"].objects.all()[:ROWS])
    values = {"user": request.user.get_username(), "rows": rows}
    return HttpResponse(MADE["framework"].render(Context(values)))


urlpatterns = [path("", quick), path(OTHER.lstrip("/"), usual)]


def _application(folder: Path) -> WSGIHandler:
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(folder / "bare.sqlite3"),
        "CONN_MAX_AGE": None,
    }
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": database},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        MIDDLEWARE=[
            "django.middleware.common.CommonMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        ROOT_URLCONF=__name__,
        SECRET_KEY=SECRET,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LOGGING_CONFIG=None,
    )
    django.setup()
    from datumline.store.bench import bare_rows  # noqa: PLC0415 - models exist once the framework is set up

    MADE["row"], MADE["fill"] = bare_rows.model(), bare_rows.fill
    MADE["jinja"] = Environment(autoescape=True).from_string(TEMPLATE)
    MADE["framework"] = Engine().from_string(OTHER_TEMPLATE)
    if not (folder / "cookie").exists():
        _fill(folder)
    return WSGIHandler()


SECRET = "of no use to anybody: a throw-away server on this machine"  # noqa: S105


def _fill(folder: Path) -> None:
    """The tables, the rows, and a user with a session, whose cookie is left in the folder."""
    call_command("migrate", verbosity=0)
    first = date(2026, 6, 30)
    rows = [
        {
            "happened": first - timedelta(days=n),
            "title": f"Entry {n}",
            "text": f"{WORDS}, {n}",
            "author": USER,
        }
        for n in range(ROWS)
    ]
    MADE["fill"](MADE["row"], rows)
    (folder / "cookie").write_text(f"{settings.SESSION_COOKIE_NAME}={_signed_in()}", encoding="ascii")


def _signed_in() -> str:
    """A user and a session of theirs; gives the session's key."""
    from django.contrib.auth import (  # noqa: PLC0415 - as above
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
