"""Imports: every row accounted for, a second run adds nothing, a killed run is ended by the next."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from datumline.connectors.table.dates import DateFormat
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Placed
from datumline.domain.people.fold import OrgChart
from datumline.domain.problem import Problem
from datumline.services.context import Clock
from datumline.services.imports import batches
from datumline.services.imports.batches import append_all
from datumline.services.imports.git import import_git
from datumline.services.imports.identities import Identities
from datumline.services.imports.mapping import Reading, keep, reading
from datumline.services.imports.report import Report
from datumline.services.imports.repositories import identities_for
from datumline.services.imports.tables import import_table
from datumline.services.people import card_of, find_person, resolve, strangers
from datumline.store.imports import repository as remembered
from datumline.store.ledger import entries, place
from support.clones import ADA, BEN, CLEO, Repository
from support.offices import Office

COMMITMENTS = "key,summary,assignee,due date,resolved\n"


def commitments(office: Office, rows: str, *, kind: str = "commitments", dry_run: bool = False) -> Report:
    return import_table(office.context, kind, office.file(rows), Reading(), dry_run=dry_run)


def ledger(kinds: Sequence[Kind]) -> list[Entry]:
    return entries(subjects=None, audiences=(Audience.SHARED,), kinds=kinds)


def test_commitments_come_in_once(office: Office) -> None:
    office.people()
    rows = (
        COMMITMENTS
        + "B-1,invoice export,ines@firm.example,2026-05-04,2026-05-13\nB-2,audit,Jens Holm,2026-07-04,\n"
    )
    first, again = commitments(office, rows), commitments(office, rows)
    assert (first.new, first.known, again.new, again.known) == (2, 0, 0, 2)
    done, still_open = sorted(ledger([Kind.COMMITMENT]), key=lambda each: each.source)
    assert done.amounts == {"work": "invoice export", "due": date(2026, 5, 4), "delivered": date(2026, 5, 13)}
    assert (done.occurred_on, done.source, done.subject) == (
        date(2026, 5, 4),
        "commitments:B-1",
        office.person("ines@firm.example"),
    )
    assert (still_open.amounts["delivered"], still_open.occurred_on) == (None, date(2026, 6, 30))


def test_what_changed_since_is_added_and_nothing_replaced(office: Office) -> None:
    office.people()
    commitments(office, COMMITMENTS + "B-1,export,ines@firm.example,2026-07-04,\n")
    moved = COMMITMENTS + "B-1,export,ines@firm.example,2026-07-20,2026-06-29\n"
    assert [commitments(office, moved).new for _ in range(3)] == [2, 0, 0]
    (commitment,) = ledger([Kind.COMMITMENT])
    (reschedule,), (delivery,) = ledger([Kind.RESCHEDULE]), ledger([Kind.DELIVERY])
    assert reschedule.amounts == {
        "commitment": commitment.id,
        "from": date(2026, 7, 4),
        "to": date(2026, 7, 20),
    }
    assert delivery.amounts == {"commitment": commitment.id, "delivered": date(2026, 6, 29)}
    assert reschedule.author == "commitments:table"  # no manager's word: it is shown and does not count


def test_rows_are_refused_or_unmatched_by_line(office: Office) -> None:
    office.people()
    report = commitments(
        office,
        COMMITMENTS + "B-1,a,ghost,2026-05-04,\nB-2,b,ghost,2026-05-04,\nB-3,,ines@firm.example,2026-05-04,\n"
        "B-4,d,ines@firm.example,,\nB-5,e,ines@firm.example,04/05/2026,\nB-6,f,ines@firm.example,2026-05-04,2026-07-01\n"
        "B-7,g,ines@firm.example,2026-05-04,,,too much\nB-8,=1+2,ines@firm.example,2026-05-04,\n",
    )
    assert [(each.line, each.what) for each in report.refused] == [
        (4, "no work"),
        (5, "no due date"),
        (6, "'04/05/2026' could be two days"),
        (7, "delivered on 2026-07-01, in the future"),
        (8, "1 cells more than the header has"),
    ]
    assert [(each.name, each.changes, each.lines) for each in report.unmatched] == [("ghost", 2, (2, 3))]
    assert [each.title for each in ledger([Kind.COMMITMENT])] == ["=1+2"]


def test_a_trial_or_a_fault_far_down_leaves_nothing(office: Office) -> None:
    office.people()
    row = "B-{n},work {n},ines@firm.example,2026-05-04,\n"
    many = COMMITMENTS + "".join(row.format(n=n) for n in range(2_500))
    assert commitments(office, many, dry_run=True).new == 2_500
    with pytest.raises(Problem, match="a quoted cell that is not closed"):
        commitments(office, many + '"B-x,work,')
    assert ledger([Kind.COMMITMENT]) == []


def test_incidents_know_command_from_cause(office: Office) -> None:
    office.people()
    rows = (
        "number,title,responder,date,severity,role,avoidable\n"
        "7,Queue stalled,github:ines,2026-05-04,SEV1,Commander,no\n"
        "7b,Queue stalled,jens@firm.example,2026-05-04,SEV1,,yes\n"
        "8,Tomorrow's,jens@firm.example,2026-07-01,SEV1,,yes\n9,Odd,jens@firm.example,2026-05-04,,,perhaps\n"
    )
    report = commitments(office, rows, kind="incidents")
    assert [each.what for each in report.refused] == [
        "2026-07-01 lies in the future",
        "avoidable is 'perhaps'",
    ]
    first, second = sorted(ledger([Kind.INCIDENT]), key=lambda each: each.source)
    assert first.amounts == {"severity": "SEV1", "role": "commander", "avoidable": False}
    assert second.amounts == {"severity": "SEV1", "avoidable": True}
    assert commitments(office, rows, kind="incidents").new == 0


def test_a_mapping_is_saved_and_used_by_name(office: Office) -> None:
    office.people()
    chosen = reading("commitments", ["work=Was", "owner=Wer", "due=Bis"], date_format="dmy", saved=None)
    keep("jira", "commitments", chosen)
    used = reading("commitments", [], date_format=None, saved="jira")
    assert used == Reading(columns={"work": "Was", "owner": "Wer", "due": "Bis"}, date_format=DateFormat.DMY)
    path = office.file("Wer;Was;Bis\nines@firm.example;export;03.04.2026\n")
    assert import_table(office.context, "commitments", path, used).new == 1
    with pytest.raises(Problem, match="no mapping 'jira' for incidents"):
        reading("incidents", [], date_format=None, saved="jira")
    for pairs, dates, what in (([], "german", "no date format"), (["work"], None, "maps nothing")):
        with pytest.raises(Problem, match=what):
            reading("commitments", pairs, date_format=dates, saved=None)
    with pytest.raises(Problem, match="no field 'wrok'"):
        import_table(office.context, "commitments", path, Reading(columns={"wrok": "Was"}))
    with pytest.raises(Problem, match="no kind 'holidays'"):
        import_table(office.context, "holidays", path, Reading())


@pytest.fixture
def billing(tmp_path: Path) -> Repository:
    """Two days of work by three people, one change taken back."""
    made = Repository(tmp_path / "billing")
    first = made.change("a.py", "1\n", "Add a", by=ADA, at="2026-03-02T09:00:00+00:00")
    made.change("b.py", "1\n", f"Add b\n\nCo-authored-by: {CLEO}", by=BEN, at="2026-03-02T10:00:00+00:00")
    made.change(
        "a.py",
        "2\n",
        f'Revert "Add a"\n\nThis reverts commit {first}.',
        by=BEN,
        at="2026-03-03T09:00:00+00:00",
    )
    return made


def evidence() -> Counter[tuple[str, str, str, str]]:
    """What the repository's entries say, without the ids that differ from home to home."""
    names = {str(each.subject): str(each.amounts["name"]) for each in ledger([Kind.PROFILE])}
    return Counter(
        (names[str(each.subject)], each.kind.value, str(each.occurred_on), repr(sorted(each.amounts.items())))
        for each in ledger([Kind.CHANGE_BATCH, Kind.REVIEW_TURNAROUND])
    )


