"""Django's settings, from the home that the environment names."""

from __future__ import annotations

import os
from typing import Any

from datumline.config.databases import database
from datumline.config.home import DATABASE_URL, WEB_SECRET, home_folder

HOME_FOLDER = home_folder()
DATABASES: dict[str, Any] = {"default": database(HOME_FOLDER, os.environ.get(DATABASE_URL))}
DATABASE_ROUTERS: list[str] = []
INSTALLED_APPS = ["datumline.store"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEBUG = False
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
USE_I18N = False
LOGGING_CONFIG = None

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # docs/decisions/sign-in.md

# Pages (`docs/rooms/pages.md`). The shells reach the installation by this name and never import the roof.
OPENED = "datumline.config.opening.LazyInstallation"
ROOT_URLCONF = "datumline.web.urls"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
MIDDLEWARE = [
    "datumline.web.security.guarded",
    "datumline.web.own_files.served",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
FILE_UPLOAD_HANDLERS = [
    "datumline.web.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "datumline.web.pages.notices.refused"
STATIC_URL = "/static/"


def _secret() -> str:
    """The key of cookies and forms: the home's own; a throw-away one before the home exists."""
    kept = HOME_FOLDER / "keys" / WEB_SECRET
    return kept.read_text(encoding="ascii") if kept.is_file() else os.urandom(48).hex()


SECRET_KEY = _secret()
