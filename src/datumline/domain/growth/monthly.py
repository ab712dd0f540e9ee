"""Monthly updates: bullets by the engineer under four headings, and the manager's written answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.policy.pack import Policy
from datumline.domain.problem import Problem

HEADINGS = ("shipped", "blocked", "learned", "asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One month: its bullets by heading, and what the manager answered, oldest first."""

    entry: Entry
    month: date
    bullets: Mapping[str, tuple[str, ...]]
    answers: tuple[Entry, ...] = ()

    @property
    def count(self) -> int:
        """How many bullets it has."""
        return sum(map(len, self.bullets.values()))


def updates_of(standing: Iterable[Entry]) -> tuple[Update, ...]:
    """Every update that stands, latest month first; of a month written twice, both."""
    entries = list(standing)
    answers: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind is Kind.GROWTH_ANSWER:
            answers.setdefault(str(entry.amounts["update"]), []).append(entry)
    found = [
        Update(
            entry=entry,
            month=_day(entry.amounts["month"]),
            bullets={name: _texts(entry.amounts.get(name)) for name in HEADINGS},
            answers=tuple(answers.get(entry.id, ())),
        )
        for entry in entries
        if entry.kind is Kind.GROWTH_UPDATE
    ]
    return tuple(sorted(found, key=lambda each: (each.month, each.entry.recorded_at), reverse=True))


def check_bullets(bullets: Mapping[str, Sequence[str]], policy: Policy, on: date) -> None:
    """Refuse an update that has too few or too many bullets. Raises Problem."""
    count = sum(map(len, bullets.values()))
    least, most = (policy.whole(f"growth.monthly.{end}", on) for end in ("least", "most"))
    if not least <= count <= most:
        raise Problem(
            f"{count} bullets in all", where="shipped", expected=f"{least} to {most}, one on each line"
        )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
