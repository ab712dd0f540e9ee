"""The pages as a server loads them, on the home that the environment names."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from datumline.config.home import home_at, home_folder
from datumline.config.wiring import open_home

home_at(home_folder())  # before settings are read: they take the home's secret
open_home()
application = get_wsgi_application()
