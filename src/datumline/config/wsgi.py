"""The pages as a server loads them, on the home that the environment names."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from datumline.config.main import SETTINGS
from datumline.config.wiring import open_home

os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
application = get_wsgi_application()
open_home()
