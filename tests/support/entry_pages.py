"""A form as a browser sends it back, for tests of pages that write."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

from django.test import Client

Fields = dict[str, list[str]]
Answer = Any  # what the test client gives has a type of its own, which is no HttpResponse


class Forms(HTMLParser):
    """Reads the fields of a page's first form that writes, as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self.names: set[str] = set()
        self._area = ""
        self._list = ""
        self._read = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if self._read:
            return
        if tag == "form":
            self.fields, self.names = {}, set()
        elif tag == "input" and name:
            self.names.add(name)
            if said.get("type") not in {"radio", "checkbox"} or "checked" in said:
                self.fields.setdefault(name, []).append(said.get("value", ""))
        elif tag == "textarea":
            self.names.add(name)
            self._area = name
            self.fields.setdefault(name, []).append("")
        elif tag == "select":
            self.names.add(name)
            self._list = name
        elif tag == "option" and self._list and "selected" in said:
            self.fields[self._list] = [said.get("value", "")]

    def handle_data(self, data: str) -> None:
        """What stands in a field of several lines."""
        if self._area:
            self.fields[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        """A field or the form ends."""
        if tag == "form" and "once" in self.names:
            self._read = True
        elif tag == "textarea" and self._area:
            self.fields[self._area][-1] = self.fields[self._area][-1].removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._list = ""


def form_of(answer: Answer) -> Fields:
    """The fields of the page's form, with what stands in them."""
    reader = Forms()
    reader.feed(answer.content.decode())
    return reader.fields


def last_form_of(answer: Answer) -> Fields:
    """The fields of the page's last form that writes: on a page with a line, what was read back of it."""
    forms = answer.content.decode().split("<form")
    reader = Forms()
    reader.feed("<form" + [each for each in forms if 'name="once"' in each][-1])
    return reader.fields


def logged(answer: Answer) -> str:
    """The id of the entry that a saved line became."""
    assert answer.status_code == 303, faults_of(answer)
    return str(answer.headers["Location"]).partition("logged=")[2]


def names_of(answer: Answer) -> set[str]:
    """The names of the fields of the page's form."""
    reader = Forms()
    reader.feed(answer.content.decode())
    return reader.names


def filled(client: Client, address: str, **typed: str | Iterable[str]) -> Fields:
    """The form at an address, opened and filled in."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    more = {name: [said] if isinstance(said, str) else list(said) for name, said in typed.items()}
    return form_of(answer) | more


def send(client: Client, address: str, **typed: str | Iterable[str]) -> Answer:
    """Open the form at an address, fill it in, send it."""
    return client.post(address, filled(client, address, **typed))


def faults_of(answer: Answer) -> list[str]:
    """What the page says is wrong."""
    return re.findall(r'<p class="wrong"[^>]*>(.*?)</p>|data-fault>\s*<p>(.*?)</p>', answer.content.decode())


def wrote(answer: Answer) -> str:
    """The id of the entry that the answer leads to."""
    assert answer.status_code == 303, faults_of(answer)
    return str(answer.headers["Location"]).partition("?")[0].rpartition("/")[2]
