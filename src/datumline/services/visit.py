"""One request for a page: who asks, with which rights, in which organisation. Read once, in one query."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from datumline.domain.people.access import Duty
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.fold import OrgChart
from datumline.domain.people.person import PersonId
from datumline.domain.people.relations import actor_for
from datumline.services.access import Gate, gate
from datumline.services.context import Context
from datumline.services.ready import Ready
from datumline.store.version import ledger_version


@dataclass(frozen=True)
class Visit:
    """A request's gate, and the organisation as it is known today."""

    gate: Gate

    @property
    def context(self) -> Context:
        """Whose request it is."""
        return self.gate.context

    @property
    def chart(self) -> OrgChart:
        """Who is who today."""
        return self.gate.chart

    @property
    def me(self) -> PersonId | None:
        """The one who asks, when they are on file."""
        return self.context.actor.person

    def name_of(self, person: PersonId | None) -> str:
        """What somebody is called; empty for nobody on file."""
        found = self.chart.people.get(person) if person else None
        return found.name if found else ""

    @cached_property
    def names(self) -> dict[PersonId, str]:
        """What everybody is called, by id."""
        return {each.id: each.name for each in self.chart.people.values()}

    def sees(self, person: PersonId, noun: Noun = Noun.VERDICT) -> bool:
        """Whether the one who asks may read this of that person. Somebody who is not on file is not seen."""
        return person in self.chart.people and self.gate.allows(Verb.READ, noun, person)

    @cached_property
    def called(self) -> int:
        """One number for what everybody is called: pages that say names depend on it."""
        return hash(tuple(sorted(self.names.items())))

    @cached_property
    def people(self) -> tuple[PersonId, ...]:
        """Everybody whose record the one who asks may open, active and confirmed, by name."""
        seen = (each for each in self.chart.people.values() if self.sees(each.id, Noun.ENTRY))
        here = [each for each in seen if self.chart.is_active(each.id)]
        return tuple(each.id for each in sorted(here, key=lambda each: (each.name.casefold(), each.id)))


_READY: Ready[Visit] = Ready(most=500)


def visit(context: Context) -> Visit:
    """A visit by the context's actor, with the duties of the day. Somebody not on file is nobody.

    Kept ready until anything is written: who may see what is a fold over the whole organisation.
    """
    key = (context.home, ledger_version(), context.actor.person, context.actor.operator, context.today)
    found = _READY.get(key)
    if found is None:
        found = _visit(context)
        _READY.put(key, found)
    return found


def _visit(context: Context) -> Visit:
    door, person = gate(context), context.actor.person
    if person is None or context.actor.operator:
        return Visit(gate=door)
    actor = actor_for(person, door.records, context.today)
    return Visit(gate=replace(door, context=replace(context, actor=actor)))


def role_of(visit: Visit, person: PersonId) -> str:
    """What somebody is in the organisation, in a few words."""
    duties = actor_for(person, visit.gate.records, visit.context.today).duties
    if Duty.HR_PARTNER in duties:
        return "HR partner"
    if Duty.ADMIN in duties:
        return "Administrator"
    reports = visit.chart.reports_of(person)
    if not reports:
        return "Engineer"
    leads = any(visit.chart.reports_of(each) for each in reports)
    return "Director" if leads else "Engineering manager"
