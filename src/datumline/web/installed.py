"""The installation that this process serves: shells reach it by a name in the settings, never the roof."""

from __future__ import annotations

from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from datumline.services.opened import Opened


@cache
def opened() -> Opened:
    """The installation that this process serves."""
    return cast("Opened", import_string(settings.OPENED)())