def test_a_repository_comes_in_once_and_then_only_what_is_new(office: Office, billing: Repository) -> None:
    first, again = import_git(office.context, billing.path), import_git(office.context, billing.path)
    assert (first.source, first.counts["commits"], first.counts["people_provisional"]) == ("billing", 3, 3)
    assert (first.new, again.new, again.known, again.unmatched_count) == (5, 0, 0, 0)
    assert {each.name: each.changes for each in first.unmatched} == {
        "Ben Oduya": 2,
        "Ada Marsh": 1,
        "Cleo Varga": 1,
    }
    before = evidence()
    billing.change("c.py", "1\n", "Add c", by=ADA, at="2026-03-02T23:00:00+00:00")
    assert import_git(office.context, billing.path).new == 1
    assert evidence() > before


def test_people_on_file_are_known_by_their_address(office: Office, billing: Repository) -> None:
    office.people("name,email\nAda Lovell,ADA@marsh.example\nBen Oduya,ben@firm.example\n")
    report = import_git(office.context, billing.path)
    assert [(each.name, each.perhaps) for each in report.unmatched] == [
        ("Ben Oduya", ("Ben Oduya",)),
        ("Cleo Varga", ()),
    ]
    ada = office.person("Ada Lovell")
    assert {each.subject for each in ledger([Kind.CHANGE_BATCH])} >= {ada}
    resolve(office.context, "ben@oduya.example", "ben@firm.example")
    billing.change("d.py", "1\n", "Add d", by=BEN, at="2026-03-04T09:00:00+00:00")
    import_git(office.context, billing.path)
    ben = find_person(office.context, "ben@firm.example").id
    days = {
        each.occurred_on
        for each in ledger([Kind.CHANGE_BATCH])
        if each.subject in card_of(office.context, ben).known_as
    }
    assert days == {date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)}
    assert [each.person.name for each in strangers(office.context)] == ["Cleo Varga"]


