"""An improvement case: everything that runs about one concern, folded from the entries that stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.case_events import Event, events
from datumline.domain.improvement.coaching_plan import CoachingPlan, coaching_plans
from datumline.domain.improvement.formal_plan import FormalPlan, formal_plans, open_plan
from datumline.domain.improvement.transition import Transition, transitions
from datumline.domain.policy.pack import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One concern's case, as far as its reader may see.

    Attributes:
        entries: what stands about the concern, oldest first.
        diagnoses: its versions, the latest last.
        coaching: the last coaching plan about it.
        plans: its formal plans; `running` is the person's one open plan, whatever it is about.
        transition: the last managed move that was offered.
        told: when the manager's manager and HR were told, by event.
    """

    concern: str | None
    entries: tuple[Entry, ...]
    diagnoses: tuple[Entry, ...]
    coaching: CoachingPlan | None
    plans: tuple[FormalPlan, ...]
    running: FormalPlan | None
    transition: Transition | None
    told: Mapping[Event, Entry]

    @property
    def plan(self) -> FormalPlan | None:
        """The last formal plan about the concern."""
        return self.plans[-1] if self.plans else None


def case_of(
    standing: Iterable[Entry],
    acknowledged: Mapping[EntryId, tuple[Entry, ...]],
    policy: Policy,
    as_of: date,
    *,
    concern: str | None,
) -> Case:
    """The case about `concern` on a day."""
    stand = tuple(standing)
    ours = sorted(
        (entry for entry in stand if entry.concern == concern),
        key=lambda entry: (entry.occurred_on, entry.recorded_at, entry.id),
    )
    plans = formal_plans(stand, acknowledged, policy, as_of)
    coaching = [plan for plan in coaching_plans(stand, policy, as_of) if plan.concern == concern]
    moves = [move for move in transitions(stand, policy) if move.concern == concern]
    return Case(
        concern=concern,
        entries=tuple(ours),
        diagnoses=tuple(entry for entry in ours if entry.kind is Kind.DIAGNOSIS),
        coaching=coaching[-1] if coaching else None,
        plans=tuple(plan for plan in plans if plan.concern == concern),
        running=open_plan(plans),
        transition=moves[-1] if moves else None,
        told=_told(ours),
    )


def _told(ours: Iterable[Entry]) -> dict[Event, Entry]:
    """The first time that each of them was told."""
    found: dict[Event, Entry] = {}
    stand = tuple(ours)
    for event in (Event.SKIP_LEVEL_TOLD, Event.HR_TOLD):
        first = next(events(stand, event), None)
        if first:
            found[event] = first
    return found
