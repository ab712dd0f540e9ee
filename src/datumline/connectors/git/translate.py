"""Commits to drafts, pure: change and review batches per person and day, a defect per reverted change.

Batches keep the ledger small and any window exact to the day. Their external ids are made of the commits in
them, so that the same commits give the same entries and only new commits give new ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from datumline.connectors.git.bots import is_bot
from datumline.connectors.git.record import Commit, Contact
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId
from datumline.domain.verdict import Json

_MERGE = 2  # parents from which on a commit is a merge
Resolve = Callable[[Contact], PersonId]


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was seen and what was left out, in commits except where said.

    Attributes:
        commits: all that were read.
        merges: not counted as their author's change; their reviewers are.
        bots: written by a program.
        edges: at which a shallow clone was cut off; they say nothing about their author.
        incomplete: counted as changes, but their lines or paths are absent from the clone.
        reverts_unknown: references to a commit that this clone does not hold.
        reverts_passed_over: references to a merge, a revert or a program's commit, which are nobody's defect.
    """

    commits: int = 0
    merges: int = 0
    bots: int = 0
    edges: int = 0
    incomplete: int = 0
    reverts_unknown: int = 0
    reverts_passed_over: int = 0


@dataclass(slots=True, kw_only=True)
class _Batch:
    day: date
    person: PersonId
    commits: list[bytes] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)
    added: int = 0
    deleted: int = 0
    counted: int = 0  # commits whose lines are known
    shared: int = 0  # commits written with somebody else
    assistants: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Reference:
    day: date
    commit: str  # orders those of one day: processes hand commits over in any order
    undoes: bool


@dataclass(slots=True, kw_only=True)
class Harvest:
    """Commits, folded. Feed every commit of a run to `add`, then ask `drafts`.

    `resolve` is asked once for each contact that is not a bot.
    """

    resolve: Resolve
    tally: Tally = field(default_factory=Tally)
    _people: dict[Contact, PersonId | None] = field(default_factory=dict)
    _changes: dict[tuple[date, PersonId], _Batch] = field(default_factory=dict)
    _reviews: dict[tuple[date, PersonId], _Batch] = field(default_factory=dict)
    _references: dict[str, _Reference] = field(default_factory=dict)

    @property
    def references(self) -> tuple[str, ...]:
        """Ids, whole or abbreviated, that commits say they revert or fix: for `drafts` to have looked up."""
        return tuple(self._references)

    def add(self, commit: Commit) -> None:
        """Count one commit."""
        self.tally.commits += 1
        if commit.edge:
            self.tally.edges += 1
            return
        self.tally.incomplete += not commit.complete
        authors = {} if commit.parents >= _MERGE else self._credit(commit)
        if commit.reviewers:
            self._review(commit, authors)
        for reference in commit.reverts:
            found = _Reference(day=commit.authored, commit=commit.id, undoes=commit.undoes)
            known = self._references.get(reference)
            if known is None or found < known:
                self._references[reference] = found
        self.tally.merges += commit.parents >= _MERGE

    def _credit(self, commit: Commit) -> dict[PersonId, None]:
        self.tally.bots += self._person(commit.author) is None
        authors = self._authors(commit)
        for person in authors:
            batch = _batch(self._changes, commit.authored, person)
            batch.commits.append(bytes.fromhex(commit.id))
            batch.paths.update(commit.paths)
            batch.shared += len(authors) > 1
            if commit.assistants:
                batch.assistants.update(commit.assistants)
            if commit.added is not None and commit.deleted is not None:
                batch.counted += 1
                batch.added += commit.added
                batch.deleted += commit.deleted
        return authors

    def _review(self, commit: Commit, authors: dict[PersonId, None]) -> None:
        for person in self._persons(commit.reviewers):
            if person not in authors:
                _batch(self._reviews, commit.committed, person).commits.append(bytes.fromhex(commit.id))

    def _authors(self, commit: Commit) -> dict[PersonId, None]:
        """Whoever is credited with a change answers for its defect too: a rate compares like with like."""
        return self._persons((commit.author, *commit.co_authors))

    def _persons(self, contacts: Iterable[Contact]) -> dict[PersonId, None]:
        return {person: None for one in contacts if (person := self._person(one)) is not None}

    def _person(self, contact: Contact) -> PersonId | None:
        try:
            return self._people[contact]
        except KeyError:
            person = self._people[contact] = None if is_bot(contact) else self.resolve(contact)
            return person

    def drafts(self, repository: str, targets: Mapping[str, Commit]) -> Iterator[Draft]:
        """The entries to append, each kind oldest first.

        Args:
            repository: the name under which people know it.
            targets: the commit behind each of `references` that the clone holds.
        """
        for _, batch in sorted(self._changes.items()):
            yield _change_draft(repository, batch)
        for _, batch in sorted(self._reviews.items()):
            yield _review_draft(repository, batch)
        yield from self._defects(repository, targets)

    def _defects(self, repository: str, targets: Mapping[str, Commit]) -> Iterator[Draft]:
        first: dict[str, _Reference] = {}
        for name, reference in sorted(self._references.items(), key=lambda item: (item[1], item[0])):
            target = targets.get(name)
            if target is None:
                self.tally.reverts_unknown += 1
            elif target.parents >= _MERGE or target.undoes or not (authors := self._authors(target)):
                self.tally.reverts_passed_over += 1
            elif first.setdefault(target.id, reference) is reference:
                for person in authors:
                    yield _defect_draft(repository, person, target, reference)


