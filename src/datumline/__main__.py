"""`python -m datumline`: the same as the command."""

from __future__ import annotations

from datumline.config.main import run

run()
