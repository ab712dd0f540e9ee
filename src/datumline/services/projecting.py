"""Work out ahead what pages show of people, so that they find it ready: a job calls this after writing."""

from __future__ import annotations

from collections.abc import Iterator

from datumline.domain.evidence.entry import Audience
from datumline.domain.people.access_words import Relation
from datumline.domain.people.person import PersonId
from datumline.domain.people.reach import Reach, reach_of
from datumline.services.context import Context
from datumline.services.kept import KEPT, Setting, ends_of, make, setting_now
from datumline.services.pages.briefs import BRIEF
from datumline.services.pages.picture import PICTURE
from datumline.store import ledger, projections
from datumline.store.projections import Ends, reach_name, reach_named

SHELVES = (
    BRIEF,
    PICTURE,
)  # every kind of document that pages keep: `ledger verify` works all of them out again
TOGETHER = 20  # people whose entries are read at once
MANAGERS = reach_of(frozenset({Relation.MANAGER}))


def refresh(context: Context, *, limit: int) -> int:
    """Work out at most `limit` briefs that are missing or stale, and say how many are left.

    Everybody active as their managers see them, and every other reach that somebody asked for once. What one
    person's page needs besides is worked out when it is opened.
    """
    heads, at = ledger.heads(audiences=(*KEPT, Audience.ORGANISATION)), context.at()
    setting = setting_now(heads, at)
    names = {each: person for person in setting.chart.people for each in setting.chart.known_as(person)}
    ends = ends_of(heads, names, setting.frame)
    stale = list(_stale(setting, ends))
    todo = stale[:limit]
    for reach in dict.fromkeys(reach for _, reach in todo):
        people = [person for person, wanted in todo if wanted == reach]
        for first in range(0, len(people), TOGETHER):
            make(BRIEF, dict.fromkeys(people[first : first + TOGETHER], reach), ends, setting)
    return len(stale) - len(todo)


def _stale(setting: Setting, ends: dict[PersonId, Ends]) -> Iterator[tuple[PersonId, Reach]]:
    pack, on = setting.frame.policy.digest, setting.at.as_of.isoformat()
    kept = projections.kept_heads(BRIEF.what)
    wanted = dict.fromkeys([*((each, reach_name(MANAGERS)) for each in setting.chart.places_in_order), *kept])
    for person, reach in wanted:
        row = kept.get((person, reach))
        there = person in setting.chart.places_in_order
        if there and (row is None or not row.holds(pack=pack, heads=ends[person].name, on=on)):
            yield person, reach_named(reach)
