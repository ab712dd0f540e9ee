"""Artifacts and mentions to drafts, pure.

Each author of a document gets one entry for it, and one for each (person, document) that first cites it.
A clone does not know whether the citing person's team is another one, so that is left unsaid. Nobody is
merged by a likeness, but a likeness to an author is enough to count a citation for nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from datumline.connectors.documents.record import Artifact, DatedBy, Dialect, Mention, Shelf
from datumline.connectors.git.bots import is_bot
from datumline.connectors.git.record import Contact
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Dimension, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.identity import login_of, name_key
from datumline.domain.people.person import PersonId

Resolve = Callable[[Contact], PersonId]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owned:
    artifact: Artifact
    authors: tuple[PersonId, ...]
    insiders: frozenset[PersonId]  # whose mentions are no citations: authors, and who committed it first
    alike: frozenset[str]  # what these are called, to know one of them again by another address


def drafts(
    shelf: Shelf, mentions: Iterable[Mention], *, repository: str, resolve: Resolve
) -> Iterator[Draft]:
    """The entries to append: artifacts first, then citations, each in order of day.

    Args:
        shelf: completed by history. A document without author or day gives no entry.
        mentions: of its artifacts.
        repository: the name under which people know it.
        resolve: asked for every author and every citing person that is not a program.
    """
    owned = [_owned(one, resolve) for one in shelf.artifacts]
    for one in sorted(owned, key=lambda each: each.artifact.created or date.max):
        yield from _artifact_drafts(one, repository)
    named = {one.artifact.id: one for one in owned}
    for mention in sorted(mentions, key=lambda each: (each.on, each.artifact, each.document, each.commit)):
        cited = named[mention.artifact]
        if not is_bot(mention.by) and not cited.alike & _names(mention.by):
            yield from _citation_drafts(cited, mention, resolve(mention.by), repository)


def _owned(artifact: Artifact, resolve: Resolve) -> _Owned:
    people = dict.fromkeys(resolve(contact) for contact in artifact.authors if not is_bot(contact))
    committer = artifact.first_committed_by
    first = {resolve(committer)} if committer and not is_bot(committer) else set[PersonId]()
    called = {name_key(each.name) for each in (*artifact.authors, committer) if each and each.name}
    return _Owned(
        artifact=artifact,
        authors=tuple(people),
        insiders=frozenset(people) | first,
        alike=frozenset(called),
    )


def _names(by: Contact) -> frozenset[str]:
    """What a citing person may be called as an author: their name, or a handle like login or address."""
    name, local = name_key(by.name), by.email.partition("@")[0].casefold()
    handles = {f"@{handle}" for handle in (login_of(by.email), local, name.replace(" ", "")) if handle}
    return frozenset({name} | handles) - {""}


def _artifact_drafts(owned: _Owned, repository: str) -> Iterator[Draft]:
    artifact = owned.artifact
    if artifact.created is None:
        return
    dated = "" if artifact.dated_by is DatedBy.DOCUMENT else "Dated by the commit that brought it in."
    for person in owned.authors:
        yield Draft(
            kind=Kind.ARTIFACT,
            author=f"documents:{repository}",
            occurred_on=artifact.created,
            subject=person,
            title=f"{artifact.id}: {artifact.title}"[:200],
            text=dated,
            links=(f"{repository}:{artifact.path}",),
            seen=Seen.ARTIFACT,
            dimension=Dimension.ARTIFACTS,
            source=f"documents:{repository}:{artifact.path}",
            amounts={
                "artifact": artifact.id,
                "type": "rfc" if artifact.dialect is Dialect.RFC else "design-doc",
                "status": artifact.status or None,
            },
        )


def _citation_drafts(owned: _Owned, mention: Mention, by: PersonId, repository: str) -> Iterator[Draft]:
    if by in owned.insiders:
        return
    digest = hashlib.sha256(f"{mention.artifact}\0{by}\0{mention.document}".encode()).hexdigest()
    for person in owned.authors:
        yield Draft(
            kind=Kind.CITATION,
            author=f"documents:{repository}",
            occurred_on=mention.on,
            subject=person,
            title=f"{mention.artifact} is cited in {mention.document}"[:200],
            links=(f"{repository}@{mention.commit}",),
            seen=Seen.ARTIFACT,
            dimension=Dimension.ARTIFACTS,
            source=f"documents:{repository}:citation:{digest[:40]}",
            amounts={"artifact": mention.artifact, "by": by},
        )
