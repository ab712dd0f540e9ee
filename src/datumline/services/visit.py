"""One request for a page: who asks, with which rights, in which organisation. Read once, in one query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from datumline.domain.people.access import Duty
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.fold import OrgChart
from datumline.domain.people.person import PersonId
from datumline.domain.people.relations import actor_for
from datumline.services.access import Gate, gate
from datumline.services.context import Context


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
        return self.names.get(person, "") if person else ""

    @property
    def names(self) -> Mapping[PersonId, str]:
        """What everybody is called, by id."""
        return self.chart.names

    def sees(self, person: PersonId, noun: Noun = Noun.VERDICT) -> bool:
        """Whether the one who asks may read this of that person. Somebody who is not on file is not seen."""
        return person in self.chart.people and self.gate.allows(Verb.READ, noun, person)

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everybody active whose record the one who asks may open, by name."""
        return self.gate.rights.opens


def visit(context: Context) -> Visit:
    """A visit by the context's actor, with the duties of the day. Somebody not on file is nobody.

    One query; who is who and who may see what are folded again only when something was written about people.
    """
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
    if Duty.AUDITOR in duties:
        return "Auditor"
    reports = visit.chart.reports_of(person)
    if not reports:
        return "Engineer"
    leads = any(visit.chart.reports_of(each) for each in reports)
    return "Director" if leads else "Engineering manager"
