"""The pages as a server loads them, on the home that the environment names; on SQLite with its jobs."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from django.core.wsgi import get_wsgi_application

from datumline.config.home import home_at, home_folder
from datumline.config.opening import LazyInstallation
from datumline.config.wiring import PAGES, context_of, open_home
from datumline.domain.problem import Problem
from datumline.services.kept import begin

os.environ["DJANGO_SETTINGS_MODULE"] = PAGES
home_at(home_folder())  # before settings are read: they take the home's secret
home = open_home()
try:
    LazyInstallation().check_start()
except Problem as problem:
    sys.exit(f"datumline: {problem}")
application = get_wsgi_application()
with suppress(Problem):  # a page says it, with its reader before it
    begin(context_of(home))
if home.database_url is None:
    from datumline.config.working import start_here  # what jobs do knows tables, which are there by now

    start_here(LazyInstallation())
