"""An administrator's Today: the installation, and no evidence about anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from datumline.domain.people.access import Duty
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.person import PersonId
from datumline.services import accounts
from datumline.services.accounts import standings
from datumline.services.context import Mode
from datumline.services.jobs import State, jobs_of
from datumline.services.policy import active_policy
from datumline.services.visit import Visit

SHOWN = 12  # people named of each list


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """People to look at, by name: the first of them, and how many there are."""

    people: tuple[tuple[PersonId, str], ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HousePage:
    """The page.

    Attributes:
        begins: nobody but the one who asks is on file yet.
        imports: whether they may import people.
        active: how many people work here today.
        provisional: those known only from a source, whom nobody has confirmed.
        unled: active people of whom nobody said who leads them, while they lead nobody.
        failed, waiting: how many of the latest jobs failed, and how many wait or run.
        accounts: how many people have one, of how many who could; None where nobody signs in.
        parameters: how many the pack has.
    """

    me: PersonId
    begins: bool
    imports: bool
    active: int
    provisional: Named
    unled: Named
    failed: int
    waiting: int
    accounts: tuple[int, int] | None
    parameters: int
    pack: str


def is_the_house(asked: Visit) -> bool:
    """Whether the first page is the installation: for an administrator who answers for nobody."""
    return Duty.ADMIN in asked.context.actor.duties and asked.people == (asked.me,)


def house_page(asked: Visit) -> HousePage:
    """The page for an administrator."""
    policy = active_policy(asked.context)
    chart, jobs = asked.chart, jobs_of(asked.context)
    return HousePage(
        me=asked.me or "",
        begins={*chart.people} == {asked.me},
        imports=asked.gate.allows(Verb.WRITE, Noun.IMPORT),
        active=sum(chart.is_active(each.id) and not each.provisional for each in chart.people.values()),
        provisional=_named(asked, _unconfirmed(asked)),
        unled=_named(asked, _unled(asked)),
        failed=sum(job.state is State.FAILED for job in jobs),
        waiting=sum(job.state in (State.WAITING, State.RUNNING) for job in jobs),
        accounts=_accounts(asked),
        parameters=len(policy.parameters),
        pack=f"{policy.ref.name} pack {policy.ref.version}",
    )


def _accounts(asked: Visit) -> tuple[int, int] | None:
    if asked.context.mode is not Mode.ORGANISATION:
        return None
    known = standings(asked)
    return sum(each.state is accounts.State.OPEN for each in known), len(known)


def _unconfirmed(asked: Visit) -> Iterator[PersonId]:
    people = asked.chart.people.values()
    return (each.id for each in people if each.provisional and each.id not in asked.chart.same_as)


def _unled(asked: Visit) -> Iterator[PersonId]:
    chart = asked.chart
    leads = {chart.manager_of(each) for each in chart.people}
    for person in chart.people.values():
        alone = chart.manager_of(person.id) is None and person.id not in leads
        if alone and chart.is_active(person.id) and not person.provisional:
            yield person.id


def _named(asked: Visit, people: Iterator[PersonId]) -> Named:
    every = sorted(((each, asked.name_of(each)) for each in people), key=lambda one: one[1].casefold())
    return Named(people=tuple(every[:SHOWN]), count=len(every))
