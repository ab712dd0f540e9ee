"""Reads design documents at HEAD of a clone, and when and by whom each was first committed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from datumline.connectors.documents.dialects import dialect_of, name_of, read
from datumline.connectors.documents.record import Artifact, DatedBy, Dialect, Shelf
from datumline.connectors.git.client import CommitReader
from datumline.connectors.git.clone import Clone, complaint, run
from datumline.connectors.git.record import Commit
from datumline.connectors.git.stream import HEADER, ORIGINS, Raw, walk
from datumline.domain.problem import Problem

_BATCH = 200  # files read from git at once


def read_shelf(clone: Clone) -> Shelf:
    """Every design document at HEAD, of all dialects, as the documents say it themselves.

    Absent and unreadable files are listed and break nothing. Raises Problem when HEAD's tree is absent.
    """
    artifacts: list[Artifact] = []
    unread: list[tuple[str, str]] = []
    files = list(_files(clone))
    for start in range(0, len(files), _BATCH):
        portion = files[start : start + _BATCH]
        for (dialect, path, _), content in zip(portion, _contents(clone, portion), strict=True):
            if content is None:
                unread.append((path, "its content is absent from the clone"))
                continue
            try:
                artifacts.append(read(dialect, path, content.decode(errors="replace")))
            except ValueError as error:
                unread.append((path, str(error)))
    return Shelf(artifacts=tuple(artifacts), unread=tuple(unread))


def names_at(clone: Clone, commit: str) -> frozenset[tuple[Dialect, int]]:
    """What names the documents that stood at a commit: dialect and number."""
    paths = (path for _, path, _ in _files(replace(clone, head=commit)))
    return frozenset(name for path in paths if (name := name_of(path)))


def _files(clone: Clone) -> Iterator[tuple[Dialect, str, str]]:
    if clone.head is None:
        return
    done = run(clone.path, "ls-tree", "-r", "-z", "--full-tree", clone.head)
    if done.returncode:
        raise Problem(complaint(done.stderr), where=str(clone.path), expected="a clone whose HEAD is whole")
    for row in done.stdout.decode(errors="replace").split("\0"):
        meta, _, path = row.partition("\t")
        dialect = dialect_of(path)
        if dialect and meta.startswith("100"):  # a regular file, no link
            yield dialect, path, meta.split(" ")[2]


def _contents(clone: Clone, files: Iterable[tuple[Dialect, str, str]]) -> Iterator[bytes | None]:
    ids = [blob for _, _, blob in files]
    rest = run(clone.path, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in ids).encode()).stdout
    for _ in ids:
        line, _, rest = rest.partition(b"\n")
        words = line.split(b" ")
        if words[-1].isdigit():
            size = int(words[-1])
            yield rest[:size]
            rest = rest[size + 1 :]
        else:
            yield None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where the artifacts' files came from, followed through renames.

    Attributes:
        first: an artifact's path to the commit that brought it in; left out where history does not show it.
        owner: every path that an artifact's file ever had, to the artifact.
    """

    first: Mapping[str, Commit]
    owner: Mapping[str, Artifact]


def origins(clone: Clone, artifacts: Iterable[Artifact]) -> Origins:
    """Walk history once, newest first, from each artifact's file back to its beginning.

    Where a shallow clone was cut off, a commit seems to bring in all that it holds: it begins nothing.
    """
    first: dict[str, Commit] = {}
    owner = {_file(artifact): artifact for artifact in artifacts}
    reader = CommitReader(clone, asked=HEADER)
    for raw in walk(clone, ORIGINS):
        cells = raw.data.split(b"\0", 7)
        if cells[0].decode() in clone.shallow:
            continue
        rows = cells[7].removeprefix(b"\0\n")
        changes = iter(rows.rstrip(b"\0").decode(errors="replace").split("\0"))
        for change in changes:
            path = next(changes, "")
            new = next(changes, "") if change.startswith("R") else path
            if new not in owner:
                continue
            if new != path:
                owner.setdefault(path, owner[new])
            else:
                first[owner[new].path] = reader.read(Raw(data=raw.data, flags=HEADER))
    return Origins(first=first, owner=owner)


def completed(shelf: Shelf, found: Origins) -> Shelf:
    """The shelf with what history adds: first committers, and authors and dates that the documents lack."""
    return replace(
        shelf, artifacts=tuple(_completed(one, found.first.get(one.path)) for one in shelf.artifacts)
    )


def _completed(artifact: Artifact, first: Commit | None) -> Artifact:
    if first is None:
        return artifact
    return replace(
        artifact,
        authors=artifact.authors or (first.author,),
        first_committed_by=first.author,
        created=artifact.created or first.authored,
        dated_by=DatedBy.DOCUMENT if artifact.created else DatedBy.HISTORY,
    )


def _file(artifact: Artifact) -> str:
    return f"{artifact.path}/kep.yaml" if artifact.dialect is Dialect.KEP else artifact.path
