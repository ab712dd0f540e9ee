"""The demo: a whole organisation, the same in every build, with every verdict in somebody's story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connections

from datumline.config.opening import LazyInstallation
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.formal_plan import State
from datumline.domain.problem import Problem
from datumline.domain.signals.signal import Signal
from datumline.pack_files import load
from datumline.services.cases import case_in
from datumline.services.demo.building import STAMP, build_demo
from datumline.services.demo.calendar import TODAY
from datumline.services.demo.cast import cast
from datumline.services.demo.company import MANAGER, company
from datumline.services.demo.company import told as told_cases
from datumline.services.demo.history import history
from datumline.services.demo.planned import Planned
from datumline.services.pages.chooser import START_HERE, chooser_page
from datumline.services.record import PersonRecord, read_record
from datumline.services.verdicts import judge_record
from datumline.services.visit import visit
from datumline.store.ledger import entries
from datumline.store.verifying import verify
from support.homes import DATABASE_URL, HOME
from support.postgres import PostgresServer

PLAN = {
    "Esteban Kowalczyk-Roe": "start-plan",
    "Ida Rosendahl-Ekwueme": "follow-up-note",
    "Dragan Whitlocke": "follow-up-note",
    "Rahel Sundqvist": "follow-up-note",
    "Priya Haugland": "investigate",
    "Gideon Almstedt": "managed-transition",
    "Fennimore Kariuki": "personal-conversation",
    "Ottavia Sorensen-Dike": "feedback-gap",
    "Pelle Santangelo": "feedback-gap",
    "Kasper Iweala": "feedback-gap",
}
ROUND = {
    "Chiamaka Ferro": "meets",
    "Kasper Iweala": "meets",
    "Ida Rosendahl-Ekwueme": "does-not-meet",
    "Noor Tiwari": "does-not-meet",
    "Hana Drummond": "unknown",
    "Mireille Stannard": "unknown",
}

# Each table of a case, and whose record gives which verdict.
CASES = {
    ("coaching", "Zofia Carrasco"): "consistent",
    ("coaching", "Bram Etxeberria"): "change-scope",
    ("coaching", "Esteban Kowalczyk-Roe"): "formal-plan",
    ("coaching", "Tindra Abellard"): "keep-going",
    ("hr", "Esteban Kowalczyk-Roe"): "involve",
    ("hr", "Tindra Abellard"): "not-yet",
    ("hr", "Zofia Carrasco"): "unknown",
    ("escalation", "Bram Etxeberria"): "escalate",
    ("escalation", "Zofia Carrasco"): "not-indicated",
    ("escalation", "Tindra Abellard"): "too-early",
    ("escalation", "Dorota Amsel"): "unknown",
    ("diagnosis", "Gideon Almstedt"): "fit",
}
STATES = {
    "Esteban Kowalczyk-Roe": State.DRAFTED,
    "Marta Kilbride-Sato": State.APPROVED,
    "Liora Espadas": State.DECLINED,
    "Dorota Amsel": State.RUNNING,
    "Jadwiga Thorne": State.PAUSED,
    "Anselm Odukoya": State.OVERDUE,
    "Viggo Castañer": State.DRAGGING,
    "Femi Aurelio": State.CLOSED,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the demo stands."""
    home = tmp_path_factory.mktemp("demo") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME, str(home))
        patch.delenv(DATABASE_URL, raising=False)
        build_demo(LazyInstallation())
        connections.close_all()
    return home


@pytest.fixture
def installation(built: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LazyInstallation]:
    """The demo's home, opened anew: another test of this process may have opened another one."""
    monkeypatch.setenv(HOME, str(built))
    monkeypatch.delenv(DATABASE_URL, raising=False)
    yield LazyInstallation()
    connections.close_all()


@pytest.fixture(scope="module")
def told() -> list[Planned]:
    return history()


def record(installation: LazyInstallation, name: str) -> PersonRecord:
    context = installation.context()
    return read_record(visit(context), company().members[name].id, context.at())


