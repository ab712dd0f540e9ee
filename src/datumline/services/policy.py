"""Policy packs: which one is in force, what it says on a day, whether a folder holds one, and activation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import standing
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.period import at_end_of
from datumline.domain.policy.activation import Activation
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.parameter import Parameter
from datumline.domain.policy.worked import Judge, mismatches
from datumline.domain.problem import Problem
from datumline.domain.verdict import Figure, Json
from datumline.pack_files import PackFaults, as_yaml, content_of, load
from datumline.services.access import gate
from datumline.services.context import Clock, Context
from datumline.services.in_force import activates, activation_of, active_policy, policy_in_force, policy_of
from datumline.services.ledger import LEDGER
from datumline.store import ledger, packs

__all__ = [
    "Checked",
    "Shown",
    "activate",
    "activate_shipped",
    "activations",
    "active_policy",
    "check",
    "content_in_force",
    "plain",
    "policy_in_force",
    "policy_of",
    "shown",
]

EVER = at_end_of(date.max)


def activations() -> list[Activation]:
    """Every activation that was not retracted, in the order of writing."""
    kinds = [Kind.PACK_ACTIVATION, Kind.RETRACTION]
    found = ledger.entries(subjects=[""], audiences=[Audience.ORGANISATION], kinds=kinds)
    return [activation_of(each) for each in standing(found, EVER) if activates(each)]


def content_in_force(policy: Policy) -> str:
    """The pack's whole content as one YAML file."""
    content = packs.kept(policy.digest)
    return as_yaml(content_of(None)[1] if content is None else content)


def activate(context: Context, folder: Path | None, effective_from: date | None = None) -> Activation:
    """Put the pack in `folder` (None: the shipped one) in force from a day, by default the one it names.

    Its content is kept in the database first: its verdicts stay replayable whatever becomes of the folder.
    Raises Problem for a pack with faults, or when the actor may not.
    """
    if not gate(context).allows(Verb.WRITE, Noun.PACK, author=context.actor.author):
        raise Problem("you may not activate a pack", expected="the operator or an administrator")
    policy, content = content_of(folder)
    packs.keep(policy.digest, content)
    draft = Draft(
        kind=Kind.PACK_ACTIVATION,
        author=context.actor.author,
        occurred_on=context.today,
        audience=Audience.ORGANISATION,
        amounts=_named(policy, effective_from or policy.head.effective_from),
    )
    placed = ledger.place([draft], clock=context.clock)[0]
    return activation_of(ledger.by_id([placed.hash])[0])


def activate_shipped(*, clock: Clock) -> None:
    """Put the shipped pack in force in a home where no pack has ever been.

    From then on a later version of Datumline changes no verdict that was given under it.
    """
    activated = [Kind.PACK_ACTIVATION]
    if ledger.entries(subjects=[""], audiences=[Audience.ORGANISATION], kinds=activated):
        return
    policy, content = content_of(None)
    packs.keep(policy.digest, content)
    draft = Draft(
        kind=Kind.PACK_ACTIVATION,
        author=LEDGER,
        occurred_on=clock().date(),
        audience=Audience.ORGANISATION,
        source=f"pack:{policy.digest}",
        amounts=_named(policy, policy.head.effective_from),
    )
    ledger.place([draft], clock=clock)


def _named(policy: Policy, effective_from: date) -> dict[str, Json | date]:
    return {
        "pack": policy.ref.name,
        "version": policy.ref.version,
        "digest": policy.digest,
        "effective_from": effective_from,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of a pack found. `policy` is None when it cannot be read; `cases` counts those run."""

    policy: Policy | None
    problems: Sequence[Problem]
    cases: int = 0


def check(folder: Path, judge: Judge) -> Checked:
    """Read the pack in `folder` and run its worked cases; every fault is found, not only the first."""
    try:
        policy = load(folder)
    except PackFaults as faults:
        return Checked(policy=None, problems=faults.problems)
    return Checked(policy=policy, problems=tuple(mismatches(policy, judge)), cases=len(policy.cases))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One parameter on one day. `value` is a number, a text, or a list of either."""

    parameter: Parameter
    value: Figure | list[str] | list[int]


def shown(policy: Policy, on: date, key: str | None = None) -> tuple[Shown, ...]:
    """The parameters with their values on `on`: all, the one called `key`, or those that start with `key.`.

    Raises Problem when there is none.
    """
    wanted = [name for name in policy.parameters if key in (None, name) or name.startswith(f"{key}.")]
    if not wanted:
        near = get_close_matches(str(key), policy.parameters, n=1)
        expected = f"'{near[0]}'" if near else "a key that 'datumline policy show' lists"
        raise Problem(f"no parameter '{key}'", where="KEY", expected=expected)
    return tuple(
        Shown(parameter=policy.parameters[name], value=plain(policy.parameters[name].on(on)))
        for name in wanted
    )


def plain(value: object) -> Figure | list[str] | list[int]:
    """A parameter's value as JSON holds it: whole numbers without a point, lists as lists."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, int | str):
        return value
    number = float(str(value))
    return int(number) if number.is_integer() else number