def test_a_trial_of_a_repository_writes_nothing(office: Office, billing: Repository) -> None:
    assert import_git(office.context, billing.path, dry_run=True).new == 5
    assert ledger([Kind.CHANGE_BATCH, Kind.PROFILE]) == []
    assert remembered("billing", "git") is None


def test_a_trial_of_a_repository_keeps_nobody_from_writing_while_it_reads(
    office: Office, billing: Repository
) -> None:
    held: list[bool] = []

    def progress(_done: int, _total: int | None) -> None:
        held.append(connection.in_atomic_block)

    import_git(office.context, billing.path, dry_run=True, progress=progress)
    assert held
    assert not any(held)


def test_a_trial_of_many_batches_counts_what_comes_twice_once(office: Office) -> None:
    office.people()
    note = Draft(
        kind=Kind.CHANGE_BATCH,
        author="git:billing",
        occurred_on=date(2026, 3, 2),
        subject=office.person("ines@firm.example"),
        amounts={
            "repository": "billing",
            "changes": 1,
            "files": 1,
            "lines_added": 1,
            "lines_deleted": 0,
            "defects": 0,
        },
    )
    drafts = [replace(note, source=f"git:billing:{number % 1500}") for number in range(2 * batches.BATCH)]
    counted = []
    for dry_run in (True, False):
        report = Report(what="git", source="billing", dry_run=dry_run)
        append_all(office.context, drafts, identities_for(office.context, "git:billing"), report)
        counted.append((report.new, report.known))
    assert counted == [(1500, 2500), (1500, 2500)]


def test_what_a_wrong_clock_dates_ahead_is_taken_as_of_today(office: Office, billing: Repository) -> None:
    billing.change("z.py", "1\n", "Back from the future", by=ADA, at="2038-01-01T00:00:00+00:00")
    report = import_git(office.context, billing.path)
    assert report.counts["dated_ahead"] == 1
    assert max(each.occurred_on for each in ledger([Kind.CHANGE_BATCH])) == office.context.today


def test_a_rewritten_history_brings_only_new_commits(office: Office, billing: Repository) -> None:
    import_git(office.context, billing.path)
    before = len(ledger([Kind.CHANGE_BATCH]))
    billing.git("commit", "--amend", "--quiet", "--no-edit", "--date=2026-03-05T09:00:00+00:00")
    report = import_git(office.context, billing.path)
    assert report.counts["commits"] == 1
    assert len(ledger([Kind.CHANGE_BATCH])) - before <= report.new == 1


def test_what_lay_below_a_cut_comes_in_once_the_history_is_whole(
    office: Office, billing: Repository, tmp_path: Path
) -> None:
    billing.change("e.py", "1\n", "Add e", by=CLEO, at="2026-03-05T09:00:00+00:00")
    cut = tmp_path / "cut" / "billing"
    billing.git("clone", "-q", "--depth=2", billing.path.as_uri(), str(cut))
    part, again = import_git(office.context, cut), import_git(office.context, cut)
    assert (part.counts["edges"], again.new, len(ledger([Kind.CHANGE_BATCH]))) == (1, 0, 1)
    assert "a shallow clone" in part.notes[0]
    billing.git("-C", str(cut), "fetch", "-q", "--unshallow")
    rest, none = import_git(office.context, cut), import_git(office.context, cut)
    assert (rest.counts["edges"], rest.notes, none.new) == (0, [], 0)
    assert none.notes == ["no commits since the last import"]
    changes = Counter(
        each.amounts["changes"] for each in ledger([Kind.CHANGE_BATCH]) if not each.amounts["defects"]
    )
    whole = import_git(office.context, billing.path, name="whole")
    assert sum(int(str(number)) * times for number, times in changes.items()) == sum(
        each.changes for each in whole.unmatched
    )


