"""Mines a local clone: every commit once, streamed, with or without line counts, whole or only what is new.

Nothing is judged here: bots, merges and self-reviews come out as they stand (see `translate`).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date
from functools import cached_property

from datumline.connectors.git.clone import Clone, run
from datumline.connectors.git.mailmap import Mailmap, mailmap_of
from datumline.connectors.git.message import read_message
from datumline.connectors.git.record import Commit, Contact, Mode
from datumline.connectors.git.stream import HEADER, LINES, PATHS, Raw, commit_ids, details, walk

_REPORT_EVERY = 250  # commits between two calls of a progress report
_GITS_ZERO = date(1970, 1, 1)  # for a date that cannot be read
_MERGE = 2  # parents from which on a commit is a merge


def mine(
    clone: Clone,
    mode: Mode,
    *,
    known: tuple[str, ...] = (),
    skip: Container[str] = (),
    processes: int = 2,
) -> Iterator[Commit]:
    """Every commit reachable from HEAD, roughly newest first; nothing for an empty repository.

    Args:
        clone: where to read.
        mode: `PATHS` runs one git process, `LINES` runs `processes` of them over disjoint commits.
        known: heads imported earlier: what they reach is not read at all. Heads that are gone (a rewritten
            history) are passed over, and `skip` then keeps imported commits out.
        skip: ids of commits to leave out.
        processes: how many git processes count lines.

    Raises:
        Problem: history itself is broken. Absent file contents only make a commit incomplete.
    """
    known = present(clone, known)
    if mode is Mode.PATHS:
        raws = walk(clone, PATHS, known=known)
    else:
        ids = (one for one in commit_ids(clone, known=known) if one.decode() not in skip)
        raws = details(clone, ids, LINES, processes=processes)
    reader = CommitReader(clone, asked=LINES if mode is Mode.LINES else PATHS)
    for commit in map(reader.read, raws):
        if commit.id not in skip:
            yield commit


def count(clone: Clone, *, known: tuple[str, ...] = ()) -> int:
    """How many commits `mine` will go through with the same `known`."""
    if clone.head is None:
        return 0
    answer = run(clone.path, "rev-list", "--count", clone.head, "--not", *present(clone, known))
    return int(answer.stdout or 0)


def present(clone: Clone, ids: Iterable[str]) -> tuple[str, ...]:
    """Those of `ids`, whole or abbreviated, that name one commit in this clone, as full ids."""
    return tuple(full for full in resolve(clone, ids).values() if full)


def resolve(clone: Clone, references: Iterable[str]) -> dict[str, str | None]:
    """Each reference with the full id of the commit that it names; None if absent, ambiguous, no commit."""
    asked = list(dict.fromkeys(references))
    if not asked:
        return {}
    given = "".join(f"{reference}^{{commit}}\n" for reference in asked).encode()
    answers = run(clone.path, "cat-file", "--batch-check", given=given).stdout.decode().splitlines()
    pairs = zip(asked, (answer.split(" ") for answer in answers), strict=False)
    return {reference: words[0] if words[1:2] == ["commit"] else None for reference, words in pairs}


def commits_named(
    clone: Clone, references: Iterable[str], *, reached: Container[str] = ()
) -> dict[str, Commit]:
    """The commits of HEAD's history that `references` name, without paths and lines; others are left out.

    A clone may hold commits of other branches, or what a rewritten history left behind: another clone of the
    same HEAD does not, and must give the same. What was read from HEAD just now can be said in `reached`:
    git then need not go through history again to find it there.
    """
    resolved = {reference: commit for reference, commit in resolve(clone, references).items() if commit}
    elsewhere = _outside(clone, (commit for commit in resolved.values() if commit not in reached))
    full = {reference: commit for reference, commit in resolved.items() if commit not in elsewhere}
    if not full:
        return {}
    ids = (commit.encode() for commit in dict.fromkeys(full.values()))
    reader = CommitReader(clone, asked=HEADER)
    found = {commit.id: commit for commit in map(reader.read, details(clone, ids, HEADER, processes=1))}
    return {reference: found[commit] for reference, commit in full.items()}


def _outside(clone: Clone, commits: Iterable[str]) -> frozenset[str]:
    """Those of `commits`, full ids, that HEAD does not reach, with all before them that it does not reach."""
    given = "".join(f"{commit}\n" for commit in dict.fromkeys(commits)).encode()
    if not given or clone.head is None:
        return frozenset()
    given += f"^{clone.head}\n".encode()
    return frozenset(run(clone.path, "rev-list", "--stdin", given=given).stdout.decode().split())


def with_progress(
    commits: Iterable[Commit], *, total: int, report: Callable[[int, int], None]
) -> Iterator[Commit]:
    """The same commits, while `report(done, total)` is called now and then and once at the end."""
    done = 0
    for commit in commits:
        yield commit
        done += 1
        if done % _REPORT_EVERY == 0:
            report(done, total)
    report(done, total)


class CommitReader:
    """Turns raw records into commits, sharing one object for each contact, day and path."""

    def __init__(self, clone: Clone, *, asked: tuple[str, ...]) -> None:
        self._clone = clone
        self._asked = asked
        self._contacts: dict[tuple[bytes, bytes], Contact] = {}
        self._days: dict[bytes, date] = {}
        self._paths: dict[bytes, str] = {}

    @cached_property
    def _mailmap(self) -> Mailmap:
        return mailmap_of(self._clone)  # only now, while git is at work already

    def read(self, raw: Raw) -> Commit:
        """The commit in one raw record."""
        data, flags = raw
        commit, parents, name, email, authored, committed, message, rows = data.split(b"\0", 7)
        name_of_commit = commit.decode()
        said = read_message(message)
        author = self._contact(name, email)
        committed_on = self._day(committed[:10], _GITS_ZERO)
        paths, added, deleted = self._changes(rows, flags)
        return Commit(
            id=name_of_commit,
            parents=len(parents.split()),
            author=author,
            authored=self._day(authored[:10], committed_on),
            committed=committed_on,
            subject=message.split(b"\n", 1)[0].decode(errors="replace"),
            co_authors=self._others(said.co_authors, author) if said.co_authors else (),
            reviewers=self._others(said.reviewers, author) if said.reviewers else (),
            assistants=said.assistants,
            reverts=said.reverts,
            undoes=said.undoes,
            paths=paths,
            added=added,
            deleted=deleted,
            complete=flags == self._asked,
            edge=name_of_commit in self._clone.shallow,
        )

    def _changes(self, rows: bytes, flags: tuple[str, ...]) -> tuple[tuple[str, ...], int | None, int | None]:
        if flags is HEADER or not rows.startswith(b"\0\n"):
            none = 0 if flags is LINES else None
            return (), none, none
        listed = rows[2:].rstrip(b"\0").split(b"\0")
        if flags is PATHS:
            known = self._paths
            return tuple([known.get(path) or self._path(path) for path in listed]), None, None
        added = deleted = 0
        paths, known = [], self._paths
        for row in listed:
            plus, minus, path = row.split(b"\t", 2)
            paths.append(known.get(path) or self._path(path))
            if plus != b"-":  # a binary file has no lines
                added += int(plus)
                deleted += int(minus)
        return tuple(paths), added, deleted

    def _contact(self, name: bytes, email: bytes) -> Contact:
        contact = self._contacts.get((name, email))
        if contact is None:
            contact = self._mailmap.contact(name.decode(errors="replace"), email.decode(errors="replace"))
            self._contacts[name, email] = contact
        return contact

    def _others(self, written: tuple[tuple[bytes, bytes], ...], author: Contact) -> tuple[Contact, ...]:
        mapped = dict.fromkeys(self._contact(*one) for one in written)
        return tuple(contact for contact in mapped if contact.email.lower() != author.email.lower())

    def _day(self, written: bytes, otherwise: date) -> date:
        day = self._days.get(written)
        if day is None:
            try:
                day = date.fromisoformat(written.decode())
            except ValueError:
                return otherwise
            self._days[written] = day
        return day

    def _path(self, path: bytes) -> str:
        return self._paths.setdefault(path, path.decode(errors="replace"))