def _batch(batches: dict[tuple[date, PersonId], _Batch], day: date, person: PersonId) -> _Batch:
    batch = batches.get((day, person))
    if batch is None:
        batch = batches[day, person] = _Batch(day=day, person=person)
    return batch


def _change_draft(repository: str, batch: _Batch) -> Draft:
    count = len(batch.commits)
    amounts: dict[str, Json | date] = {"changes": count, "defects": 0, "files": len(batch.paths)}
    if batch.counted == count:
        amounts |= {"lines_added": batch.added, "lines_deleted": batch.deleted}
    said = []
    if batch.shared:
        said.append(f"{batch.shared} written with others.")
    if batch.assistants:
        said.append(f"Assisted by {', '.join(sorted(batch.assistants))}: recorded, not scored.")
    if 0 < batch.counted < count:
        said.append(f"The lines of {count - batch.counted} are absent from the clone.")
    words = (f"{_number(count, 'change')} to {repository}", " ".join(said))
    return _draft(Kind.CHANGE_BATCH, repository, batch, words, amounts)


def _review_draft(repository: str, batch: _Batch) -> Draft:
    count = len(batch.commits)
    text = "Named as reviewer when the change was committed; git does not say how long the review took."
    words = (f"{_number(count, 'review')} in {repository}", text)
    return _draft(Kind.REVIEW_TURNAROUND, repository, batch, words, {"reviews": count})


def _defect_draft(repository: str, person: PersonId, target: Commit, by: _Reference) -> Draft:
    return Draft(
        kind=Kind.CHANGE_BATCH,
        author=f"git:{repository}",
        occurred_on=by.day,
        subject=person,
        title=f"A change to {repository} was {'reverted' if by.undoes else 'fixed'}: {target.subject}"[:200],
        links=(f"{repository}@{target.id}", f"{repository}@{by.commit}"),
        seen=Seen.ARTIFACT,
        source=f"git:defect:{target.id}",
        amounts={"changes": 0, "defects": 1, "repository": repository},
    )


def _draft(
    kind: Kind, repository: str, batch: _Batch, words: tuple[str, str], amounts: Mapping[str, Json | date]
) -> Draft:
    commits = sorted(batch.commits)
    digest = hashlib.sha256(b"".join(commits)).hexdigest()
    title, text = words
    return Draft(
        kind=kind,
        author=f"git:{repository}",
        occurred_on=batch.day,
        subject=batch.person,
        title=title,
        text=text,
        links=tuple(f"{repository}@{commit.hex()}" for commit in commits),
        seen=Seen.ARTIFACT,
        source=f"git:{kind}:{digest[:40]}",
        amounts={**amounts, "repository": repository},
    )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
