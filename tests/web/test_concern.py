"""A concern's page and its case: what each sees, what the forms write, and that a draft betrays nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client

from datumline.domain.people.access import Actor
from datumline.services.ledger import export
from datumline.services.status import status_of
from support.page_world import CONCERN, HANA, INES, JENS, MONA, NILS, VERA, World

Visit = Callable[[str], Client]
PAGE = f"/people/{INES}/concern?name={quote(CONCERN)}"
TERMS = {
    "e1_says": "Dates held",
    "e1_area": "delivery",
    "e1_measure": "nine of ten by their date",
    "s1_what": "One rota less",
    "s1_until": "2026-08-30",
    "on": "2026-07-06",
}


def form_of(client: Client, address: str) -> dict[str, str]:
    """What the page's form holds hidden."""
    page = client.get(address).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(once|seen)" value="([^"]*)">', page))


def act(client: Client, name: str, **said: str) -> HttpResponse:
    """Fill in the form of an act and send it."""
    address = f"/people/{INES}/case/{name}?name={quote(CONCERN)}"
    return client.post(address, form_of(client, address) | said)  # type: ignore[return-value]


def answered(client: Client, **said: str) -> HttpResponse:
    """Answer the one request that the concern's page shows."""
    address = re.findall(rf'href="(/people/{INES}/requests/[0-9a-f]+)"', client.get(PAGE).content.decode())[0]
    return client.post(address, form_of(client, address) | said)  # type: ignore[return-value]


def drafted(visit_as: Visit) -> Client:
    mona = visit_as(MONA)
    assert act(mona, "draft-plan", **TERMS, override="It cannot wait.").status_code == 303
    return mona


@pytest.mark.usefixtures("world")
def test_the_manager_sees_the_thread_the_table_and_the_four_errors(visit_as: Visit) -> None:
    page = visit_as(MONA).get(PAGE).content.decode()
    assert "Refund window slipped unannounced" in page
    assert "It is too early for a formal plan" in page
    assert "More than 14 days passed from the first thing seen to the first note" in page
    assert "Nobody wrote a diagnosis yet" in page
    assert "Write the follow-up note" in page


@pytest.mark.usefixtures("world")
def test_the_person_reads_the_thread_and_nothing_of_how_it_is_handled(visit_as: Visit) -> None:
    page = visit_as(INES).get(PAGE).content.decode()
    assert "Refund window slipped unannounced" in page
    for word in ("classic", "Diagnosis", "Documentation", "What you can do"):
        assert word not in page


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("who", [NILS, JENS])
def test_for_others_there_is_no_such_page(visit_as: Visit, who: str) -> None:
    client = visit_as(who)
    absent = client.get("/people/nobody/concern?name=x")
    for address in (PAGE, f"/people/{INES}/case/draft-plan?name={quote(CONCERN)}"):
        found = client.get(address)
        assert (found.status_code, found.content) == (404, absent.content)


@pytest.mark.usefixtures("world")
def test_a_diagnosis_names_what_nobody_examined(visit_as: Visit) -> None:
    mona = visit_as(MONA)
    said = {"type": "communication", "individual": "Dates slip in silence.", "why": "No word before the day."}
    assert act(mona, "diagnose", **said).status_code == 303
    page = mona.get(PAGE).content.decode()
    assert "It looks like a gap in communication" in page
    assert page.count("not examined") == 2


@pytest.mark.usefixtures("world")
def test_coaching_is_opened_read_and_seen_by_the_person(visit_as: Visit) -> None:
    mona = visit_as(MONA)
    vague = act(mona, "open-coaching", **(TERMS | {"e1_measure": "better"}))
    assert vague.status_code == 422
    assert "cannot be measured" in vague.content.decode()
    assert act(mona, "open-coaching", **TERMS, until="2026-08-30").status_code == 303
    assert act(mona, "read-week", week_of="2026-06-30", r1="met").status_code == 303
    page = visit_as(INES).get(PAGE).content.decode()
    assert "nine of ten by their date" in page
    assert "A decision is owed in 61 days" in page


@pytest.mark.usefixtures("world")
def test_a_plan_goes_through_two_hands_and_is_acknowledged(visit_as: Visit) -> None:
    mona = drafted(visit_as)
    assert "waits for a second person" in mona.get(PAGE).content.decode()
    vera = visit_as(VERA)
    assert answered(vera, step="decline").status_code == 422
    assert answered(vera, step="approve").status_code == 303
    assert 'id="plan-given"' not in visit_as(INES).get(PAGE).content.decode()
    assert answered(mona, step="give").status_code == 303
    page = visit_as(INES).get(PAGE).content.decode()
    assert "A formal plan was given to you. It runs from 6 Jul 2026" in page
    assert "Started against the table" in page
    assert "It cannot wait." in page


@pytest.mark.usefixtures("world")
def test_a_stale_form_writes_nothing_and_keeps_what_was_typed(visit_as: Visit) -> None:
    mona = visit_as(MONA)
    address = f"/people/{INES}/case/draft-plan?name={quote(CONCERN)}"
    form = form_of(mona, address)
    assert act(mona, "tell-skip-level", text="On Monday.").status_code == 303
    late = mona.post(address, form | TERMS | {"override": "It cannot wait."})
    assert late.status_code == 422
    page = late.content.decode()
    assert "Somebody wrote about this person since you opened the form" in page
    assert "nine of ten by their date" in page


RANDOM = re.compile(
    rb'name="(?:csrfmiddlewaretoken|once|keep)" value="[^"]*"|nonce="[^"]*"|data-ticket="[^"]*"'
)
LINK = re.compile(rb'href="(/[^"#]*)')


def everything(client: Client, start: str = "/") -> dict[str, bytes]:
    """Every page and file that links lead to, without what is random in forms."""
    found: dict[str, bytes] = {}
    waiting = [
        start,
        PAGE,
        f"/people/{INES}",
        "/search?q=plan",
        f"/people/{INES}/ledger",
        "/receipts",
        "/opened",
    ]
    while waiting and len(found) < 400:
        address = waiting.pop()
        if address in found or address.startswith(("/static/", "/components", "/who")):
            continue
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        found[address] = RANDOM.sub(b"", body)
        if "html" in answer.headers.get("Content-Type", ""):
            waiting += [link.decode().replace("&amp;", "&") for link in LINK.findall(body)]
    return found


def told(world: World) -> dict[str, str]:
    """The other channels: JSON, verdicts among it, and the person's own export of the ledger."""
    context = world.context
    asking = type(context)(
        actor=Actor(person=INES),
        clock=context.clock,
        today=context.today,
        home=context.home,
        mode=context.mode,
    )
    return {
        "status": json.dumps(status_of(asking, INES).document(), default=str, sort_keys=True),
        "export": json.dumps(export(asking, INES), default=str, sort_keys=True),
    }


def test_until_it_is_given_nothing_that_the_person_can_fetch_differs_by_a_byte(
    world: World, visit_as: Visit
) -> None:
    """Pages, files, search, the ledger, JSON: all of it before the draft, and after draft and approval."""
    ines = visit_as(INES)
    for reader in (MONA, VERA):  # who opened the record is told, and does not depend on a plan
        visit_as(reader).get(PAGE)
    everything(ines)  # the first look at a day leaves its own mark on some pages
    before, said = everything(ines), told(world)
    mona = drafted(visit_as)
    why = {"type": "skill", "team": "Nothing found.", "why": "One kind of work."}
    assert act(mona, "diagnose", **why).status_code == 303
    assert answered(visit_as(VERA), step="approve").status_code == 303
    after = everything(ines)
    assert set(after) == set(before)
    assert [address for address in before if before[address] != after[address]] == []
    assert len(before) > 40
    assert told(world) == said
    assert HANA not in json.dumps(said)
