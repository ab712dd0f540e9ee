"""What must hold before pages are served. Each thing that does not refuses the start, in one line."""

from __future__ import annotations

import stat
from typing import Protocol

from datumline.config.doors import ADDRESS
from datumline.config.home import WEB_SECRET, Home
from datumline.domain.problem import Problem
from datumline.services.context import Mode

SHORTEST_SECRET = 50  # characters; a home's own has 86
COMMON = ("insecure", "changeme")


class Said(Protocol):
    """The settings as far as they are looked at."""

    DEBUG: bool
    ALLOWED_HOSTS: list[str]


def check_start(said: Said, home: Home, *, address: str) -> None:
    """Raises Problem for settings under which nobody should be served."""
    if said.DEBUG:
        raise Problem("DEBUG is on", where="settings", expected="it off: a fault would show its inside")
    anybody = next((host for host in said.ALLOWED_HOSTS if "*" in host or host.startswith(".")), None)
    if anybody is not None:
        raise Problem(f"'{anybody}' is any host", where="ALLOWED_HOSTS", expected=f"the one of {ADDRESS}")
    _check_secret(home)
    if address and home.mode in {Mode.DEMO, Mode.ALONE}:
        raise Problem(
            f"{address} would let others in where nobody signs in",
            where=ADDRESS,
            expected="an organisation's home, or no address",
        )


def _check_secret(home: Home) -> None:
    path = home.keys / WEB_SECRET
    expected = "the one that the home was made with: sessions and forms are signed with it"
    secret = path.read_text(encoding="ascii", errors="replace") if path.is_file() else ""
    if not secret:
        raise Problem("no secret of this home", where=str(path), expected=expected)
    if len(secret) < SHORTEST_SECRET or any(word in secret.lower() for word in COMMON):
        raise Problem("a secret that can be guessed", where=str(path), expected=expected)
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Problem("others may read the secret", where=str(path), expected=f"chmod 600 {path}")
