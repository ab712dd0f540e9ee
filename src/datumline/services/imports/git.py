"""Import a git repository: who changed what, who reviewed, what had to be taken back.

What was begun is ended first: a killed import is continued up to the very commit that it was begun for, so
that it gives the entries of an undisturbed one. Then only commits that no import has read are gone through.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from datumline.connectors.git.client import commits_named, count, mine, present, with_progress
from datumline.connectors.git.clone import Clone, open_clone
from datumline.connectors.git.record import Contact, Mode
from datumline.connectors.git.translate import Harvest, Tally
from datumline.domain.people.person import PersonId
from datumline.services.access import gate
from datumline.services.context import Context
from datumline.services.imports.batches import append_all
from datumline.services.imports.identities import Identities
from datumline.services.imports.report import Progress, Report, silent
from datumline.services.imports.repositories import identities_for, read_up_to, state_of, tell_of
from datumline.services.imports.rights import check_may_read_clones
from datumline.store.import_lock import one_import
from datumline.store.imports import Repository, commits_read, remember, remember_commits, trial

WHAT = "git"


def import_git(
    context: Context,
    path: Path,
    *,
    name: str | None = None,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Report:
    """Bring a local clone in; `name` is what people call the repository, by default as its origin does.

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
    identities = identities_for(context, f"git:{state.name}")
    tell_of(clone, state, report)
    mining = _Run(context=context, clone=clone, identities=identities, report=report, progress=progress)
    mining.all(state)
    identities.tell(report)
    return report


class _Read:
    """Commits that were read, by their full ids, as the miner asks for them."""

    def __init__(self, ids: Container[bytes]) -> None:
        self._ids = ids

    def __contains__(self, commit: object) -> bool:
        return isinstance(commit, str) and bytes.fromhex(commit) in self._ids


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One import of one clone. A dry run remembers in `seen`, not on file, which commits it went through."""

    context: Context
    clone: Clone
    identities: Identities
    report: Report
    progress: Progress
    seen: set[bytes] = field(default_factory=set)

    def all(self, state: Repository) -> None:
        """First what was begun, then what is new."""
        if state.begun is not None and present(self.clone, (state.begun,)):
            state = self.up_to(state.begun, state)
        if self.clone.head is not None and self.clone.head not in (*state.heads, state.begun):
            self.up_to(self.clone.head, state)

    def up_to(self, head: str, state: Repository) -> Repository:
        """Everything that `head` reaches and no import has read."""
        clone = replace(self.clone, head=head)
        if not self.report.dry_run:
            remember(replace(state, begun=head))
        harvest, commits = self.read(clone, state)
        targets = commits_named(clone, harvest.references, reached=_Read(frozenset(commits)))
        append_all(self.context, harvest.drafts(state.name, targets), self.identities, self.report)
        ended = read_up_to(state, clone, head)
        self.remember(ended, commits)
        self.tell(harvest.tally)
        return ended

    def remember(self, ended: Repository, commits: list[bytes]) -> None:
        """Keep how far it came, both at once; a dry run keeps it to itself."""
        if self.report.dry_run:
            self.seen.update(commits)
            return
        with trial(dry_run=False):
            remember_commits(ended.name, commits)
            remember(ended)

    def read(self, clone: Clone, state: Repository) -> tuple[Harvest, list[bytes]]:
        """Go through the commits; also the ids of all of them that are not the cut of a shallow clone."""
        known = present(clone, state.heads)
        partly = state.begun is not None or len(known) < len(state.heads)
        read = _Read({*commits_read(state.name), *self.seen}) if partly else ()
        mined = mine(clone, Mode.LINES, known=known, skip=read)
        if self.progress is not silent:
            mined = with_progress(mined, total=count(clone, known=known), report=self.progress)
        harvest = Harvest(resolve=self.resolve)
        commits: list[bytes] = []
        for commit in mined:
            harvest.add(commit)
            if not commit.edge:
                commits.append(bytes.fromhex(commit.id))
        return harvest, commits

    def resolve(self, contact: Contact) -> PersonId:
        """Whom a contact names."""
        return self.identities.person(contact.name, contact.email)

    def tell(self, tally: Tally) -> None:
        """Add what was seen and left out to the report."""
        for name, number in asdict(tally).items():
            self.report.counts[name] = self.report.counts.get(name, 0) + number
