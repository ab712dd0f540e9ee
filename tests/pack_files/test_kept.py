"""What a pack is known by, and what is kept of it when it is activated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from datumline.domain.problem import Problem
from datumline.pack_files import content_of, kept, load
from datumline.pack_files.canonical import digest
from support.packs import write_pack

WAIT = "pip.more_time:\n  reference: ours\n  values: {2026-07-01: 45}\n"


def test_the_digest_is_that_of_the_content_not_of_its_layout(tmp_path: Path) -> None:
    clock = "pip.clock:\n  reference: ours\n  values:\n    2026-07-01: 90\n"
    one = write_pack(tmp_path / "one", {"parameters/plan.yaml": WAIT + clock, "README.md": "ours"})
    other = write_pack(
        tmp_path / "other",
        {"parameters/a.yaml": f"# The clock\n{clock}", "parameters/b.yaml": WAIT.replace("{", "{ ")},
    )
    assert load(one).digest == load(other).digest


def test_another_number_is_another_digest(tmp_path: Path) -> None:
    one = write_pack(tmp_path / "one", {"parameters/plan.yaml": WAIT})
    other = write_pack(tmp_path / "other", {"parameters/plan.yaml": WAIT.replace("45", "46")})
    assert len({load(one).digest, load(other).digest, load().digest}) == 3


def test_a_kept_pack_decides_as_the_one_that_was_activated(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "pack", {"parameters/plan.yaml": WAIT})
    policy, content = content_of(folder)
    (folder / "parameters/plan.yaml").write_text(WAIT.replace("45", "60"))
    again = kept(content, policy.digest)
    assert again.days("pip.more_time", date(2026, 7, 1)) == 45
    assert (again.digest, again.ref, again.tables, again.phrases) == (
        policy.digest,
        policy.ref,
        policy.tables,
        policy.phrases,
    )
    assert dict(again.parameters) == dict(policy.parameters)


def test_the_shipped_pack_can_be_kept_too() -> None:
    policy, content = content_of(None)
    assert kept(content, policy.digest).parameters == load().parameters


def test_a_kept_pack_of_an_earlier_version_takes_what_came_later_from_the_shipped_one() -> None:
    content = (
        '{"pack":{"id":"old","version":"1","effective-from":"2025-01-01","owner":"us","licence":"none"},'
        '"parameters":{"pip.clock":{"meaning":"As it was.","unit":"days","range":[1,99],"reference":"ours",'
        '"values":{"1970-01-01":77}},"gone.since":{"meaning":"Old.","unit":"count","range":[1,2],'
        '"reference":"ours","values":{"1970-01-01":1}}}}'
    )
    policy = kept(content, digest(content))
    assert policy.days("pip.clock", date(2026, 1, 1)) == 77
    assert policy.days("pip.more_time", date(2026, 1, 1)) == 30


def test_a_changed_pack_is_refused() -> None:
    policy, content = content_of(None)
    with pytest.raises(Problem, match="a kept pack was changed"):
        kept(content.replace("180", "365"), policy.digest)
