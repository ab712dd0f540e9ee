"""One engineer at work: their manner, the words for their work, and drafts about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random
from typing import Any

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import Window
from datumline.services.demo.calendar import QUARTERS, TODAY, dice
from datumline.services.demo.company import Company, Member, told

SYSTEMS = 5  # of each team
SETTLED_IN = 45  # days after which a newcomer makes promises


@dataclass(frozen=True)
class Worker:
    """An engineer and how they work."""

    member: Member
    company: Company

    def roll(self, matter: str) -> Random:
        """Their own random source for a matter."""
        return dice(self.member.name, matter)

    @cached_property
    def manner(self) -> dict[str, Any]:
        """Their manner; one that is `like` another takes the rest from it."""
        manners = told("manners")
        said = manners[self.member.manner]
        return {**manners[said["like"]], **said} if "like" in said else dict(said)

    def by_quarter(self, name: str, quarter: int) -> float:
        """A figure of the manner for one of the eight quarters."""
        value = self.manner[name]
        if isinstance(value, list):
            return float(value[(quarter + self.shift) % len(value)])
        return float(value)

    @cached_property
    def shift(self) -> int:
        """People of a varied manner go through its quarters at different places."""
        return self.roll("shift").randrange(len(QUARTERS)) if self.manner.get("varied") else 0

    @property
    def until(self) -> date:
        """The last day of which there is anything to tell."""
        silent: date = self.manner.get("silent_from", TODAY)
        return min(silent, self.member.last_day or TODAY)

    def span(self, quarter: Window) -> Window | None:
        """The part of a quarter in which they worked and somebody wrote about it."""
        start, end = max(quarter.start, self.member.first_day), min(quarter.end, self.until)
        return Window(start=start, end=end) if start < end else None

    @property
    def history(self) -> Window:
        """All of their time in the demo."""
        return Window(start=max(QUARTERS[0].start, self.member.first_day), end=self.until)

    def manager(self, day: date) -> Member:
        """Who led them on a day."""
        return self.company.manager(self.member, day)

    def team(self, day: date) -> dict[str, Any]:
        """What the data says of their team on a day."""
        name = self.member.place(day).team
        found: dict[str, Any] = next(each for each in self.company.teams.values() if each["name"] == name)
        return found

    @cached_property
    def works(self) -> list[tuple[str, int]]:
        """What they may promise, each piece of work once: its words, and which of the team's systems."""
        pieces = [(words, system) for words in told("work")["commitments"] for system in range(SYSTEMS)]
        self.roll("works").shuffle(pieces)
        return pieces

    def work(self, number: int, day: date) -> str:
        """Their promise of this number."""
        words, system = self.works[number % len(self.works)]
        return self.say(words, day, self.roll(f"work {number}"), system=self.team(day)["systems"][system])

    def say(self, text: str, day: date, roll: Random, **chosen: str) -> str:
        """A text with their team's systems, partners and customers, and two figures, unless `chosen`."""
        team = self.team(day)
        more, less = roll.randint(24, 95), roll.randint(3, 19)
        words = {
            "system": roll.choice(team["systems"]),
            "partner": roll.choice(team["partners"]),
            "customers": team["customers"],
            "Customers": team["customers"][0].upper() + team["customers"][1:],
            "team": team["name"],
            "n": more,
            "m": less,
        }
        return text.format(**words | chosen)

    def draft(self, kind: Kind, day: date, *, author: str | None = None, **said: Any) -> Draft:
        """A draft about them, by their manager of the day unless said."""
        return Draft(
            kind=kind,
            subject=self.member.id,
            occurred_on=day,
            author=author or self.manager(day).id,
            **said,
        )
