"""How the pages are reached, from the environment: under which address, through which proxies, by whose word.

Wrong settings refuse to start, each in one line (`docs/reference/settings.md`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from datumline.domain.problem import Problem

ADDRESS = "DATUMLINE_ADDRESS"
PROXIES = "DATUMLINE_PROXIES"
OIDC_SERVER = "DATUMLINE_OIDC_SERVER"
OIDC_CLIENT = "DATUMLINE_OIDC_CLIENT"
OIDC_SECRET = "DATUMLINE_OIDC_SECRET"  # noqa: S105 - a setting's name
OIDC_NAME = "DATUMLINE_OIDC_NAME"
OIDC = "openid_connect"
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
MOST_PROXIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The way to the pages.

    Attributes:
        address: where people reach them, without a slash at the end; empty when only this machine does.
        hosts: the names that a request may ask for, besides this machine's own.
        proxies: how many proxies stand in front and say who asks.
    """

    address: str = ""
    hosts: tuple[str, ...] = ()
    proxies: int = 0

    @property
    def https(self) -> bool:
        """Whether nothing of it crosses the network readable."""
        return self.address.startswith("https://")

    @property
    def origins(self) -> tuple[str, ...]:
        """From where forms may be sent: a proxy takes the https off, so it has to be said."""
        return (self.address,) if self.address else ()


def doors(environment: Mapping[str, str]) -> Doors:
    """What the environment says. Raises Problem."""
    address = environment.get(ADDRESS, "").strip().rstrip("/")
    return Doors(
        address=address,
        hosts=_hosts(address) if address else (),
        proxies=_proxies(environment.get(PROXIES, "")),
    )


def _hosts(address: str) -> tuple[str, ...]:
    expected = "one address such as https://datumline.firm.example"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise Problem("not an address", where=ADDRESS, expected=expected) from None
    if "*" in address or host.startswith("."):
        raise Problem("a host that could be any", where=ADDRESS, expected=expected)
    plain = all(c.isalnum() or c in "-.:" for c in host)
    if parts.scheme not in {"https", "http"} or not host or not plain or parts.path or parts.query:
        raise Problem("not an address", where=ADDRESS, expected=expected)
    if parts.scheme == "http" and host not in HERE:
        raise Problem("passwords would cross the network readable", where=ADDRESS, expected="https://…")
    return (f"[{host}]" if ":" in host else host,)


def _proxies(said: str) -> int:
    if not said:
        return 0
    if not (said.isascii() and said.isdigit() and int(said) <= MOST_PROXIES):
        raise Problem(
            f"'{said[:20]}' proxies", where=PROXIES, expected=f"a whole number up to {MOST_PROXIES}"
        )
    return int(said)


def oidc_provider(environment: Mapping[str, str]) -> dict[str, Any]:
    """The one OpenID Connect provider, as the sign-in library takes it; none when it is not configured.

    Raises Problem for half a configuration.
    """
    said = {name: environment.get(name, "").strip() for name in (OIDC_SERVER, OIDC_CLIENT, OIDC_SECRET)}
    missing = [name for name, value in said.items() if not value]
    if len(missing) == len(said):
        return {"APPS": []}
    if missing:
        raise Problem(
            "half a configuration of OpenID Connect", where=missing[0], expected="a value, or none of three"
        )
    if not said[OIDC_SERVER].startswith(("https://", *(f"http://{host}" for host in HERE))):
        raise Problem("not an address", where=OIDC_SERVER, expected="https://…")
    app = {
        "provider_id": "organisation",
        "name": environment.get(OIDC_NAME, "").strip() or "your organisation's account",
        "client_id": said[OIDC_CLIENT],
        "secret": said[OIDC_SECRET],
        "settings": {"server_url": said[OIDC_SERVER]},
    }
    return {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
