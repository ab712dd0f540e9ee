"""What somebody would become by their own word about another's place: nobody gains rights that way (M4)."""

from __future__ import annotations

from collections.abc import Mapping

from datumline.domain.people.access import Duty
from datumline.domain.people.access_words import Relation
from datumline.domain.people.fold import OrgChart, Place
from datumline.domain.people.person import PersonId
from datumline.domain.people.relations import duties_of

REACH = 2  # how many steps up a line still gives rights: the manager, and the manager's manager


def gained(
    me: PersonId, chart: OrgChart, person: PersonId, there: Place, said: Mapping[str, object]
) -> Relation | None:
    """What `me` would newly be to `person`; None when nothing.

    `there` is where the person stands on the day, `said` what is said otherwise: fields of a place.
    """
    manager = said.get("manager")
    if manager == me and there.manager != me:
        return Relation.MANAGER
    above = there.manager and (there.manager, *chart.chain_of(there.manager))[:REACH]
    if isinstance(manager, str) and chart.manager_of(manager) == me and me not in (above or ()):
        return Relation.SKIP_LEVEL
    unit, serves = said.get("unit"), Duty.HR_PARTNER in duties_of(me, chart)
    if serves and unit and unit == chart.place_of(me).unit and there.unit != unit and person in chart.people:
        return Relation.HR_PARTNER
    return None
