"""The pages as a server loads them, on the home that the environment names; on SQLite with its jobs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from datumline.config.home import home_at, home_folder
from datumline.config.opening import LazyInstallation
from datumline.config.wiring import PAGES, open_home
from datumline.config.working import start_here

os.environ["DJANGO_SETTINGS_MODULE"] = PAGES
home_at(home_folder())  # before settings are read: they take the home's secret
home = open_home()
application = get_wsgi_application()
if home.database_url is None:
    start_here(LazyInstallation())