def test_another_shallow_repository_does_not_share_a_name(
    office: Office, billing: Repository, tmp_path: Path
) -> None:
    cut = tmp_path / "cut" / "billing"
    billing.git("clone", "-q", "--depth=1", billing.path.as_uri(), str(cut))
    import_git(office.context, cut)
    other = Repository(tmp_path / "other" / "billing")
    other.change("x.py", "1\n", "Add x")
    with pytest.raises(Problem, match="another repository is known as 'billing'"):
        import_git(office.context, other.path)


def test_two_repositories_do_not_share_a_name(office: Office, billing: Repository, tmp_path: Path) -> None:
    import_git(office.context, billing.path)
    other = Repository(tmp_path / "other" / "billing")
    other.change("x.py", "1\n", "Add x")
    with pytest.raises(Problem, match="another repository is known as 'billing'"):
        import_git(office.context, other.path)
    assert import_git(office.context, other.path, name="billing-two").new == 1


def test_an_empty_repository_and_no_repository(office: Office, tmp_path: Path) -> None:
    empty = import_git(office.context, Repository(tmp_path / "empty").path)
    assert (empty.new, empty.notes) == (0, ["the repository has no commits"])
    for path in (tmp_path / "nowhere", office.file("x")):
        with pytest.raises(Problem):
            import_git(office.context, path)


@pytest.mark.parametrize("killed_at", [1, 2, 3, 4, 5])
def test_a_killed_import_is_ended_by_the_next_one(
    office: Office, billing: Repository, monkeypatch: pytest.MonkeyPatch, killed_at: int
) -> None:
    """Killed after n batches; meanwhile the repository goes on, on a day that the killed run had read."""
    monkeypatch.setattr(batches, "BATCH", 1)
    connection.close()
    child = os.fork()
    if child == 0:

        def dying(drafts: Sequence[Draft], *, clock: Clock) -> tuple[Placed, ...]:
            nonlocal killed_at
            killed_at -= 1
            if killed_at < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return place(drafts, clock=clock)

        monkeypatch.setattr(batches, "place", dying)
        import_git(office.context, billing.path)
        os._exit(0)
    os.waitpid(child, 0)
    state = remembered("billing", "git")
    assert state is not None
    assert (state.begun is not None) is (killed_at < 5)
    billing.change("e.py", "1\n", "Add e", by=ADA, at="2026-03-02T23:30:00+00:00")
    import_git(office.context, billing.path)
    assert evidence() == UNDISTURBED
    assert import_git(office.context, billing.path).new == 0


def test_the_batches_of_the_killed_runs_are_those_of_an_undisturbed_one(
    office: Office, billing: Repository
) -> None:
    import_git(office.context, billing.path)
    billing.change("e.py", "1\n", "Add e", by=ADA, at="2026-03-02T23:30:00+00:00")
    import_git(office.context, billing.path)
    assert evidence() == UNDISTURBED


def _said(**amounts: int) -> str:
    return repr(sorted((amounts | {"repository": "billing"}).items()))


ONE = _said(changes=1, defects=0, files=1, lines_added=1, lines_deleted=0)
TWO = _said(changes=1, defects=0, files=1, lines_added=1, lines_deleted=1)
UNDISTURBED = Counter(
    {
        ("Ada Marsh", "change-batch", "2026-03-02", ONE): 2,
        ("Ben Oduya", "change-batch", "2026-03-02", ONE): 1,
        ("Cleo Varga", "change-batch", "2026-03-02", ONE): 1,
        ("Ben Oduya", "change-batch", "2026-03-03", TWO): 1,
        ("Ada Marsh", "change-batch", "2026-03-03", _said(changes=0, defects=1)): 1,
    }
)


@given(order=st.permutations(["ines", "Ines Holm", "Ines H.", "", "I. Holm"]))
def test_of_several_names_with_one_address_the_fullest_stays(order: list[str]) -> None:
    met = Identities(chart=OrgChart(), author="git:billing", today=date(2026, 6, 30), _by_key={})
    (person,) = {met.person(name, "Ines@firm.example") for name in order}
    (profile,) = met.profiles()
    assert (profile.subject, profile.amounts["name"], met.name_of(person)) == (
        person,
        "Ines Holm",
        "Ines Holm",
    )
