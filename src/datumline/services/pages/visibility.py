"""The visibility plan as a page: what both signed, what waits for a name, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from datumline.domain.citation import EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.plan_versions import Plans, Version, plans_of
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.domain.period import add_months, half_of
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.verdict_document import next_step
from datumline.domain.verdict import Verdict
from datumline.domain.visibility.artifacts import FIELDS, Artifact, changes, told
from datumline.domain.visibility.forecast import Choice, Forecast, Standing, State, standing_of
from datumline.services.pages.cards import ConditionLine
from datumline.services.pages.readings import note_once
from datumline.services.record import PersonRecord, read_record
from datumline.services.visibility import checks_stretch, reads_plan, signs, stretch_verdict
from datumline.services.visit import Visit

LAMPS = {State.LANDED: "met", State.ON_COURSE: "met", State.BEHIND: "not-met", State.NOT_BEGUN: "unknown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtifactCard:
    """One artifact: its fields with what they say, and its state in the last audit."""

    id: str
    name: str
    hint: str
    fields: tuple[tuple[str, str, str], ...]
    state: str = ""
    lamp: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionCard:
    """A version: who signed it and when, what it says, and what it changes in the one in force."""

    id: EntryId
    starts: date
    ends: date
    signed: tuple[tuple[str, date], ...]
    artifacts: tuple[ArtifactCard, ...]
    changes: tuple[tuple[str, str, str], ...] = ()
    in_force_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchLine:
    """A check of a stretch project: its day, its answer, its conditions."""

    id: EntryId
    project: str
    on: date
    answer: str
    sound: bool
    next_step: str
    conditions: tuple[ConditionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibilityPage:
    """The page.

    Attributes:
        signs: whether the one who asks writes and signs; `to_sign`: the pending version waits for them.
        current, pending: the version in force, and a later one that waits for a name.
        standing: month, audits and forecast of the version in force; `forecast` in words.
        owes: the month whose audit the one who asks can write now, 0 for none.
        decides: whether a choice is asked for: the forecast is not the packet, and nothing was chosen.
        choices: what can be chosen; `chosen` what was.
    """

    person: PersonId
    name: str
    mine: bool
    signs: bool
    checks: bool
    to_sign: bool
    current: VersionCard | None
    pending: VersionCard | None
    standing: Standing | None
    month: str
    forecast: str
    forecast_lamp: str
    owes: int
    decides: bool
    choices: tuple[tuple[str, str], ...]
    chosen: str
    history: tuple[VersionCard, ...]
    stretch: tuple[StretchLine, ...]
    states: tuple[tuple[str, str], ...]
    months: int
    state: str


def visibility_page(asked: Visit, person: PersonId) -> VisibilityPage | None:
    """The page; None where the one who asks may not read the plan."""
    if not reads_plan(asked, person):
        return None
    note_once(asked, person, Noun.VISIBILITY_PLAN, "visibility plan")
    record = read_record(asked, person, asked.context.at())
    policy, today, me = record.policy, record.at.as_of, asked.context.actor.author
    plans = plans_of(record.evidence)
    now = standing_of(plans, record.evidence, policy, today)
    say, pending = policy.phrases.say, plans.pending
    months = policy.whole("visibility.months", today)
    mine = person == asked.me or (asked.me is None and asked.context.actor.operator)
    return VisibilityPage(
        person=person,
        name=record.person.name,
        mine=person == asked.me,
        signs=signs(asked, person),
        checks=checks_stretch(asked, person),
        to_sign=pending is not None and signs(asked, person) and not pending.is_signed_by(me),
        current=_card(plans.current, record, now) if plans.current else None,
        pending=_card(pending, record, None, plans) if pending else None,
        standing=now,
        month=say("visibility.month", month=min(max(now.month, 1), months), months=months, ends=now.ends)
        if now
        else "",
        forecast=say(f"visibility.forecast.{now.forecast}", counted=now.counted, of=now.of) if now else "",
        forecast_lamp=_lamp(now),
        owes=_owes(now, months) if mine else 0,
        decides=bool(now and signs(asked, person) and now.choice is None and _wavers(now)),
        choices=tuple((each.value, say(f"visibility.choice.{each}")) for each in Choice),
        chosen=say(f"visibility.choice.{now.choice[0]}") if now and now.choice else "",
        history=tuple(_card(each, record, None) for each in reversed(plans.versions)),
        stretch=tuple(_stretch(asked, record)),
        states=tuple((each.value, say(f"visibility.state.{each}")) for each in State),
        months=months,
        state=plans.versions[-1].id if plans.versions else "none",
    )


def _wavers(now: Standing) -> bool:
    return now.forecast in {Forecast.AT_RISK, Forecast.NOT_READY}


def _owes(now: Standing | None, months: int) -> int:
    """The month that an audit is written of: the first one owed, else the present one of the plan."""
    if now is None or not 1 <= now.month <= months:
        return now.owed[0] if now and now.owed else 0
    return now.owed[0] if now.owed else now.month


def _lamp(now: Standing | None) -> str:
    if now is None or now.forecast in {Forecast.TOO_EARLY, Forecast.UNKNOWN}:
        return "unknown"
    return "met" if now.forecast is Forecast.PACKET else "not-met"


def _card(
    version: Version, record: PersonRecord, now: Standing | None, plans: Plans | None = None
) -> VersionCard:
    policy, names = record.policy, record.visit.names
    months = policy.whole("visibility.months", record.at.as_of)
    before = plans.current if plans else None
    return VersionCard(
        id=version.id,
        starts=version.starts,
        ends=add_months(version.starts, months),
        signed=tuple((names.get(who, who), day) for who, day in version.signed.items()),
        artifacts=tuple(_artifacts(version, policy, now, record.at.as_of)),
        changes=tuple(_changes(before, version, policy)) if before else (),
        in_force_since=version.in_force_since,
    )


def _artifacts(version: Version, policy: Policy, now: Standing | None, on: date) -> Iterator[ArtifactCard]:
    said, say = told(version), policy.phrases.say
    states = now.audits[-1].states if now and now.audits else {}
    for each in Artifact:
        state = states.get(each)
        yield ArtifactCard(
            id=each.value,
            name=say(f"visibility.artifact.{each}"),
            hint=hint_of(each, policy, on),
            fields=tuple((name, say(f"visibility.field.{name}"), said[each][name]) for name in FIELDS[each]),
            state=say(f"visibility.state.{state[0]}") if state else "",
            lamp=LAMPS[state[0]] if state else "unknown",
            said=state[1] if state else "",
        )


def hint_of(artifact: Artifact, policy: Policy, on: date) -> str:
    """What counts as such an artifact, with the policy's figures."""
    figures = {
        "ramp": policy.whole("visibility.ramp", on),
        "usual": policy.whole("visibility.usual_ramp", on),
        "months": policy.whole("design_doc.citation", on),
    }
    return policy.phrases.say(f"visibility.hint.{artifact}", **figures)


