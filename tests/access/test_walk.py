"""Every address, walked by everybody: what opens is what the table says, and the rest looks like absence.

The table is asked through `can`, entry by entry; the pages through Django's own client.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.sought import SOUGHT, words_of
from datumline.domain.people.access import Actor, Relations, Thing, can
from datumline.domain.people.access_rules import noun_of
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.person import PersonId
from datumline.domain.people.relations import actor_for, relations_of
from datumline.store import people
from datumline.store.ledger import entries, place
from datumline.web import urls
from datumline.web.installed import opened
from datumline.web.pages import asking
from support.access_cast import LIMITS
from support.homes import DATABASE_URL, HOME, Home
from support.page_world import HANA, INES, JENS, KOFI, LENA, MONA, NILS, TODAY, VERA, at_noon, small_world

ABEL, HEDY, TONI = (f"00000000-0000-4000-8000-00000000002{n}" for n in range(1, 4))
CAST = (VERA, MONA, NILS, HANA, INES, JENS, KOFI, LENA, ABEL, HEDY, TONI)
SUBJECTS = (INES, JENS, MONA, HANA, TONI)
MISSING = "00000000-0000-4000-8000-0000000000ff"
NO_ENTRY = "0" * 64
AUDIENCES = (Audience.SHARED, Audience.CASE, Audience.PANEL, Audience.PRIVATE)
SEARCHED = ("milestone", "invoice", "private", "dates", "case")


@pytest.fixture(scope="module", autouse=True)
def _walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The small organisation with an administrator, an HR partner of another unit, and somebody who left."""
    home = Home(folder=Path(tmp_path_factory.mktemp("walk")) / "home", database_url=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME, str(home.folder))
        patch.delenv(DATABASE_URL, raising=False)
        opened.cache_clear()
        small_world(home)
        place(list(_more()), clock=at_noon(date(2026, 6, 26)))
        yield
        connections.close_all()
        opened.cache_clear()


def _more() -> Iterator[Draft]:
    told: dict[PersonId, tuple[str, dict[str, Any]]] = {
        ABEL: ("Abel Roth", {"manager": VERA, "role": "admin", "unit": "engineering"}),
        HEDY: ("Hedy Winter", {"manager": VERA, "role": "hr-partner", "unit": "sales"}),
        TONI: ("Toni Grau", {"manager": MONA, "role": "engineer", "unit": "engineering", "active": False}),
    }
    day = date(2026, 6, 26)
    for person, (name, stands) in told.items():
        for kind, amounts in ((Kind.PROFILE, {"name": name}), (Kind.POSITION, stands)):
            yield Draft(kind=kind, author="import:people", subject=person, occurred_on=day, amounts=amounts)
    for audience, kind in ((Audience.CASE, Kind.PLAN_EVENT), (Audience.SHARED, Kind.SBI)):
        amounts = {"event": "case opened"} if kind is Kind.PLAN_EVENT else {}
        yield Draft(
            kind=kind,
            author=MONA,
            subject=INES,
            occurred_on=day,
            audience=audience,
            title="A case",
            amounts=amounts,
        )


def rights(person: PersonId) -> tuple[Actor, Relations]:
    records = people.records()
    actor = actor_for(person, records, TODAY)
    return actor, relations_of(actor, records, TODAY, LIMITS)


def may_read(person: PersonId, noun: Noun, subject: PersonId, *, author: str = "") -> bool:
    actor, relations = rights(person)
    return can(actor, Verb.READ, Thing(noun=noun, subject=subject, author=author), relations, TODAY).allowed


def everything() -> list[Entry]:
    return entries(subjects=None, audiences=AUDIENCES)


def readable(person: PersonId) -> set[str]:
    actor, relations = rights(person)
    return {
        each.id
        for each in everything()
        if can(
            actor,
            Verb.READ,
            Thing(
                noun=noun_of(each.audience, each.kind),
                subject=each.subject,
                author=each.author,
                recorded_on=each.recorded_at.date(),
            ),
            relations,
            TODAY,
        ).allowed
    }


def client_of(person: PersonId) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies.update(asking.remember(HttpResponse(), person).cookies)  # somebody who left chose before
    return client


def same_as_absent(client: Client, address: str, missing: str) -> list[str]:
    """What tells a hidden address from one that is not there: by GET, HEAD and POST, byte for byte."""
    differing = []
    for verb in (client.get, client.head, client.post):
        hidden, absent = _shape(verb(address)), _shape(verb(missing))
        if hidden != absent:
            differing.append(f"{verb.__name__} {address}: {hidden[0]} and {absent[0]}")
    return differing


