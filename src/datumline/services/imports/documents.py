"""Import the design documents of a repository: whose they are, and who cites them.

Documents and citations are known again by what they are, so that a killed import is ended by the next one,
and only history that no import has read is searched for citations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from datumline.connectors.documents.citations import mentions
from datumline.connectors.documents.client import completed, names_at, origins, read_shelf
from datumline.connectors.documents.record import Mention, Shelf
from datumline.connectors.documents.translate import drafts
from datumline.connectors.git.client import present
from datumline.connectors.git.clone import Clone, open_clone
from datumline.connectors.git.record import Contact
from datumline.domain.people.person import PersonId
from datumline.services.access import gate
from datumline.services.context import Context
from datumline.services.imports.batches import append_all
from datumline.services.imports.report import Progress, Report, silent
from datumline.services.imports.repositories import identities_for, read_up_to, state_of, tell_of
from datumline.services.imports.rights import check_may_read_clones
from datumline.store.import_lock import one_import
from datumline.store.imports import remember

WHAT = "documents"


def import_documents(
    context: Context,
    path: Path,
    *,
    name: str | None = None,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Report:
    """Bring the design documents of a local clone in; `name` is what people call the repository.

    Raises Problem without the right to, when there is no clone, when another repository goes by that name, or
    while another import runs.
    """
    check_may_read_clones(gate(context))
    clone = open_clone(path)
    with one_import(context.home):
        return _imported(context, clone, name, dry_run=dry_run, progress=progress)


def _imported(
    context: Context, clone: Clone, name: str | None, *, dry_run: bool, progress: Progress
) -> Report:
    state = state_of(clone, name, WHAT)
    report = Report(what=WHAT, source=state.name, dry_run=dry_run)
    tell_of(clone, state, report)
    identities = identities_for(context, f"{WHAT}:{state.name}")

    def resolve(contact: Contact) -> PersonId:
        return identities.person(contact.name, contact.email)

    if clone.head is not None and clone.head not in state.heads:
        shelf = read_shelf(clone)
        found = origins(clone, shelf.artifacts)
        shelf = completed(shelf, found)
        report.counts |= {"documents": len(shelf.artifacts), "unread": len(shelf.unread)}
        report.notes += [f"{unread}: {why}" for unread, why in shelf.unread]
        report.notes += [] if shelf.artifacts else ["no PEP, KEP, RFC or ADR stands at HEAD"]
        cited = _counted(mentions(clone, shelf, found, known=_searched(clone, shelf, state.heads)), progress)
        made = drafts(shelf, cited, repository=state.name, resolve=resolve)
        append_all(context, made, identities, report)
        if not dry_run:
            remember(read_up_to(state, clone, clone.head))
    identities.tell(report)
    return report


def _searched(clone: Clone, shelf: Shelf, heads: tuple[str, ...]) -> tuple[str, ...]:
    """Up to which commits history was searched for all that is on the shelf.

    A document may be cited before it is there: for a new one the whole history is searched again.
    """
    before = {name for head in present(clone, heads) for name in names_at(clone, head)}
    return heads if {(one.dialect, one.number) for one in shelf.artifacts} <= before else ()


def _counted(mentioned: Iterable[Mention], progress: Progress) -> Iterator[Mention]:
    for done, mention in enumerate(mentioned, 1):
        yield mention
        progress(done, None)
