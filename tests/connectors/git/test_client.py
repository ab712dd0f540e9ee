"""Mining a clone: what each commit says, whole and incremental, and clones that are not whole."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from datumline.connectors.git.client import commits_named, count, mine, with_progress
from datumline.connectors.git.clone import open_clone
from datumline.connectors.git.record import Commit, Contact, Mode
from datumline.domain.problem import Problem
from support.clones import ADA, BEN, CLEO, Repository

BOTH = pytest.mark.parametrize("mode", list(Mode))


def mined(path: Path, mode: Mode = Mode.LINES, *, known: tuple[str, ...] = ()) -> dict[str, Commit]:
    return {commit.id: commit for commit in mine(open_clone(path), mode, known=known)}


def test_lines_and_paths_are_those_of_each_commit(repository: Repository) -> None:
    first = repository.change("src/a file\twith tab.py", "one\ntwo\n", "Begin")
    repository.write("logo.png", b"\0\1\2")
    second = repository.change("src/a file\twith tab.py", "one\n2\n3\n", "Go on", by=BEN)
    by_id = mined(repository.path)
    assert (by_id[first].added, by_id[first].deleted, by_id[first].paths) == (
        2,
        0,
        ("src/a file\twith tab.py",),
    )
    assert (by_id[second].added, by_id[second].deleted) == (2, 1)
    assert by_id[second].paths == ("logo.png", "src/a file\twith tab.py")
    assert by_id[second].author == Contact(name="Ben Oduya", email="ben@oduya.example")


def test_both_modes_agree_but_for_the_lines(repository: Repository) -> None:
    for number in range(40):
        repository.change(f"f{number % 3}", f"{number}\n", f"Change {number}")
    without = {
        commit.id: (commit.paths, commit.subject, commit.authored)
        for commit in mined(repository.path, Mode.PATHS).values()
    }
    lines = mined(repository.path)
    assert {key: (one.paths, one.subject, one.authored) for key, one in lines.items()} == without
    assert all(commit.added == 1 for commit in lines.values())


@BOTH
def test_more_commits_than_one_portion_are_all_read_once(repository: Repository, mode: Mode) -> None:
    stream = "blob\nmark :1\ndata 2\nx\n" + "".join(
        f"commit refs/heads/main\ncommitter C <c@example.org> {1_700_000_000 + number} +0000\n"
        f"data 1\nm\nM 100644 :1 file{number}\n\n"
        for number in range(1300)
    )
    repository.git("fast-import", "--quiet", given=stream.encode())
    commits = list(mine(open_clone(repository.path), mode))
    assert len(commits) == len({commit.id for commit in commits}) == 1300
    assert all(len(commit.paths) == 1 for commit in commits)


def test_a_day_is_the_authors_own_and_not_that_of_the_commit(repository: Repository) -> None:
    repository.write("a", "a")
    repository.git(
        "commit", "-q", "-m", "Late", "--author", ADA, "--date", "2026-03-01T23:30:00-08:00",
        GIT_COMMITTER_DATE="2026-03-05T10:00:00+09:00",
    )  # fmt: skip
    (commit,) = mined(repository.path).values()
    assert (commit.authored, commit.committed) == (date(2026, 3, 1), date(2026, 3, 5))


def test_trailers_name_co_authors_reviewers_and_assistants(repository: Repository) -> None:
    message = (
        "Bill in whole cents\n\n* squashed\n\nCo-Authored-By: Ben Oduya <ben@oduya.example>\n---------\n"
        f"co-authored-by: {BEN}\nCo-authored-by: {ADA}\nReviewed-by: {CLEO}\nAcked-by: {CLEO}\n"
        "Tested-by: nobody in particular\nAssisted-by: Helper 3\nSigned-off-by: Zed <zed@example.org>\n"
    )
    made = repository.commit(message)
    commit = mined(repository.path)[made]
    assert commit.co_authors == (Contact(name="Ben Oduya", email="ben@oduya.example"),)
    assert commit.reviewers == (Contact(name="Cleo Varga", email="cleo@varga.example"),)
    assert commit.assistants == ("Helper 3",)


def test_what_a_commit_reverts_or_fixes_is_kept_as_written(repository: Repository) -> None:
    bad = repository.change("a", "1", "Round down")
    undo = repository.commit(f'Revert "Round down"\n\nThis reverts commit {bad}.\n')
    mend = repository.commit(f'Round again\n\nFixes: {bad[:10]} ("Round down")\nFixes: #12\n')
    by_id = mined(repository.path, Mode.PATHS)
    assert (by_id[undo].reverts, by_id[undo].undoes) == ((bad,), True)
    assert (by_id[mend].reverts, by_id[mend].undoes) == ((bad[:10],), False)
    assert by_id[bad].reverts == ()


@BOTH
def test_a_merge_has_no_paths_but_keeps_its_reviewers(repository: Repository, mode: Mode) -> None:
    repository.change("a", "1", "Base")
    repository.git("checkout", "-q", "-b", "side")
    repository.change("b", "1", "Side", by=BEN)
    repository.git("checkout", "-q", "main")
    repository.change("c", "1", "Main")
    repository.git("merge", "-q", "--no-ff", "side", "-m", f"Merge side\n\nReviewed-by: {CLEO}",
                   GIT_AUTHOR_NAME="Ada Marsh", GIT_AUTHOR_EMAIL="ada@marsh.example")  # fmt: skip
    merge = mined(repository.path, mode)[repository.git("rev-parse", "HEAD")]
    assert (merge.parents, merge.paths, merge.complete) == (2, (), True)
    assert [contact.name for contact in merge.reviewers] == ["Cleo Varga"]


def test_a_refresh_reads_only_what_is_new_and_survives_a_rewritten_history(repository: Repository) -> None:
    old = repository.change("a", "1", "Old")
    new = repository.change("a", "2", "New")
    assert list(mined(repository.path, known=(old,))) == [new]
    assert list(mined(repository.path, known=(new,))) == []
    assert len(mined(repository.path, known=("0" * 40,))) == 2
    clone = open_clone(repository.path)
    assert count(clone, known=(old,)) == 1
    assert [commit.id for commit in mine(clone, Mode.PATHS, skip={old})] == [new]


def test_references_are_looked_up_whole_and_abbreviated(repository: Repository) -> None:
    one = repository.change("a", "1", "One")
    found = commits_named(open_clone(repository.path), [one, one[:8], "feedfacecafe"])
    assert {name: commit.subject for name, commit in found.items()} == {one: "One", one[:8]: "One"}


def test_what_head_does_not_reach_is_not_looked_up(repository: Repository) -> None:
    one = repository.change("a", "1", "One")
    other = repository.change("a", "2", "Two")
    repository.git("commit", "--amend", "--quiet", "--message=Two again")  # `other` is still in the clone
    assert list(commits_named(open_clone(repository.path), [one, other, other[:9]])) == [one]


def test_a_bare_clone_uses_the_committed_mailmap(repository: Repository, tmp_path: Path) -> None:
    repository.change(".mailmap", f"{ADA} <ada@old.example>\n", "Map", by="A. M. <ada@old.example>")
    repository.git("clone", "-q", "--bare", str(repository.path), str(tmp_path / "bare.git"))
    (commit,) = mined(tmp_path / "bare.git").values()
    assert str(commit.author) == ADA
    assert open_clone(tmp_path / "bare.git").bare


def test_bytes_that_are_no_utf8_are_replaced_and_nothing_breaks(repository: Repository) -> None:
    raw = b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
    raw += (
        b"author J\xf6rg <j\xf6@x> 99999999999999999999 +9999\ncommitter C <c@x> 1700000000 +0000\n\nH\xe9\n"
    )
    repository.git("hash-object", "-t", "tree", "-w", "--stdin")
    bad = repository.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=raw)
    repository.git("update-ref", "refs/heads/main", bad)
    (commit,) = mined(repository.path, Mode.PATHS).values()
    assert commit.author.name == "J\N{REPLACEMENT CHARACTER}rg"
    assert commit.subject == "H\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("missing", [1, 40])
def test_absent_contents_cost_their_commit_its_lines_only(repository: Repository, missing: int) -> None:
    repository.git("config", "gc.auto", "0")
    for number in range(60):
        repository.change(f"f{number}", f"unique {number}\n", f"Change {number}")
    for number in range(missing):
        blob = repository.git("rev-parse", f"HEAD:f{number}")
        (repository.path / ".git/objects" / blob[:2] / blob[2:]).unlink()
    commits = mined(repository.path / ".git").values()  # in a work tree git would read the file itself
    assert len(commits) == 60
    assert all(len(commit.paths) == 1 for commit in commits)
    lost = [commit for commit in commits if not commit.complete]
    assert {f"f{number}" for number in range(missing)} <= {commit.paths[0] for commit in lost}
    assert all(commit.added is None for commit in lost)
    assert missing == 40 or len(lost) == 1


def test_an_absent_tree_costs_its_commits_their_paths(repository: Repository) -> None:
    repository.change("d/f", "1\n", "One")
    lost = repository.change("d/f", "2\n", "Two")
    tree = repository.git("rev-parse", "HEAD:d")
    (repository.path / ".git/objects" / tree[:2] / tree[2:]).unlink()
    commits = mined(repository.path)
    assert (commits[lost].paths, commits[lost].added, commits[lost].complete) == ((), None, False)
    assert len(commits) == 2


def test_a_shallow_clone_says_where_it_was_cut(repository: Repository, tmp_path: Path) -> None:
    repository.change("a", "1\n" * 100, "Old")
    cut = repository.change("b", "1", "Cut here")
    last = repository.change("b", "2", "Last")
    repository.git("clone", "-q", "--depth=2", repository.path.as_uri(), str(tmp_path / "shallow"))
    assert open_clone(tmp_path / "shallow").shallow == {cut}
    assert {commit.id: commit.edge for commit in mined(tmp_path / "shallow").values()} == {
        cut: True,
        last: False,
    }


@BOTH
def test_an_empty_repository_has_no_commits(repository: Repository, mode: Mode) -> None:
    clone = open_clone(repository.path)
    assert clone.head is None
    assert list(mine(clone, mode)) == []
    assert count(clone) == 0


def test_what_is_no_clone_is_said_in_one_line(repository: Repository, tmp_path: Path) -> None:
    (repository.path / "inner").mkdir()
    shutil.copytree(repository.path / ".git/hooks", tmp_path / "plain")
    for path in (tmp_path / "absent", tmp_path / "plain", repository.path / "inner"):
        with pytest.raises(Problem) as caught:
            open_clone(path)
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)


def test_broken_history_is_a_problem_and_not_a_short_list(repository: Repository) -> None:
    first = repository.change("a", "1", "One")
    repository.change("a", "2", "Two")
    (repository.path / ".git/objects" / first[:2] / first[2:]).unlink()
    for mode in Mode:
        with pytest.raises(Problem, match="history is whole"):
            mined(repository.path, mode)


def test_settings_of_the_clone_start_no_programs(repository: Repository, tmp_path: Path) -> None:
    repository.write(".gitattributes", "* diff=custom\n")
    one = repository.change("a", "1\n", "One")
    for key in ("diff.external", "diff.custom.textconv", "diff.custom.command"):
        repository.git("config", key, f"touch {tmp_path}/ran; cat")
    assert mined(repository.path)[one].added == 2
    assert not (tmp_path / "ran").exists()


def test_progress_counts_to_the_total(repository: Repository) -> None:
    for number in range(3):
        repository.commit(str(number))
    clone, told = open_clone(repository.path), list[tuple[int, int]]()
    commits = with_progress(
        mine(clone, Mode.PATHS), total=count(clone), report=lambda done, total: told.append((done, total))
    )
    assert len(list(commits)) == 3
    assert told[-1] == (3, 3)


def test_leaving_early_leaves_no_process_behind(repository: Repository) -> None:
    for number in range(5):
        repository.commit(str(number))
    for mode in Mode:
        commits = mine(open_clone(repository.path), mode)
        next(commits)
        commits.close()  # type: ignore[attr-defined]
