"""`python -m datumline`: the same as the command."""

from __future__ import annotations

from datumline.config.main import run

if __name__ == "__main__":  # a server's worker imports this module again
    run()
