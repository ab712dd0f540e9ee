"""The stretch-project check: real budget, a sponsor with power over it, a user outside (spec 30).

Readings 39 to 41: Director and above; a statement of the half that the day asked about lies in; a budget is
met when it is not empty. Any one missing is a career trap, also beside an unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from datumline.domain.period import A_DAY, AsOf, half_of
from datumline.domain.policy.decision_table import Decision
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.json_patch import add, put
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.question import Question
from datumline.domain.policy.would_change import Step, Steps
from datumline.domain.stretch.sponsor_titles import can_sponsor
from datumline.domain.stretch.stretch_record import Sponsor, StretchRecord, read_stretch
from datumline.domain.verdict import (
    Answer,
    Condition,
    Figure,
    Json,
    Pointer,
    Verdict,
    all_of,
    answer,
    any_of,
    opposite,
)

TABLE = "stretch"
SPONSORS, UNCLEAR = "stretch.sponsor_titles", "stretch.unclear_titles"
BUDGET, NAMED, TITLE, STATED, TOP, OUTSIDE = (
    "real-budget",
    "sponsor-named",
    "sponsor-title",
    "sponsor-statement",
    "top-priority",
    "outside-user",
)
OF_SPONSOR = {NAMED: "name", TITLE: "title", STATED: "statement_on", TOP: "top3"}


def stretch(facts: Mapping[str, Any], policy: Policy, *, changes: bool = True) -> Verdict:
    """Whether a stretch project is sound. Raises Problem with the JSON path of a fault."""
    return Question(room=StretchRoom(), policy=policy).verdict(facts, changes=changes)


class StretchRoom:
    """How the facts are read, answered and moved."""

    table = TABLE
    parameters = (SPONSORS, UNCLEAR)

    def read(self, facts: Mapping[str, Any]) -> StretchRecord:
        """Budget, sponsor and users."""
        return read_stretch(facts)

    def at(self, record: StretchRecord) -> AsOf:
        """Both clocks."""
        return record.at

    def on(self, record: StretchRecord, day: date) -> StretchRecord:
        """The same on a later day."""
        return replace(record, at=replace(record.at, as_of=day))

    def conditions(self, record: StretchRecord, policy: Policy) -> tuple[Condition, ...]:
        """Budget, the sponsor's four, and the user outside."""
        told = _sponsor_answers(record, policy)
        sponsored = (
            Condition(id=name, answer=told[name], because=_at_sponsor(record, key))
            for name, key in OF_SPONSOR.items()
        )
        return (_budget(record), *sponsored, _outside(record))

    def moves(self, record: StretchRecord, policy: Policy, condition: str, to: Answer) -> Iterator[Steps]:
        """What to ask for, said; or what was said taken back."""
        met = to is Answer.MET
        if condition == BUDGET:
            yield (_put(record, BUDGET, "budget", "a line item" if met else None),)
        elif condition == OUTSIDE:
            yield (_user(record, met=met),)
        elif not isinstance(record.sponsor, Sponsor):
            yield (_put(record, condition, "sponsor", _whole_sponsor(record, policy) if met else None),)
        else:
            value = _whole_sponsor(record, policy)[OF_SPONSOR[condition]] if met else _denied(condition)
            yield (Step(condition=condition, operation=add(f"/sponsor/{OF_SPONSOR[condition]}", value)),)

    def days(self, record: StretchRecord, policy: Policy) -> Iterable[date]:
        """When a statement that lies ahead is made, and the first day of the next half."""
        del policy
        stated = record.sponsor.statement_on if isinstance(record.sponsor, Sponsor) else None
        known = [stated] if isinstance(stated, date) else []
        ends = [half_of(day).end for day in (record.at.as_of, *known)]
        return [*known, *(day + A_DAY for day in ends)]

    def next_step(
        self, record: StretchRecord, policy: Policy, decision: Decision, answers: Mapping[str, Answer]
    ) -> tuple[str, Mapping[str, Figure]]:
        """To assign it, to find out, or what the first condition that fails asks for."""
        del record, policy
        if decision.verdict == "sound":
            return "sound", {}
        wanted = Answer.UNKNOWN if decision.verdict == "unknown" else Answer.NOT_MET
        lacking = next(name for name, given in answers.items() if given is wanted)
        if wanted is Answer.UNKNOWN:
            return "find-out", {"missing": lacking}
        return lacking, {}

    def figures(self, record: StretchRecord, policy: Policy) -> Mapping[str, Figure]:
        """The budget's wording, which nobody but a person can judge (reading 41)."""
        del policy
        return {"budget": record.budget if isinstance(record.budget, str) else None}


