"""What can still be done from today on: new entries and later days as operations, never back-dated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from datumline.domain.period import AsOf, end_of_day
from datumline.domain.policy.json_patch import add, put, replace
from datumline.domain.policy.told import instant
from datumline.domain.policy.would_change import Step, Steps
from datumline.domain.verdict import Json

NOON = time(12)
MOST_ANSWERS = 12  # beyond this many open questions, asking them all is no step


@dataclass(frozen=True, slots=True, kw_only=True)
class FromToday:
    """Facts, their clocks and the first day on which anything can still be done.

    That day is the later of `as_of` and the day of `known_at`: what was written by then is written.
    """

    facts: Mapping[str, Any]
    at: AsOf

    @property
    def today(self) -> date:
        """The first day on which something new can be written."""
        return max(self.at.as_of, self.at.known_at.date())

    @property
    def said_known_at(self) -> bool:
        """Whether the facts name what they know up to, so that a new entry has to move that too."""
        return self.facts.get("known_at") is not None

    def stamp(self, day: date) -> str:
        """A moment on `day` at which an entry could be written: not before `known_at`."""
        moment = datetime.combine(day, NOON, tzinfo=UTC)
        if self.said_known_at and day == self.at.known_at.date():
            moment = self.at.known_at
        return instant(moment)

    def entry(self, condition: str, kind: str, day: date, *, shared: bool = False, **fields: Json) -> Step:
        """A new entry of `kind` that happens, and is written, on `day`."""
        stamp = self.stamp(day)
        value: dict[str, Json] = {"kind": str(kind), "occurred_on": day.isoformat(), "recorded_at": stamp}
        if shared:
            value["shared_at"] = stamp
        return Step(condition=condition, operation=add("/entries/-", value | fields))

    def fact(self, condition: str, key: str, value: Json) -> Step:
        """One of the top-level facts, said or said anew."""
        return Step(condition=condition, operation=put(self.facts, key, value))

    def answer(self, condition: str, place: int, key: str, value: Json) -> Step:
        """What an entry leaves open, said."""
        return Step(condition=condition, operation=add(f"/entries/{place}/{key}", value))

    def share(self, condition: str, place: int, day: date, *, recorded: datetime) -> Step:
        """An entry that nobody but its writer could read, shared on `day`, never before it was written."""
        moment = max(datetime.fromisoformat(self.stamp(day)), recorded)
        return Step(condition=condition, operation=replace(f"/entries/{place}/shared_at", instant(moment)))

    def until(self, condition: str, day: date) -> Steps:
        """Time passing until `day`; what is known moves with it. Nothing when nothing has to move."""
        steps = []
        if day > self.at.as_of:
            steps.append(Step(condition=condition, operation=replace("/as_of", day.isoformat())))
        if self.said_known_at and end_of_day(day) > self.at.known_at:
            moment = end_of_day(day).replace(microsecond=0)
            steps.append(Step(condition=condition, operation=replace("/known_at", instant(moment))))
        return tuple(steps)

    def together(self, steps: Iterable[Step]) -> Steps:
        """The steps; where the facts have no list of entries, all new entries come with one new list."""
        steps = tuple(steps)
        if isinstance(self.facts.get("entries"), list):
            return steps
        new = [step for step in steps if step.operation["path"] == "/entries/-"]
        if not new:
            return steps
        values = [step.operation["value"] for step in new]
        listed = Step(condition=new[0].condition, operation=put(self.facts, "entries", values))
        return (*(step for step in steps if step not in new), listed)