def _changes(before: Version, after: Version, policy: Policy) -> Iterator[tuple[str, str, str]]:
    """What the later version says differently: where, before, after."""
    say = policy.phrases.say
    for each in changes(before, after):
        field = say(f"visibility.field.{each.field}")
        where = f"{say(f'visibility.artifact.{each.artifact}')}: {field}" if each.artifact else field
        yield where, each.before, each.after


def _stretch(asked: Visit, record: PersonRecord) -> Iterator[StretchLine]:
    """Every check, latest first, judged as of the day that it was written on."""
    phrases = record.policy.phrases
    checks = [entry for entry in record.evidence if entry.kind is Kind.STRETCH_CHECK]
    for entry in reversed(checks):
        facts = entry.amounts["facts"]
        verdict = stretch_verdict(
            asked, {**(facts if isinstance(facts, dict) else {}), "as_of": entry.occurred_on.isoformat()}
        )
        yield StretchLine(
            id=entry.id,
            project=str(entry.amounts["project"]),
            on=entry.occurred_on,
            answer=phrases.say(f"verdict.stretch.{verdict.verdict}"),
            sound=verdict.verdict == "sound",
            next_step=next_step(verdict, phrases),
            conditions=conditions_of(verdict, record.policy),
        )


def conditions_of(verdict: Verdict, policy: Policy) -> tuple[ConditionLine, ...]:
    """The conditions of a stretch verdict, in words."""
    return tuple(
        ConditionLine(
            id=each.id, answer=each.answer, words=policy.phrases.say(f"condition.stretch.{each.id}")
        )
        for each in verdict.conditions
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanForm:
    """The form of a version: each artifact with its fields as the last version said them."""

    person: PersonId
    name: str
    artifacts: tuple[ArtifactCard, ...]
    starts: date
    earlier: bool
    state: str


def plan_form(asked: Visit, person: PersonId) -> PlanForm | None:
    """The form; None where the one who asks does not write the plan."""
    if not reads_plan(asked, person) or not signs(asked, person):
        return None
    record = read_record(asked, person, asked.context.at())
    policy, today, plans = record.policy, record.at.as_of, plans_of(record.evidence)
    last = plans.versions[-1] if plans.versions else None
    say = policy.phrases.say
    blank = tuple(
        ArtifactCard(
            id=each.value,
            name=say(f"visibility.artifact.{each}"),
            hint=hint_of(each, policy, today),
            fields=tuple((name, say(f"visibility.field.{name}"), "") for name in FIELDS[each]),
        )
        for each in Artifact
    )
    return PlanForm(
        person=person,
        name=record.person.name,
        artifacts=tuple(_artifacts(last, policy, None, today)) if last else blank,
        starts=last.starts if last else half_of(today).start,
        earlier=last is not None,
        state=last.id if last else "none",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchForm:
    """The check of a stretch project: what it says of the facts typed, once there are any."""

    person: PersonId
    name: str
    projects: tuple[str, ...]
    today: date
    verdict: str = ""
    sound: bool = False
    next_step: str = ""
    conditions: tuple[ConditionLine, ...] = ()


def stretch_form(asked: Visit, person: PersonId, facts: dict[str, Any] | None = None) -> StretchForm | None:
    """The form; None where the one who asks checks no project for them. Raises Problem for bad facts."""
    if not reads_plan(asked, person) or not checks_stretch(asked, person):
        return None
    record = read_record(asked, person, asked.context.at())
    checks = [entry for entry in record.evidence if entry.kind is Kind.STRETCH_CHECK]
    form = StretchForm(
        person=person,
        name=record.person.name,
        projects=tuple(dict.fromkeys(str(each.amounts["project"]) for each in checks)),
        today=record.at.as_of,
    )
    if facts is None:
        return form
    verdict = stretch_verdict(asked, facts)
    return StretchForm(
        person=form.person,
        name=form.name,
        projects=form.projects,
        today=form.today,
        verdict=record.policy.phrases.say(f"verdict.stretch.{verdict.verdict}"),
        sound=verdict.verdict == "sound",
        next_step=next_step(verdict, record.policy.phrases),
        conditions=conditions_of(verdict, record.policy),
    )
