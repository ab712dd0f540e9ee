"""The pages' settings for tests in this process: nothing differs but the time that a password hash takes."""

from __future__ import annotations

from datumline.config.page_settings import *  # noqa: F403 - Django's settings are a module of names

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
