"""Write an entry and act on one, on both kinds of database: each act for those whom the access table lets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connections
from django.test import Client

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind, Type, amounts
from datumline.domain.evidence.writing import BY_HAND, fields_of_form
from datumline.domain.people.access_matrix import COLUMNS, MATRIX
from datumline.services.status import status_of
from datumline.store.access_log import Which, readings
from datumline.store.ledger import by_id, entries, place
from datumline.web import installed
from support.entry_pages import filled, form_of, names_of, send, wrote
from support.homes import Home
from support.page_world import (
    HANA,
    INES,
    JENS,
    KOFI,
    LENA,
    MONA,
    NILS,
    TODAY,
    VERA,
    World,
    at_noon,
    small_world,
)

As = Callable[[str], Client]
CAST = {
    "self": INES,
    "manager": MONA,
    "skip-level": VERA,
    "hr-partner": HANA,
    "another manager": NILS,
    "a colleague": JENS,
    "somebody else's report": LENA,
}
NOT_THERE = "0" * 64
YES, NO = "yes", "no"


@pytest.fixture
def world(database_home: Home) -> Iterator[World]:
    """The small organisation, as a demo, on each kind of database."""
    installed.opened.cache_clear()
    try:
        yield small_world(database_home)
    finally:
        connections.close_all()


@pytest.fixture
def visit_as(world: World) -> As:
    """A browser in which somebody was chosen."""
    del world

    def visit(person: str) -> Client:
        client = Client(headers={"host": "127.0.0.1"})
        assert client.post("/who", {"person": person}).status_code == 303
        return client

    return visit


def new(kind: str, about: str = INES) -> str:
    return f"/people/{about}/entries/new?kind={kind}"


def shared(about: str = INES) -> list[Entry]:
    return entries(subjects=[about], audiences=[Audience.SHARED])


def the(title: str, about: str = INES) -> Entry:
    return next(each for each in shared(about) if each.title == title)


def put(draft: Draft, on: date = TODAY) -> Entry:
    (placed,) = place([draft], clock=at_noon(on))
    return by_id([placed.hash])[0]


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# Writing


SAMPLES = {
    Type.TEXT: "Some words",
    Type.DATE: "2026-06-01",
    Type.FLAG: YES,
    Type.COUNT: "3",
    Type.DECIMAL: "12.5",
    Type.TEXTS: "one\ntwo",
}
READ = {
    Type.TEXT: "Some words",
    Type.DATE: date(2026, 6, 1),
    Type.FLAG: True,
    Type.COUNT: 3,
    Type.DECIMAL: "12.5",
    Type.TEXTS: ["one", "two"],
}


@pytest.mark.parametrize("kind", BY_HAND)
def test_each_kind_has_the_fields_of_its_own_and_is_written_as_it_was_typed(kind: Kind, visit_as: As) -> None:
    mona, address = visit_as(MONA), new(kind)
    form = filled(mona, address)
    own = {f"a_{name}" for name in amounts(kind)}
    hidden = {"csrfmiddlewaretoken", "once", "keep", "audience"}
    assert names_of(mona.get(address)) == own | set(fields_of_form(kind)) | hidden
    commitment = next(each.id for each in shared() if each.kind is Kind.COMMITMENT)
    typed = {f"a_{name}": SAMPLES.get(of, commitment) for name, (of, _) in amounts(kind).items()}
    typed |= {"happened": "2026-06-29", "title": "In one line", "text": "Line one\r\nline two"}
    said = {name: [value] for name, value in typed.items() if name in form or name in own}
    entry = by_id([wrote(mona.post(address, form | said | {"step": ["write"]}))])[0]
    assert (entry.kind, entry.author, entry.subject) == (kind, MONA, INES)
    assert entry.occurred_on == date(2026, 6, 29)
    assert entry.text == "Line one\nline two"
    assert dict(entry.amounts) == {name: READ.get(of, commitment) for name, (of, _) in amounts(kind).items()}


def test_an_entry_is_shown_back_and_nothing_is_written_before_it_is_confirmed(visit_as: As) -> None:
    mona, before = visit_as(MONA), len(shared())
    typed = {"title": "Said <so>", "text": "Two\nlines", "principles": ["deliver-results", "dive-deep"]}
    shown = send(mona, new("sbi"), **typed, step="look")
    assert shown.status_code == 200
    assert "So it will stand in the record" in shown.content.decode()
    assert "Said &lt;so&gt;" in shown.content.decode()
    assert len(shared()) == before
    entry = by_id([wrote(mona.post(new("sbi"), form_of(shown) | {"step": ["write"]}))])[0]
    assert (entry.title, entry.text, entry.principles) == (
        "Said <so>",
        "Two\nlines",
        ("deliver-results", "dive-deep"),
    )
    again = mona.post(new("sbi"), form_of(shown) | {"step": ["edit"]})
    assert form_of(again)["text"] == ["Two\nlines"]


def test_principles_are_suggested_by_the_packs_map_and_not_chosen(visit_as: As) -> None:
    page = text_of(visit_as(MONA), new("commitment"))
    assert "A delivery date was missed." in page
    assert "Deliver Results (suggested)" in page
    assert "principles" not in form_of(visit_as(MONA).get(new("commitment")))


def test_what_is_weighed_for_a_plan_goes_to_the_case_and_says_so(visit_as: As) -> None:
    typed = {"title": "x", "a_dimension": "plan", "a_condition": "delivering", "a_answer": "no"}
    shown = send(visit_as(MONA), new("assessment"), **typed, step="look").content.decode()
    assert "The line above and HR, until a plan is issued" in shown
    written = send(visit_as(MONA), new("assessment"), **typed, step="write")
    assert by_id([wrote(written)])[0].audience is Audience.CASE


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("manager", set(BY_HAND)),
        ("self", set(BY_HAND) - {Kind.WRITTEN_NOTE, Kind.SBI, Kind.PERSONAL_CONVERSATION, Kind.PEER_REPORT}),
        (
            "skip-level",
            set(BY_HAND) - {Kind.WRITTEN_NOTE, Kind.SBI, Kind.PERSONAL_CONVERSATION, Kind.PEER_REPORT},
        ),
        ("hr-partner", set()),
        ("another manager", set()),
        ("a colleague", set()),
    ],
)
def test_only_the_kinds_that_the_table_lets_one_write_are_offered_and_taken(
    who: str, kinds: set[Kind], visit_as: As
) -> None:
    client = visit_as(CAST[who])
    chooser = client.get(f"/people/{INES}/entries/new")
    assert chooser.status_code == (200 if kinds else 404)
    page = chooser.content.decode()
    offered = set(re.findall(r"new\?kind=([a-z-]+)", page))
    offered |= {Kind.SBI} if f'"/people/{INES}/note"' in page else set()  # it is written in the composer
    assert offered == kinds
    before = len(shared())
    for kind in set(BY_HAND) - kinds:
        typed = {"once": "x", "happened": "2026-06-29", "title": "x", "step": "write"}
        assert client.post(new(kind), typed).status_code == 404
    assert len(shared()) == before


# The acts, cell by cell


def cells() -> dict[str, dict[str, list[str]]]:
    """The table as text: noun to relation to rights. No code of ours reads it here."""
    rows = [[cell.strip() for cell in line.split("|")] for line in MATRIX.strip().splitlines()]
    return {row[0]: dict(zip(COLUMNS.split(), map(str.split, row[1:]), strict=True)) for row in rows}


ACTS = {
    "acknowledge": ("acknowledge", {}),
    "reply": ("reply", {"text": "My words"}),
    "dispute": ("dispute", {"reason": "Not so"}),
    "correct": ("amend", {"reason": "A slip", "step": "write"}),
    "retract": ("amend", {"reason": "Not theirs"}),
    "redact": ("redact", {"fields": "title", "basis": "third-person"}),
}
SUBJECTS = {
    "by the manager": ("entry", MONA, Kind.OCCURRENCE, Audience.SHARED),
    "by the person": ("entry", INES, Kind.RECOGNITION, Audience.SHARED),
    "by a connector": ("entry", "git:billing", Kind.INCIDENT, Audience.SHARED),
    "by the line above": ("entry", VERA, Kind.DECISION, Audience.SHARED),
    "a note": ("feedback-note", MONA, Kind.SBI, Audience.SHARED),
    "a private note": ("private-note", MONA, Kind.WRITTEN_NOTE, Audience.PRIVATE),
    "weighed for a plan": ("plan", MONA, Kind.ASSESSMENT, Audience.CASE),
}


def sample(of: str) -> Entry:
    """One entry about Ines of each sort, written today."""
    _, author, kind, audience = SUBJECTS[of]
    said = {"dimension": "plan", "condition": "delivering", "answer": "no"}
    return put(
        Draft(
            kind=kind,
            author=author,
            subject=INES,
            audience=audience,
            occurred_on=TODAY,
            title=f"Sample {of}",
            amounts=said if kind is Kind.ASSESSMENT else {},
        )
    )


def has(rights: list[str], verb: str, *, mine: bool, sourced: bool) -> bool:
    """Whether some right of a cell gives the verb, by the conditions that can hold here."""
    holding = {"mine": mine, "sourced": sourced, "not-mine": not mine, "fresh": True, "in-line": True}
    for right in rights:
        name, _, conditions = right.partition(":")
        if name == verb and all(holding.get(each, False) for each in conditions.split("+") if each):
            return True
    return False


@pytest.mark.parametrize("of", SUBJECTS)
@pytest.mark.parametrize("who", CAST)
def test_each_act_is_for_those_whom_the_table_lets_and_absent_for_all_others(
    who: str, of: str, visit_as: As
) -> None:
    noun, author, _, _ = SUBJECTS[of]
    relation = who if who in COLUMNS.split() else "member"
    rights = cells()[noun][relation]
    cell = {"mine": author == CAST[who], "sourced": ":" in author}
    client = visit_as(CAST[who])
    for act, (verb, typed) in ACTS.items():
        entry = sample(of)
        before = len(entries(subjects=[INES], audiences=list(Audience)))
        address = f"/entries/{entry.id}/{act}"
        allowed = has(rights, "R", **cell) and has(rights, verb, **cell)
        possible = noun != "private-note" or act in {"correct", "retract"}
        missing = client.get(f"/entries/{NOT_THERE}/{act}")
        opened = client.get(address)
        if not allowed:
            assert (opened.status_code, opened.content) == (404, missing.content), (act, who, of)
            refused = client.post(address, {"once": "a", "seen": entry.id, **typed})
            assert refused.status_code == 404
            assert refused.content == client.post(f"/entries/{NOT_THERE}/{act}", {"once": "a"}).content
            assert len(entries(subjects=[INES], audiences=list(Audience))) == before
            continue
        assert opened.status_code == 200, (act, who, of)
        if possible:
            assert send(client, address, **typed).status_code == 303, (act, who, of)
            assert len(entries(subjects=[INES], audiences=list(Audience))) == before + 1


@pytest.mark.parametrize("who", CAST)
def test_the_page_shows_acts_to_those_who_may_and_to_nobody_else(who: str, visit_as: As) -> None:
    entry = sample("by the manager")
    rights = cells()["entry"][who if who in COLUMNS.split() else "member"]
    answer = visit_as(CAST[who]).get(f"/entries/{entry.id}")
    cell = {"mine": CAST[who] == MONA, "sourced": False}
    if not has(rights, "R", **cell):
        assert answer.status_code == 404
        return
    shown = set(re.findall(rf'href="/entries/{entry.id}/([a-z]+)"', answer.content.decode())) - {"receipt"}
    assert shown == {act for act, (verb, _) in ACTS.items() if has(rights, verb, **cell)}


# What each act does


def test_a_correction_replaces_all_of_it_with_a_reason_and_keeps_what_was_said_before(visit_as: As) -> None:
    mona, before = visit_as(MONA), the("Refund window slipped unannounced")
    form = filled(mona, f"/entries/{before.id}/correct")
    assert form["concern"] == ["late delivery"]
    assert form["happened"] == ["2026-03-03"]
    no_reason = mona.post(f"/entries/{before.id}/correct", form | {"title": ["Mended"], "step": ["write"]})
    assert no_reason.status_code == 422
    assert "Write the reason." in no_reason.content.decode()
    said = {"title": ["Mended"], "reason": ["Wrong window"], "step": ["write"]}
    after = by_id([wrote(mona.post(f"/entries/{before.id}/correct", form | said))])[0]
    assert (after.ref, after.title, after.concern) == (before.id, "Mended", "late delivery")
    page = text_of(visit_as(INES), f"/entries/{before.id}")
    assert "A later entry corrects this one" in page
    assert f'href="/entries/{after.id}"' in page
    assert "Wrong window" in page
    assert "/correct" not in page


def test_what_was_looked_for_and_not_found_stays_so_in_a_correction(visit_as: As) -> None:
    mona = visit_as(MONA)
    typed = {"a_work": "Export", "a_due": "2026-06-01", "title": "Export", "step": "write"}
    entry = by_id([wrote(send(mona, new("commitment"), **typed))])[0]
    assert entry.amounts == {"work": "Export", "due": date(2026, 6, 1), "delivered": None}
    address = f"/entries/{entry.id}/correct"
    after = by_id([wrote(send(mona, address, a_work="The export", reason="Name", step="write"))])[0]
    assert after.amounts["delivered"] is None


def test_a_retraction_takes_it_out_of_the_record_that_counts_and_leaves_it_readable(visit_as: As) -> None:
    mona, entry = visit_as(MONA), the("Invoice export came late")
    assert send(mona, f"/entries/{entry.id}/retract", reason="Of another team").status_code == 303
    assert "Invoice export came late" not in text_of(visit_as(INES), f"/people/{INES}")
    page = text_of(visit_as(INES), f"/entries/{entry.id}")
    assert "This entry was retracted" in page
    assert "Of another team" in page


def test_a_dispute_travels_with_the_entry_in_every_view_and_can_be_withdrawn(
    visit_as: As, world: World
) -> None:
    ines, entry = visit_as(INES), the("Invoice export came late")
    assert send(ines, f"/entries/{entry.id}/dispute", reason="It came on its date").status_code == 303
    for reader in (INES, MONA, VERA, HANA):
        for address in (f"/entries/{entry.id}", f"/people/{INES}"):
            assert "Disputed: It came on its date" in text_of(visit_as(reader), address)
    document = status_of(world.context, INES).document()
    assert [(each["entry"], each["reason"]) for each in document["disputes"]] == [
        (entry.id, "It came on its date")
    ]
    mona = visit_as(MONA)
    form = filled(
        mona, f"/entries/{entry.id}/correct", reason="Title", title="Export came late", step="write"
    )
    corrected = wrote(mona.post(f"/entries/{entry.id}/correct", form))
    assert "Disputed: It came on its date" in text_of(mona, f"/entries/{corrected}")
    (said,) = (each for each in shared() if each.kind is Kind.DISPUTE)
    assert send(ines, f"/entries/{said.id}/retract", reason="Agreed after all").status_code == 303
    assert "Disputed:" not in text_of(ines, f"/entries/{corrected}")
    assert status_of(world.context, INES).document()["disputes"] == []


def test_a_reply_stands_beside_the_entry_and_an_acknowledgement_offers_the_receipt(visit_as: As) -> None:
    ines, entry = visit_as(INES), the("Dates at risk")
    assert send(ines, f"/entries/{entry.id}/reply", text="I asked for help on 1 April.").status_code == 303
    assert "I asked for help on 1 April." in text_of(visit_as(MONA), f"/entries/{entry.id}")
    done = send(ines, f"/entries/{entry.id}/acknowledge")
    page = text_of(ines, done.headers["Location"])
    assert "It is on record that you have read this." in page
    assert ines.get(f"/entries/{entry.id}/receipt").status_code == 405
    assert ines.get("/receipts").content.count(b"Receipts that you were given") == 0
    receipt = ines.post(f"/entries/{entry.id}/receipt")
    assert b"Receipts that you were given" in ines.get("/receipts").content
    assert receipt.headers["Content-Disposition"].startswith("attachment")
    assert json.loads(receipt.content)["hash"] == entry.id
    assert "/acknowledge" not in text_of(ines, f"/entries/{entry.id}")
    assert visit_as(JENS).post(f"/entries/{entry.id}/receipt").status_code == 404


def test_a_private_note_is_published_as_an_entry_of_today_and_put_away(visit_as: As) -> None:
    mona = visit_as(MONA)
    typed = {"title": "Thought", "happened": "2026-06-01", "audience": "private", "step": "write"}
    note = by_id([wrote(send(mona, new("written-note"), **typed))])[0]
    assert note.audience is Audience.PRIVATE
    for other in (INES, VERA, HANA):
        for act in ("", "/publish"):
            assert visit_as(other).get(f"/entries/{note.id}{act}").status_code == 404
        assert visit_as(other).post(f"/entries/{note.id}/receipt").status_code == 404
    address = f"/entries/{note.id}/publish"
    published = by_id([wrote(send(mona, address, title="Thought, said plainly", step="write"))])[0]
    assert published.audience is Audience.SHARED
    assert published.title == "Thought, said plainly"
    assert published.recorded_at.date() == TODAY
    assert published.recorded_at > note.recorded_at
    assert "Thought, said plainly" in text_of(visit_as(INES), f"/people/{INES}")
    assert "This entry was retracted" in text_of(mona, f"/entries/{note.id}")
    assert note.id not in text_of(visit_as(INES), f"/entries/{published.id}")


def test_a_private_note_is_gone_after_its_days_and_with_the_manager(visit_as: As) -> None:
    def note(days: int) -> Entry:
        on = TODAY - timedelta(days=days)
        return put(
            Draft(
                kind=Kind.WRITTEN_NOTE,
                author=NILS,
                subject=LENA,
                audience=Audience.PRIVATE,
                occurred_on=on,
                title="Old thought",
            ),
            on,
        )

    old, young = note(181), note(180)
    nils = visit_as(NILS)
    assert nils.get(f"/entries/{old.id}").status_code == 404
    assert nils.get(f"/entries/{old.id}/publish").status_code == 404
    assert "is gone after 30 Jun 2026" in text_of(nils, f"/entries/{young.id}")
    put(Draft(kind=Kind.POSITION, author=HANA, subject=LENA, occurred_on=TODAY, amounts={"manager": MONA}))
    assert visit_as(NILS).get(f"/entries/{young.id}").status_code == 404
    assert visit_as(MONA).get(f"/entries/{young.id}").status_code == 404


# Striking words


def ask_to_strike(client: Client, entry: Entry, *fields: str) -> str:
    done = send(client, f"/entries/{entry.id}/redact", fields=fields, basis="third-person")
    assert done.status_code == 303
    page = text_of(client, f"/entries/{entry.id}")
    return str(re.findall(r'href="/entries/([0-9a-f]{64})">The request', page)[0])


def test_words_are_struck_by_two_persons_in_the_corrections_too(visit_as: As) -> None:
    entry = the("Dates at risk")
    mona = visit_as(MONA)
    form = filled(mona, f"/entries/{entry.id}/correct", reason="Title", title="Dates", step="write")
    corrected = wrote(mona.post(f"/entries/{entry.id}/correct", form))
    request = ask_to_strike(visit_as(INES), by_id([corrected])[0], "text")
    for other in (MONA, JENS, HANA):  # the author; nobody; nobody where there is no case
        assert visit_as(other).get(f"/entries/{request}/grant").status_code == 404
    vera = visit_as(VERA)
    form = filled(vera, f"/entries/{request}/grant")
    answers = [vera.post(f"/entries/{request}/grant", form) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    for each in by_id([entry.id, corrected]):
        assert (each.text, each.redacted) == ("", ("text",))
    grants = [each for each in shared() if each.kind is Kind.REDACTION]
    assert {(each.author, each.amounts["approved_by"], each.amounts.get("alone")) for each in grants} == {
        (INES, VERA, None)
    }
    assert "Say so three days before." not in text_of(mona, f"/entries/{entry.id}")
    assert "/grant" not in text_of(vera, f"/entries/{request}")


def test_nobody_grants_an_own_request_and_the_attempt_leaves_a_trace(visit_as: As) -> None:
    vera, entry = visit_as(VERA), sample("by the person")
    hana = visit_as(HANA)
    request = ask_to_strike(hana, entry, "title")
    answer = send(hana, f"/entries/{request}/grant")
    assert answer.status_code == 403
    assert "A second person grants or declines it." in answer.content.decode()
    assert by_id([entry.id])[0].title
    assert any(
        each.what == "tried to grant an own request" for each in readings(Which(subjects=(INES,)), most=9)
    )
    assert send(vera, f"/entries/{request}/grant").status_code == 303
    assert by_id([entry.id])[0].title == ""


def test_a_request_can_be_declined_with_a_reason_and_asked_again(visit_as: As) -> None:
    entry, vera = sample("by the manager"), visit_as(VERA)
    request = ask_to_strike(visit_as(INES), entry, "title")
    assert "/redact" not in text_of(visit_as(INES), f"/entries/{entry.id}")
    assert send(vera, f"/entries/{request}/decline", reason="It names nobody").status_code == 303
    assert "It names nobody" in text_of(visit_as(INES), f"/entries/{entry.id}")
    late = vera.get(f"/entries/{request}/grant")
    assert "nothing to do here any more" in late.content.decode()
    assert vera.post(f"/entries/{request}/grant", {"once": "z"}).status_code == 422
    assert by_id([entry.id])[0].title
    assert ask_to_strike(visit_as(INES), entry, "title") != request


# Twice, at once, too late


def test_fifty_sendings_of_one_form_are_one_entry_and_get_one_answer(visit_as: As) -> None:
    mona = visit_as(MONA)
    form = filled(mona, new("occurrence"), title="Only once", step="write")
    once = filled(visit_as(INES), f"/entries/{the('Dates at risk').id}/dispute", reason="Only once")
    jobs = [(MONA, new("occurrence"), form)] * 50
    jobs += [(INES, f"/entries/{the('Dates at risk').id}/dispute", once)] * 50
    clients = {MONA: mona.cookies, INES: visit_as(INES).cookies}

    def one(job: tuple[str, str, dict[str, list[str]]]) -> tuple[int, str]:
        who, address, fields = job
        client = Client(headers={"host": "127.0.0.1"})
        client.cookies = clients[who]
        try:
            answer = client.post(address, fields)
            return answer.status_code, answer.headers.get("Location", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(one, jobs))
    assert len(set(answers[:50])) == 1
    assert len(set(answers[50:])) == 1
    assert {status for status, _ in answers} == {303}
    assert sum(each.title == "Only once" for each in shared()) == 1
    assert sum(each.kind is Kind.DISPUTE for each in shared()) == 1


def test_a_form_that_is_stale_writes_nothing_and_keeps_what_was_typed(visit_as: As) -> None:
    mona, entry = visit_as(MONA), the("Invoice export came late")
    address = f"/entries/{entry.id}/correct"
    mine = filled(mona, address, title="First", reason="a", step="write")
    assert send(visit_as(INES), f"/entries/{entry.id}/dispute", reason="No").status_code == 303
    before = len(shared())
    stale = mona.post(address, mine)
    assert stale.status_code == 422
    assert "Somebody wrote about this entry since you opened the form." in stale.content.decode()
    assert form_of(stale)["title"] == ["First"]
    assert len(shared()) == before
    assert mona.post(address, form_of(stale) | {"step": ["write"]}).status_code == 303


def test_of_two_who_correct_the_second_is_told_and_loses_no_word(visit_as: As) -> None:
    entry = the("Invoice export came late")
    address = f"/entries/{entry.id}/correct"
    tabs = [
        filled(visit_as(MONA), address, title=title, reason="a", step="write") for title in ("One", "Two")
    ]
    mona = visit_as(MONA)
    assert mona.post(address, tabs[0]).status_code == 303
    second = mona.post(address, tabs[1])
    assert second.status_code == 422
    assert form_of(second)["title"] == ["Two"]
    again = mona.post(address, form_of(second) | {"step": ["write"]})
    assert again.status_code == 422
    assert "no longer stands" in again.content.decode()
    assert form_of(again)["title"] == ["Two"]


def test_a_form_sent_again_from_the_back_button_with_other_words_says_so(visit_as: As) -> None:
    mona = visit_as(MONA)
    form = filled(mona, new("recognition"), title="Well done", step="write")
    first = wrote(mona.post(new("recognition"), form))
    assert wrote(mona.post(new("recognition"), form)) == first
    changed = mona.post(new("recognition"), form | {"title": ["Very well done"]})
    assert changed.status_code == 422
    assert first[:12] in changed.content.decode()
    assert form_of(changed)["title"] == ["Very well done"]
    assert wrote(mona.post(new("recognition"), form_of(changed) | {"step": ["write"]})) != first


@pytest.mark.parametrize("name", ["author", "recorded_at", "seq", "stream", "visibility", "ref", "subject"])
def test_nobody_says_by_a_form_what_the_ledger_says(name: str, visit_as: As) -> None:
    entry, before = the("Dates at risk"), len(shared())
    for who, address in (
        (MONA, new("occurrence")),
        (MONA, f"/entries/{entry.id}/correct"),
        (INES, f"/entries/{entry.id}/dispute"),
        (INES, f"/entries/{entry.id}/acknowledge"),
    ):
        client = visit_as(who)
        answer = client.post(address, filled(client, address, title="x", step="write") | {name: ["x"]})
        assert answer.status_code == 400
    assert len(shared()) == before


def test_forged_forms_are_refused_and_looking_changes_nothing(world: World, visit_as: As) -> None:
    del world
    entry, before = the("Dates at risk"), len(shared())
    strict = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True)
    strict.cookies = visit_as(INES).cookies
    for act in ("dispute", "reply", "acknowledge", "redact"):
        assert strict.post(f"/entries/{entry.id}/{act}", {"once": "a"}).status_code == 403
        assert strict.get(f"/entries/{entry.id}/{act}").status_code == 200
        assert strict.put(f"/entries/{entry.id}/{act}").status_code in {403, 405}
    assert strict.get(f"/people/{KOFI}/entries/new").status_code == 404
    assert len(shared()) == before