def signal(installation: LazyInstallation, name: str, wanted: str) -> Signal:
    return [each for each in record(installation, name).signals if each.id == wanted][-1]


@pytest.mark.parametrize(("name", "verdict"), PLAN.items())
def test_each_plan_story_ends_in_its_verdict(installation: LazyInstallation, name: str, verdict: str) -> None:
    found = record(installation, name)
    assert judge_record(found, "plan", found.concerns[0]).verdict.verdict == verdict


@pytest.mark.parametrize(("name", "verdict"), ROUND.items())
def test_each_record_gives_its_answer_to_the_non_negotiables(
    installation: LazyInstallation, name: str, verdict: str
) -> None:
    assert judge_record(record(installation, name), "non-negotiables").verdict.verdict == verdict


@pytest.mark.parametrize("name", ROUND)
def test_the_signals_and_the_lamps_say_the_same(installation: LazyInstallation, name: str) -> None:
    found = record(installation, name)
    signals = {signal.id: signal for signal in found.signals}
    lamps = {each.id: each.answer for each in judge_record(found, "non-negotiables").verdict.conditions}
    for lamp, answer in lamps.items():
        assert signals[{"customer-impact": "customer-impacts"}.get(lamp, lamp)].standing is answer


@pytest.mark.parametrize(("asked", "verdict"), CASES.items())
def test_each_case_gives_its_verdict(
    installation: LazyInstallation, asked: tuple[str, str], verdict: str
) -> None:
    table, name = asked
    found = record(installation, name)
    concern = told_cases("cases").get(name, {}).get("concern", found.concerns[0])
    assert judge_record(found, table, concern).verdict.verdict == verdict


@pytest.mark.parametrize(("name", "state"), STATES.items())
def test_each_plan_stands_where_its_story_left_it(
    installation: LazyInstallation, name: str, state: State
) -> None:
    plan = case_in(record(installation, name), told_cases("cases")[name]["concern"]).plan
    assert plan
    assert plan.state is state
    assert set(STATES.values()) == set(State)


def test_every_verdict_of_both_tables_is_in_a_story() -> None:
    tables = load().tables
    for table, stories in (("plan", PLAN), ("non-negotiables", ROUND)):
        assert {row.verdict for row in tables[table].rows} == set(stories.values())


def test_the_wait_after_a_second_note_runs(installation: LazyInstallation) -> None:
    found = record(installation, "Rahel Sundqvist")
    assert [clock.due for clock in found.clocks if clock.id == "wait-before-plan"] == [date(2026, 7, 8)]
    assert judge_record(found, "plan", found.concerns[0]).verdict.holds_until == date(2026, 7, 8)


def test_people_differ(installation: LazyInstallation) -> None:
    assert signal(installation, "Ida Rosendahl-Ekwueme", "regression").finding == "regression"
    assert signal(installation, "Kasper Iweala", "regression").finding == "no-drop"
    assert signal(installation, "Pelle Santangelo", "review-blocking").numerator > 0
    assert (signal(installation, "Mireille Stannard", "days-since-entry").value or 0) > 100
    assert (signal(installation, "Bram Etxeberria", "late-share").numerator) >= 3


def test_the_ledger_is_whole_and_was_written_in_order(installation: LazyInstallation) -> None:
    installation.context()
    assert verify().faults == ()
    written = [each.recorded_at for each in entries(subjects=None, audiences=tuple(Audience))]
    assert all(before <= after for before, after in pairwise(written))
    assert written[-1].date() == TODAY


def test_a_second_build_uses_the_first(installation: LazyInstallation) -> None:
    demo = build_demo(installation)
    assert (demo.new, demo.engineers) == (False, 64)
    assert demo.entries == len(history())


def test_a_demo_of_another_story_is_left_alone(installation: LazyInstallation) -> None:
    stamp = installation.home / STAMP
    kept = stamp.read_text()
    stamp.write_text(kept.replace('"story": "', '"story": "x'))
    try:
        with pytest.raises(Problem, match="a demo of another version"):
            build_demo(installation)
    finally:
        stamp.write_text(kept)


