"""Append a long run of drafts in batches, each in its own transaction, with the people that they need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.receipt import Placed
from datumline.domain.people.person import PersonId
from datumline.services.context import Context
from datumline.services.imports.identities import Identities
from datumline.services.imports.report import Report
from datumline.store.imports import trial
from datumline.store.ledger import place

BATCH = 2_000


def append_all(context: Context, drafts: Iterable[Draft], identities: Identities, report: Report) -> None:
    """Append every draft that does not stand yet, provisional people before what is theirs.

    A run that was killed leaves whole batches; the same drafts again complete it. A dry run takes each batch
    back before it looks at the next one, so that nobody who writes meanwhile waits longer than for a batch.
    """
    listed, met = iter(drafts), _Met()
    while batch := list(islice(listed, BATCH)):
        ready = [_not_ahead(draft, context.today, report) for draft in batch]
        profiles = identities.profiles()
        placed = _place([*profiles, *ready], context, met if report.dry_run else None)[len(profiles) :]
        report.counts["people_provisional"] = report.counts.get("people_provisional", 0) + len(profiles)
        for draft, where in zip(ready, placed, strict=True):
            if where.new:
                report.show(draft, None, identities.name_of)
        report.new += sum(where.new for where in placed)
        report.known += sum(not where.new for where in placed)
        identities.count(ready)


_Met = set[tuple[PersonId | None, str]]  # whose, and the source


def _place(drafts: Sequence[Draft], context: Context, met: _Met | None) -> Sequence[Placed]:
    """Append; or only try to, when `met` holds what was tried before and is to be taken for standing."""
    if met is None:
        return place(drafts, clock=context.clock)
    with trial(dry_run=True):
        placed = place(drafts, clock=context.clock)
    again = [bool(draft.source) and (draft.subject, draft.source) in met for draft in drafts]
    met.update((draft.subject, draft.source) for draft in drafts)
    return [replace(where, new=where.new and not known) for where, known in zip(placed, again, strict=True)]


def _not_ahead(draft: Draft, today: date, report: Report) -> Draft:
    """A source's clock may be wrong: what it dates ahead is taken as of today, and counted."""
    if draft.occurred_on <= today:
        return draft
    report.counts["dated_ahead"] = report.counts.get("dated_ahead", 0) + 1
    return replace(draft, occurred_on=today)
