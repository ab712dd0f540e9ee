"""The mining benchmarks run on any clone with enough history, and measure what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from datumline.domain.problem import Problem
from datumline.services.bench.harness import measure
from datumline.services.bench.mining import mining
from support.clones import Repository


def clone_of(path: Path, commits: int) -> Path:
    repository = Repository(path)
    stream = "".join(
        f"commit refs/heads/main\ncommitter C <c@example.org> {1_700_000_000 + number} +0000\n"
        f"data 1\nm\nM 100644 inline file\ndata 4\n{number:04}\n"
        for number in range(commits)
    )
    repository.git("fast-import", "--quiet", given=stream.encode())
    return path


def test_every_goal_is_measured_beside_git(tmp_path: Path) -> None:
    results = list(measure(mining(clone_of(tmp_path / "clone", 120), rounds=1)))
    assert [result.benchmark.id for result in results] == ["G1", "G2", "G2", "G3", "G4"]
    for result in results:
        assert result.ours.middle("wall") > 0
        assert 5 < result.ours.middle("own MiB") < 250
    assert [result.yardstick.name.split()[0] for result in results] == [
        "git",
        "git",
        "git",
        "datumline",
        "git",
    ]


def test_too_short_a_history_is_said(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="more than 100"):
        mining(clone_of(tmp_path / "clone", 3))