def test_a_home_with_records_of_its_own_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path))
    (tmp_path / "home.json").write_text("{}")
    with pytest.raises(Problem, match="in use"):
        build_demo(LazyInstallation())
    assert [path.name for path in tmp_path.iterdir()] == ["home.json"]


@pytest.mark.postgresql
def test_a_database_with_records_of_its_own_is_left_alone(
    durable_postgres_server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with durable_postgres_server.fresh_database() as url:
        monkeypatch.setenv(DATABASE_URL, url)
        monkeypatch.setenv(HOME, str(tmp_path / "own"))
        LazyInstallation().context()
        monkeypatch.setenv(HOME, str(tmp_path / "demo"))
        try:
            with pytest.raises(Problem, match="holds records already"):
                build_demo(LazyInstallation())
        finally:
            connections.close_all()
    assert not (tmp_path / "demo").exists()


def test_the_story_is_the_same_in_every_build(told: list[Planned]) -> None:
    assert told == history()


def test_nothing_is_written_before_it_happened_or_about_somebody_who_is_not_there(
    told: list[Planned],
) -> None:
    members = {member.id: member for member in company().members.values()}
    for each in told:
        assert each.at.date() >= each.draft.occurred_on
        assert each.draft.occurred_on <= TODAY
        if each.draft.subject and each.draft.kind not in {Kind.PROFILE, Kind.POSITION}:
            member = members[each.draft.subject]
            assert member.first_day <= each.draft.occurred_on <= (member.last_day or TODAY)


def test_everything_that_a_first_look_needs_occurs(told: list[Planned]) -> None:
    kinds = Counter(each.draft.kind for each in told)
    wanted = set(Kind) - {
        Kind.STREAM_OPENED,
        Kind.SIGNING_KEY,
        Kind.IDENTITY_RESOLVED,
        Kind.PACK_ACTIVATION,
        Kind.VERDICT_ISSUED,
        Kind.COACHING_READING,
        Kind.PLAN_EVENT,
        Kind.ACKNOWLEDGEMENT,
        Kind.REDACTION_REQUEST,
        Kind.REDACTION,
    }
    assert wanted <= set(kinds)
    assert {Audience.PRIVATE, Audience.CASE} <= {each.draft.audience for each in told}
    assert any("ref" in each.names and each.draft.kind is Kind.RECOGNITION for each in told)
    assert any((each.at.date() - each.draft.occurred_on).days > 14 for each in told)


def test_managers_change_and_one_engineer_moves() -> None:
    everyone = company().members.values()
    assert Counter(member.role for member in everyone)[MANAGER] == 10
    assert {place.manager for place in company().members["Ebba Villaseñor"].places} == {
        "Ilse Montalbán",
        "Tobias Nakagawa-Reyes",
    }
    assert [place.team for place in company().members["Marisol Engstrand"].places] == ["Routing", "Payouts"]
    assert len({member.id for member in everyone}) == len(everyone)


def test_the_cast_is_there_on_the_demos_day() -> None:
    assert {member.role for member in cast()} == {
        "manager",
        "engineer",
        "director",
        "hr-partner",
        "panelist",
        "admin",
    }
    assert all(company().members[member.name].last_day is None for member in cast())


def test_the_chooser_begins_with_the_cast_and_lists_everybody_by_role(installation: LazyInstallation) -> None:
    groups = chooser_page(installation.context()).groups
    start, by_role = groups[0], groups[1:]
    assert start.title == START_HERE
    assert [(each.name, each.about) for each in start.people] == [(each.name, each.why) for each in cast()]
    assert {group.title: len(group.people) for group in by_role if group.title != "Engineer"} == {
        "Engineering manager": 9,
        "Director": 4,
        "HR partner": 3,
        "Administrator": 1,
    }
    listed = [each.person for group in by_role for each in group.people]
    assert len(listed) == len(set(listed))
    assert {each.person for each in start.people} <= set(listed)
