"""The plan of a first conversation: what is said in which order, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from datumline.domain.feedback.conversation_plan import (
    EXPECTED,
    STEPS,
    SUPPORT,
    ConversationPlan,
    missing,
    written,
)
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.domain.policy.pack import Policy
from datumline.services.feedback import may_compose
from datumline.services.policy import active_policy
from datumline.services.record import read_record
from datumline.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationPage:
    """The page.

    Attributes:
        steps: the steps in their order, with their names; `expected` and `support` what can be named.
        view, causes: the two questions as the pack proposes them.
    """

    person: PersonId
    name: str
    steps: tuple[tuple[str, str], ...]
    expected: tuple[tuple[str, str], ...]
    support: tuple[tuple[str, str], ...]
    view: str
    causes: str
    concerns: tuple[str, ...]
    today: date
    policy: Policy

    def lacks(self, plan: ConversationPlan) -> tuple[str, ...]:
        """What is still missing, in words."""
        least = self.policy.whole("conversation.window_least", self.today)
        return tuple(
            self.policy.phrases.say(f"conversation.missing.{each}", least=least)
            for each in missing(plan, self.policy, self.today)
        )

    def text(self, plan: ConversationPlan) -> str:
        """The plan as it would stand in the record."""
        return written(plan, self.policy)


def conversation_page(asked: Visit, person: PersonId) -> ConversationPage | None:
    """The page about somebody; None where the one who asks may hold no such conversation."""
    if not may_compose(asked, person):
        return None
    policy = active_policy(asked.context)
    say = policy.phrases.say
    seen = asked.sees(person, Noun.ENTRY)
    return ConversationPage(
        person=person,
        name=asked.name_of(person),
        steps=tuple((step, say(f"conversation.step.{step}")) for step in STEPS),
        expected=tuple((each, say(f"conversation.expected.{each}")) for each in EXPECTED),
        support=tuple((each, say(f"conversation.support.{each}")) for each in SUPPORT),
        view=say("conversation.view.first"),
        causes=say("conversation.causes.first"),
        concerns=read_record(asked, person, asked.context.at()).concerns if seen else (),
        today=asked.context.today,
        policy=policy,
    )
