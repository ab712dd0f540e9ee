"""Who mentions a design document, where and since when: one pass over all patches of a history.

A mention is the document's name (`PEP 484`, `RFC 2000`, `KEP-2535`, `ADR 7`) or a link to its file on a line
that a commit adds to another document. It counts for nothing where the same commit takes a mention of it
out of that file (the line was only rewritten), or names so many documents there that it is a list. Names are
looked for once per file of a patch and not once per line, and only for the dialects that the clone holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from datumline.connectors.documents.client import Origins
from datumline.connectors.documents.record import Artifact, Dialect, Mention, Shelf
from datumline.connectors.git.client import CommitReader, present
from datumline.connectors.git.clone import Clone
from datumline.connectors.git.record import Commit
from datumline.connectors.git.stream import HEADER, PATCH, Raw, commit_ids, details

_NAMES = {
    Dialect.PEP: rb"[Pp][Ee][Pp][-_ :`#]{1,3}0*(?P<PEP>\d{1,4})(?!\d)",
    Dialect.KEP: rb"KEP[-_ #]{1,2}0*(?P<KEP>\d{1,5})(?!\d)|/(?P<KEP_>\d{1,5})-[a-z][^/\s]*/",
    Dialect.RFC: rb"RFC[-_ #]{1,2}0*(?P<RFC>\d{1,4})(?!\d)|text/(?P<RFC_>\d{4})-[^/\s]*?\.(?:md|html)",
    Dialect.ADR: rb"ADR[-_ #]{1,2}0*(?P<ADR>\d{1,4})(?!\d)|(?P<ADR_>\d{4})-[a-z][^/\s]*?\.md",
}
_LIST = 20  # documents that one commit may name in one file before this is an index and cites nobody
_DOCUMENT = re.compile(r"(?!\.|.*/\.).*\.(?:md|markdown|rst|txt|adoc|html|tex|ya?ml)", re.DOTALL)
_FILE = b"\ndiff --git "
_Key = tuple[str, str, str]


def mentions(
    clone: Clone, shelf: Shelf, origins: Origins, *, known: tuple[str, ...] = (), processes: int = 2
) -> Iterator[Mention]:
    """The first mention of each artifact by each person in each other document, in no promised order.

    Args:
        clone: whose history is read.
        shelf: the artifacts to look for.
        origins: tells which old paths are an artifact's own file.
        known: heads whose history was read before.
        processes: how many git processes make patches.
    """
    names = _Names(shelf.artifacts)
    if names.pattern is None:
        return
    reached = commit_ids(clone, known=present(clone, known), merges=False)
    ids = (one for one in reached if one.decode() not in clone.shallow)  # a cut seems to add every line
    reader = CommitReader(clone, asked=HEADER)
    first: dict[_Key, Mention] = {}
    for raw in details(clone, ids, PATCH, processes=processes):
        head, _, patch = raw.data.rpartition(b"\0")
        commit: Commit | None = None
        for path, artifacts in _added(patch, names) if raw.flags is PATCH else ():
            document = _document(path, origins.owner)
            for artifact in artifacts:
                if artifact == document:
                    continue
                commit = commit or reader.read(Raw(data=head + b"\0", flags=HEADER))
                _keep_first(first, _mention(artifact, document, commit))
    yield from first.values()


def _mention(artifact: str, document: str, commit: Commit) -> Mention:
    return Mention(
        artifact=artifact, by=commit.author, document=document, on=commit.authored, commit=commit.id
    )


def _keep_first(first: dict[_Key, Mention], mention: Mention) -> None:
    key = (mention.artifact, mention.by.email.lower(), mention.document)
    known = first.get(key)
    if known is None or (mention.on, mention.commit) < (known.on, known.commit):
        first[key] = mention


def _document(path: str, owner: Mapping[str, Artifact]) -> str:
    folder = path.rpartition("/")[0]
    artifact = owner.get(path) or owner.get(f"{folder}/kep.yaml")
    return artifact.id if artifact else path


class _Names:
    """The pattern that finds the names of these artifacts, and which artifact a match means."""

    def __init__(self, artifacts: Sequence[Artifact]) -> None:
        numbered = Counter((artifact.dialect.value, artifact.number) for artifact in artifacts)
        self.by_number = {
            (artifact.dialect.value, artifact.number): artifact.id
            for artifact in artifacts
            if numbered[artifact.dialect.value, artifact.number] == 1  # of two by one name, neither is meant
        }
        dialects = [dialect for dialect in Dialect if any(dialect == name for name, _ in self.by_number)]
        patterns = [_NAMES[dialect] for dialect in dialects]
        self.pattern = re.compile(b"|".join(patterns)) if patterns else None

    def artifact(self, match: re.Match[bytes]) -> str | None:
        """The artifact that a match names; None inside a longer word or when none has the number."""
        if match[0][:1].isalpha() and match.string[match.start() - 1 : match.start()].isalpha():
            return None
        group = match.lastgroup or ""
        return self.by_number.get((group.rstrip("_"), int(match[group])))


def _added(patch: bytes, names: _Names) -> Iterator[tuple[str, set[str]]]:
    """For each file of a patch, the artifacts that its added lines mention and its removed lines do not."""
    if names.pattern is None:
        return
    for section in patch.split(_FILE)[1:]:
        body = section.find(b"\n@@ ")
        if body < 0 or names.pattern.search(section, body) is None:
            continue
        sides: dict[int, set[str]] = {}
        for match in names.pattern.finditer(section, body):
            side = section[section.rfind(b"\n", 0, match.start()) + 1]
            if (artifact := names.artifact(match)) is not None:
                sides.setdefault(side, set()).add(artifact)
        new = sides.get(ord("+"), set()) - sides.get(ord("-"), set())
        path = _path(section[:body])
        if 0 < len(new) <= _LIST and _DOCUMENT.fullmatch(path):
            yield path, new


def _path(header: bytes) -> str:
    target = header.rpartition(b"\n+++ ")[2].rstrip(b"\t\r")
    return target.strip(b'"').removeprefix(b"b/").decode(errors="replace")
