"""Every address of the pages, as the tests need them that have a real browser look at each."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from django.urls import resolve
from django.urls.resolvers import URLPattern

from datumline.web.urls import urlpatterns

SIGNED_IN = frozenset({
    "welcome", "sign-in", "sign-in/second", "sign-in/again", "forgotten", "forgotten/asked",
    "links/<str:secret>", "account", "account/password", "account/app", "account/codes", "account/keys",
    "accounts", "accounts/<str:person>/link",
})  # fmt: skip
"""Where people sign in; looked at in the journey of sign-in, for the demo has none of them."""

FILE, ACT, ON = "a file", "an act by POST; its answer leads to a page of this list", "leads on at once"
NO_PAGE = {
    "people/<str:person>/ledger/receipt": FILE,
    "people/<str:person>/ledger/proof": FILE,
    "people/<str:person>/papers/<str:which>": FILE,
    "people/<str:person>/growth/document": FILE,
    "people/<str:person>/note/check": "a part of a page, for a script",
    "entries/<str:entry>/receipt": FILE,
    "receipts/take": FILE,
    "receipts/<str:entry>": FILE,
    "policy/pack.yaml": FILE,
    "verifier": FILE,
    "account/codes.txt": FILE,
    "sign-in/passkey": "JSON for a script",
    "sign-in/elsewhere": ON,
    "sign-in/elsewhere/<str:provider_id>": ON,
    "imports/<str:job>/confirm": ACT,
    "sign-out": ACT,
    "account/app/drop": ACT,
    "account/keys/<str:key>/drop": ACT,
    "account/sessions/others/end": ACT,
    "account/sessions/<str:session>/end": ACT,
    "accounts/<str:person>/disable": ACT,
    "accounts/<str:person>/enable": ACT,
}
"""What shows no page of its own, and why."""


def every_route() -> list[str]:
    """Every address, as the table of addresses writes it."""
    return [str(each.pattern) for each in urlpatterns if isinstance(each, URLPattern)]


def sort_of(address: str) -> str:
    """What tells pages of one address apart: the act, the view of it, and what is asked for by name."""
    found, query = resolve(urlsplit(address).path), parse_qs(urlsplit(address).query)
    return " ".join([found.route, found.kwargs.get("act", ""), *query.get("show", ()), *sorted(query)])


def route_of(address: str) -> str:
    """The line of the table that a page's address belongs to; raises for an address that there is not."""
    return str(resolve(urlsplit(address).path).route)