def _shape(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, answer.content, headers


def patterns(parameter: str) -> list[str]:
    """Every address that names a person, or an entry, as its pattern."""
    found = [str(each.pattern) for each in urls.urlpatterns if isinstance(each, URLPattern)]
    return [
        each
        for each in found
        if each.startswith(("people/", "entries/", "receipts/")) and f"<str:{parameter}>" in each
    ]


def filled(pattern: str, named: str) -> str:
    return "/" + re.sub(
        r"<str:\w+>", "retract", pattern.replace("<str:person>", named).replace("<str:entry>", named)
    )


PAGES: dict[str, Callable[[PersonId, PersonId], bool]] = {
    "people/<str:person>": lambda me, other: may_read(me, Noun.ENTRY, other),
    "people/<str:person>/ledger": lambda me, other: may_read(me, Noun.ENTRY, other),
    "people/<str:person>/opened": lambda me, other: (
        may_read(me, Noun.ACCESS_LOG, other, author=me) or may_read(me, Noun.ACCESS_LOG, other, author=VERA)
    ),
    "people/<str:person>/line": lambda me, other: may_read(me, Noun.POSITION, other),
    "people/<str:person>/cover": lambda me, other: may_read(me, Noun.LEAVE_COVER, other),
    "people/<str:person>/ledger/receipt": lambda me, other: (
        may_read(me, Noun.ENTRY, other)
        and {e.id for e in everything() if e.subject == other and e.audience is Audience.SHARED}
        <= readable(me)
    ),
}

BY_POST = frozenset({"people/<str:person>/ledger/receipt"})  # a file that counts as held from then on


@pytest.mark.parametrize("me", CAST)
def test_a_persons_pages_open_as_the_table_says(me: PersonId) -> None:
    client = client_of(me)
    wrong = []
    for pattern, opens in PAGES.items():
        assert pattern in patterns("person")
        for other in SUBJECTS:
            address = filled(pattern, other)
            ask = client.post if pattern in BY_POST else client.get
            answer, wanted = ask(address), opens(me, other)
            if (answer.status_code == 200) is not wanted:
                wrong.append(f"{address}: {answer.status_code}, the table says {wanted}")
            if wanted and client.head(address).content:
                wrong.append(f"{address}: a HEAD with a body")
    assert wrong == []


@pytest.mark.parametrize("me", CAST)
def test_every_address_of_a_hidden_person_looks_like_absence(me: PersonId) -> None:
    client = client_of(me)
    hidden = [each for each in SUBJECTS if not may_read(me, Noun.ENTRY, each)]
    told = []
    for pattern in patterns("person"):
        for other in hidden:
            if pattern not in PAGES or not PAGES[pattern](me, other):
                told += same_as_absent(client, filled(pattern, other), filled(pattern, MISSING))
    assert told == []


@pytest.mark.parametrize("me", CAST)
def test_entries_open_as_the_table_says(me: PersonId) -> None:
    client, may = client_of(me), readable(me)
    wrong = [
        f"{each.audience} {each.kind} of {each.subject}"
        for each in everything()
        if (client.get(f"/entries/{each.id}").status_code == 200) is not (each.id in may)
    ]
    assert wrong == []
    hidden = [each.id for each in everything() if each.id not in may][::7]
    for pattern in patterns("entry"):
        for entry in hidden[:6]:
            wrong += same_as_absent(client, filled(pattern, entry), filled(pattern, NO_ENTRY))
    assert wrong == []


@pytest.mark.parametrize("me", CAST)
def test_a_search_finds_what_may_be_read_and_says_the_word(me: PersonId) -> None:
    client, may = client_of(me), readable(me)
    for word in SEARCHED:
        found: set[str] = set()
        address = f"/search?q={word}"
        while address:
            page = client.get(address).content.decode()
            found |= set(re.findall(r'href="/entries/([0-9a-f]{64})"', page))
            older = re.search(r'href="(/search\?[^"]+)" rel="next"', page)
            address = older[1].replace("&amp;", "&") if older else ""
        wanted = {
            each.id for each in everything() if each.id in may and each.kind in SOUGHT and word in _said(each)
        }
        assert found == wanted, word


def _said(entry: Entry) -> set[str]:
    texts = [entry.title, entry.text, entry.concern or "", *map(str, entry.amounts.values())]
    return {word for text in texts for word in words_of(text)}


@pytest.mark.parametrize("me", [MONA, INES, HANA, ABEL])
def test_no_page_holds_a_number_of_a_row(me: PersonId) -> None:
    client = client_of(me)
    for address in (
        "/",
        "/people",
        "/opened",
        "/policy",
        "/access",
        "/search?q=milestone",
        f"/people/{me}/ledger",
    ):
        page = client.get(address).content.decode()
        assert not re.search(r'(?:href|action|src)="/[^"#?]*/\d{1,12}(?:["/?#])', page), address
        assert not re.search(r"(?:[?&;](?:id|pk|number|offset)=)\d", page), address
        assert not re.search(r'(?:value|data-[a-z]+)="\d{1,12}"', page), address
