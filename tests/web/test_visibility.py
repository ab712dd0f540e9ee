"""The visibility plan through its pages: both sign, changes are signed again, audits lead to a forecast."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind
from datumline.store.ledger import entries
from support.entry_pages import Fields, filled, form_of
from support.page_world import INES, JENS, MONA, VERA

As = Callable[[str], Client]
PLAN = f"/people/{INES}/visibility"
SAID = {
    "stretch_what": "One ledger for refunds",
    "stretch_sponsor": "Vera Lindqvist, Director",
    "stretch_surface": "Refund page, all shops",
    "cross-team_what": "RFC on retry budgets",
    "cross-team_consumer": "Search, Nils Aho",
    "mentorship_what": "Kofi owns a release",
    "mentorship_whom": "Kofi, by 31 May",
    "design-document_what": "Refund events",
    "design-document_cited_by": "Search",
}


def written(kind: Kind) -> list[Entry]:
    return entries(subjects=[INES], audiences=[Audience.SHARED], kinds=[kind])


def proposed(client: Client, **said: str) -> None:
    form = filled(client, f"{PLAN}/plan") | {name: [value] for name, value in (SAID | said).items()}
    assert client.post(f"{PLAN}/plan", form | {"step": ["write"]}).status_code == 303


def acted(client: Client, step: str, **said: str) -> int:
    form: Fields = form_of(client.get(PLAN))
    form = {name: form[name] for name in ("csrfmiddlewaretoken", "once", "seen", "plan") if name in form}
    sent = form | {name: [value] for name, value in said.items()} | {"step": [step]}
    return int(client.post(PLAN, sent).status_code)


def signed(client: Client) -> None:
    assert acted(client, "sign", plan=written(Kind.VISIBILITY_PLAN)[-1].id) == 303


def audited(client: Client, *states: str) -> None:
    names = ("stretch", "cross-team", "mentorship", "design-document")
    said = {f"state_{name}": state for name, state in zip(names, states, strict=True)}
    assert acted(client, "audit", **said) == 303


def test_a_plan_is_in_force_when_both_have_signed(visit_as: As) -> None:
    ines, mona = visit_as(INES), visit_as(MONA)
    proposed(mona, starts="2026-02-01")
    page = ines.get(PLAN).content.decode()
    assert "A version waits for a signature" in page
    assert "No plan is in force" in page
    assert "Sign it" not in mona.get(PLAN).content.decode()
    signed(ines)
    page = mona.get(PLAN).content.decode()
    assert "In force since 30 Jun 2026" in page
    assert "Month 5 of 6" in page


def test_who_signs_reads_the_names_that_stand_in_it_and_changes_no_other_word(visit_as: As) -> None:
    ines, mona = visit_as(INES), visit_as(MONA)
    named = {"mentorship_whom": "Kofi Adeyemi, by 31 May", "cross-team_consumer": "Search, Lena Brandt"}
    proposed(mona, **named)
    page = ines.get(PLAN).content.decode()
    assert "Lena Brandt" in page
    assert "[colleague" not in page
    signed(ines)
    form = filled(ines, f"{PLAN}/plan", stretch_what="Two ledgers", step="write")
    assert ines.post(f"{PLAN}/plan", form).status_code == 303
    page = mona.get(PLAN).content.decode()
    assert page.count("<del>") == 1
    assert "[colleague" not in page


def test_a_change_waits_for_both_again_and_shows_its_difference(visit_as: As) -> None:
    ines, mona = visit_as(INES), visit_as(MONA)
    proposed(mona)
    signed(ines)
    proposed(ines, mentorship_what="Kofi leads the on-call rota")
    page = mona.get(PLAN).content.decode()
    assert "<del>Kofi owns a release</del>" in page
    assert "<ins>Kofi leads the on-call rota</ins>" in page
    assert page.count("<del>") == 1
    signed(mona)
    assert "A version waits" not in mona.get(PLAN).content.decode()


def test_from_month_four_the_audit_says_what_it_will_give_and_a_choice_is_asked(visit_as: As) -> None:
    ines, mona = visit_as(INES), visit_as(MONA)
    proposed(mona, starts="2026-03-01")
    signed(ines)
    assert "There is no audit yet" in ines.get(PLAN).content.decode()
    audited(ines, "landed", "on-course", "behind", "not-begun")
    page = mona.get(PLAN).content.decode()
    assert "2 of 4 have landed or are on course: the packet will not be ready." in page
    assert acted(mona, "choose", choice="six-months-more", text="We plan again for the autumn.") == 303
    page = ines.get(PLAN).content.decode()
    assert "Chosen: <b>Accept six months more</b>" in page
    assert "What follows from the forecast" not in page


def test_only_the_engineer_audits_and_only_the_line_reads(visit_as: As) -> None:
    ines, mona = visit_as(INES), visit_as(MONA)
    proposed(mona, starts="2026-03-01")
    signed(ines)
    assert "Self-audit, month" not in mona.get(PLAN).content.decode()
    assert visit_as(VERA).get(PLAN).status_code == 200
    assert visit_as(JENS).get(PLAN).status_code == 404


def test_a_page_that_was_open_while_the_plan_changed_writes_nothing(visit_as: As) -> None:
    ines, mona = visit_as(INES), visit_as(MONA)
    proposed(mona)
    stale = filled(ines, PLAN)
    proposed(mona, stretch_what="Another project")
    answer = ines.post(PLAN, stale | {"step": ["sign"]})
    assert answer.status_code == 422
    assert written(Kind.SIGNATURE) == []


def test_a_stretch_project_is_judged_and_put_on_record(visit_as: As) -> None:
    ines, mona, check = visit_as(INES), visit_as(MONA), f"/people/{INES}/stretch"
    assert ines.get(check).status_code == 404
    said = {"project": "One ledger", "budget": "Line 4711", "sponsor": "Vera Lindqvist", "title": "Director"}
    trap = filled(mona, check, statement_on="2026-05-04", top3="no", step="judge", **said)
    page = mona.post(check, trap).content.decode()
    assert "This is a career trap as it stands." in page
    sound = said | {"statement_on": "2026-05-04", "top3": "yes", "user": "Search", "outside": "yes"}
    form = filled(mona, check, confirms="yes", step="write", **sound)
    assert mona.post(check, form).status_code == 303
    page = ines.get(PLAN).content.decode()
    assert "The project can carry a promotion." in page
    assert written(Kind.STRETCH_CHECK)[0].amounts["verdict"] == "sound"
