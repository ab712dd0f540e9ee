"""An attacker's walk: addresses of other things than people and entries, commands, search, as everybody.

What one may not see answers like what does not exist, byte for byte; a command says the same line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import URLPattern

from datumline.cli.main import run
from datumline.domain.people.person import PersonId
from datumline.web import urls
from datumline.web.installed import opened
from support.homes import DATABASE_URL, HOME, Home
from support.page_world import HANA, INES, JENS, KOFI, LENA, MONA, NILS, VERA, small_world

CAST = (VERA, MONA, NILS, HANA, INES, KOFI, LENA)
MISSING = "00000000-0000-4000-8000-0000000000ff"
JOB, NO_JOB = "1" * 32, "2" * 32


@pytest.fixture(scope="module", autouse=True)
def _walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = Home(folder=Path(tmp_path_factory.mktemp("strangers")) / "home", database_url=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME, str(home.folder))
        patch.delenv(DATABASE_URL, raising=False)
        opened.cache_clear()
        small_world(home)
        yield
        connections.close_all()
        opened.cache_clear()


def client_of(person: PersonId) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    assert client.post("/who", {"person": person}).status_code == 303
    return client


def others() -> list[str]:
    """Every address with a part that is filled in and that names neither a person's page nor an entry's."""
    found = [str(each.pattern) for each in urls.urlpatterns if isinstance(each, URLPattern)]
    return [each for each in found if "<" in each and not each.startswith(("people/", "entries/"))]


def shape(answer: Any) -> tuple[int, bytes]:
    return answer.status_code, re.sub(rb"[0-9a-f-]{32,36}", b"ID", answer.content)


@pytest.mark.parametrize("me", CAST)
@pytest.mark.parametrize("pattern", others())
def test_other_things_of_somebody_else_look_like_nothing(me: PersonId, pattern: str) -> None:
    client = client_of(me)
    theirs, nothing = (
        "/" + re.sub(r"<str:\w+>", named, pattern)
        for named in ((JENS if me != JENS else INES, MISSING) if "person" in pattern else (JOB, NO_JOB))
    )
    for verb in (client.get, client.post, client.head):
        assert shape(verb(theirs)) == shape(verb(nothing)), verb.__name__


COMMANDS = (
    ("status", "{who}"),
    ("status", "{who}", "--json"),
    ("status", "{who}", "--as-of", "2026-01-01"),
    ("verdict", "plan", "--person", "{who}"),
    ("verdict", "non-negotiables", "--person", "{who}", "--json"),
    ("doc", "signal-log", "--about", "{who}", "-o", "{out}"),
    ("log", "praise helped", "--about", "{who}", "--json", "--yes"),
)


@pytest.mark.parametrize(
    ("me", "about"), [(KOFI, INES), (NILS, INES), (LENA, MONA), (INES, VERA), (JENS, JENS[:-1] + "x")]
)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_as_somebody_says_of_a_hidden_person_what_it_says_of_nobody(
    me: PersonId, about: str, words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for who in (about, MISSING):
        asked = [word.format(who=who, out=tmp_path / "log.md") for word in words]
        code = run(opened(), [*asked, "--as", me])
        told = capsys.readouterr()
        said.append((code, told.out, told.err.replace(who, "WHO")))
    assert said[0] == said[1]
    assert said[0][0] == 2
    assert not (tmp_path / "log.md").exists()


@pytest.mark.parametrize("me", [KOFI, LENA])
@pytest.mark.parametrize(
    "question",
    [
        "refund OR praise",
        '"refund window"',
        "refund*",
        "NOT nothing",
        "title:refund",
        "subject:*",
        "refund) OR (1=1",
        "' OR 1=1 --",
        "%",
        "_",
        "words:refund NEAR private",
        "ref\u200bund",
    ],
)
def test_no_operator_of_a_search_reaches_further(me: PersonId, question: str) -> None:
    answer = client_of(me).get("/search", {"q": question})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Refund window" not in text
    assert "private thought" not in text


@pytest.mark.parametrize("me", [KOFI, INES, MONA])
def test_a_form_takes_no_field_that_says_who_or_when(me: PersonId) -> None:
    """A10."""
    for address, more in (
        ("/conflicts", "author"),
        ("/break-glass", "minutes"),
        (f"/people/{MONA}/cover", "manager"),
    ):
        answer = client_of(me).post(address, {"once": "a" * 32, more: VERA})
        assert answer.status_code in {400, 404}, address
