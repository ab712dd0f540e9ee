"""A real OpenID Connect provider beside the pages, and somebody who signs in there by plain HTTP."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import requests

from support.site import LIMIT_SECONDS, free_port, until_it_answers

PASSWORD = "twelve green ladders"  # noqa: S105 - of an invented provider
NAME = "Acorn"
CALLBACK = "/sign-in/elsewhere/organisation"
SCRIPT = Path(__file__).with_name("provider_site.py")


@contextmanager
def running_provider(
    folder: Path, pages: str, *, checked: Collection[str], unchecked: Collection[str]
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a provider for the pages at an address; gives its own address and its process."""
    port = free_port()
    command = [sys.executable, str(SCRIPT), str(port), str(folder), f"{pages}{CALLBACK}", PASSWORD]
    process = subprocess.Popen([*command, *checked, "--", *unchecked], stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        until_it_answers(f"{address}/.well-known/openid-configuration", process)
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=LIMIT_SECONDS)


def settings_for(provider: str) -> dict[str, str]:
    """What the pages are told of a provider."""
    return {
        "DATUMLINE_OIDC_SERVER": provider,
        "DATUMLINE_OIDC_CLIENT": "datumline",
        "DATUMLINE_OIDC_SECRET": PASSWORD,
        "DATUMLINE_OIDC_NAME": NAME,
    }


def with_query(address: str, **changed: str) -> str:
    """An address with some of its query said otherwise."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | changed)))


def query_of(address: str) -> dict[str, str]:
    """What an address asks for."""
    return dict(parse_qsl(urlsplit(address).query))


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A browser without a screen, on its way through the provider to the pages at `pages`."""

    pages: str
    http: requests.Session = field(default_factory=requests.Session)

    def sent_to(self, **fields: str) -> str:
        """Where the button of the sign-in page leads."""
        token = _token(self.http.get(f"{self.pages}/sign-in", timeout=LIMIT_SECONDS).text)
        answer = self.post(f"{self.pages}/sign-in/elsewhere", csrfmiddlewaretoken=token, **fields)
        return str(answer.headers["Refresh"]).partition("url=")[2]

    def come_back(self, there: str, email: str) -> str:
        """Sign in at the provider; the address to which it sends the browser back."""
        answer = self.get(there)
        while not (address := urljoin(answer.url, answer.headers["Location"])).startswith(self.pages):
            answer = self.get(address)
            if "Location" not in answer.headers:  # the form, unless they are signed in there already
                said = {"csrfmiddlewaretoken": _token(answer.text), "login": email, "password": PASSWORD}
                answer = self.post(address, **said)
        return address

    def arrives(self, back: str) -> str:
        """Open the address that the provider gave, as a browser does; where that leads."""
        answer = self.get(back)
        return str(answer.headers.get("Location", answer.status_code))

    def signs_in(self, email: str) -> str:
        """The whole way, from the button to where it ends."""
        return self.arrives(self.come_back(self.sent_to(), email))

    @property
    def is_in(self) -> bool:
        """Whether pages are shown to this browser."""
        return self.get(f"{self.pages}/people").status_code == requests.codes.ok

    def get(self, address: str) -> requests.Response:
        """One request, and no further."""
        return self.http.get(address, allow_redirects=False, timeout=LIMIT_SECONDS)

    def post(self, address: str, **fields: str) -> requests.Response:
        """The same, with a form."""
        return self.http.post(address, fields, allow_redirects=False, timeout=LIMIT_SECONDS)


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, "no form on the page"
    return html.unescape(found[1])