def _budget(record: StretchRecord) -> Condition:
    told = record.budget
    given = answer(None if told is ABSENT else bool((told or "").strip()))
    return Condition(id=BUDGET, answer=given, because=() if told is ABSENT else ("/budget",))


def _sponsor_answers(record: StretchRecord, policy: Policy) -> Mapping[str, Answer]:
    sponsor = record.sponsor
    if not isinstance(sponsor, Sponsor):
        return dict.fromkeys(OF_SPONSOR, answer(None if sponsor is ABSENT else False))
    return {
        NAMED: answer(None if sponsor.name is ABSENT else bool((sponsor.name or "").strip())),
        TITLE: _title(sponsor, policy, record.at.as_of),
        STATED: _stated(sponsor, record.at.as_of),
        TOP: sponsor.top3,
    }


def _title(sponsor: Sponsor, policy: Policy, on: date) -> Answer:
    if sponsor.title is None or sponsor.title is ABSENT:
        return answer(None if sponsor.title is ABSENT else False)
    return can_sponsor(sponsor.title, sponsors=policy.texts(SPONSORS, on), unclear=policy.texts(UNCLEAR, on))


def _stated(sponsor: Sponsor, as_of: date) -> Answer:
    """A statement of the half that `as_of` lies in, not after it (reading 40)."""
    stated = sponsor.statement_on
    if stated is None or stated is ABSENT:
        return answer(None if stated is ABSENT else False)
    return answer(stated in half_of(as_of) and stated <= as_of)


def _outside(record: StretchRecord) -> Condition:
    """One user or team outside the own team that confirms suffices."""
    if record.users is ABSENT:
        return Condition(id=OUTSIDE, answer=Answer.UNKNOWN)
    told = [(user, all_of((opposite(user.own_team), user.confirms))) for user in record.users or ()]
    given = any_of(each for _, each in told)
    because = tuple(f"/users/{user.place}" for user, each in told if each is given)
    return Condition(id=OUTSIDE, answer=given, because=because or ("/users",))


def _whole_sponsor(record: StretchRecord, policy: Policy) -> dict[str, Json]:
    """What a sponsor is who can carry the project."""
    title = policy.texts(SPONSORS, record.at.as_of)[0]
    day = record.at.as_of.isoformat()
    return {"name": "a named sponsor", "title": title, "statement_on": day, "top3": True}


def _denied(condition: str) -> Json:
    return False if condition == TOP else None


def _user(record: StretchRecord, *, met: bool) -> Step:
    user: Json = {"team": "a team outside", "own_team": False, "confirms": True}
    if met and isinstance(record.users, tuple):
        return Step(condition=OUTSIDE, operation=add("/users/-", user))
    return _put(record, OUTSIDE, "users", [user] if met else None)


def _at_sponsor(record: StretchRecord, key: str) -> tuple[Pointer, ...]:
    if not isinstance(record.sponsor, Sponsor):
        return () if record.sponsor is ABSENT else ("/sponsor",)
    return (f"/sponsor/{key}",) if key in record.facts["sponsor"] else ()


def _put(record: StretchRecord, condition: str, key: str, value: Json) -> Step:
    return Step(condition=condition, operation=put(record.facts, key, value))
