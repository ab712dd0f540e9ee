"""The built wheel carries the encoder and every data file, and no wheel is built without the encoder."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from datumline.embedding import pins
from support.tree import ROOT, committed

WEIGHTS = Path("src/datumline/embedding/weights")


def build(tree: Path, destination: Path) -> subprocess.CompletedProcess[str]:
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(destination), str(tree)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what git keeps, without the weights."""
    copy = tmp_path / "tree"
    for path in committed():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return copy


@pytest.mark.slow
def test_the_wheel_holds_the_encoder_and_all_of_the_package(tree: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / WEIGHTS, tree / WEIGHTS)
    done = build(tree, tmp_path / "dist")
    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    files = [pins.WEIGHTS_FILE, pins.VOCABULARY_FILE, pins.NOTICE_FILE]
    assert {f"datumline/embedding/weights/{name}" for name in files} <= inside
    source = tree / "src"
    kept = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()}
    assert kept <= inside


@pytest.mark.slow
@pytest.mark.parametrize("weights", [None, b"other bytes"])
def test_no_wheel_is_built_without_the_pinned_encoder(
    tree: Path, tmp_path: Path, weights: bytes | None
) -> None:
    if weights is not None:
        (tree / WEIGHTS).mkdir(parents=True)
        (tree / WEIGHTS / pins.WEIGHTS_FILE).write_bytes(weights)
    done = build(tree, tmp_path / "dist")
    assert done.returncode != 0
    assert "run `make encoder` first" in done.stdout + done.stderr
    assert list(tmp_path.glob("dist/*")) == []
