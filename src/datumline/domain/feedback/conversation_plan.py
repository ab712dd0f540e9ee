"""The plan of a first hard conversation, in the order that it is held in (S3).

Observation first, then what is expected, the support, the window with its checkpoints, and after that framing
the engineer's view, with a question for what nobody sees. It says what is still missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import day_words

STEPS = ("observation", "expectations", "support", "window", "view")
EXPECTED = ("commitments", "risk", "reviews", "mistakes")  # the four that S3 asks for
SUPPORT = ("check-ins", "mentor", "pairing", "scope", "training", "milestones")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationPlan:
    """What is planned.

    Attributes:
        observation: what was seen, with days.
        expectations: what is expected, by the four things that S3 names; empty where nothing is said.
        support: which kinds of support are offered, and in which words.
        until, checkpoints: the end of the window, and the days on which it is looked at.
        view: the question that invites the engineer's view, `causes` the one that tests for hidden causes.
    """

    observation: str = ""
    expectations: Mapping[str, str]
    support: tuple[str, ...] = ()
    support_words: str = ""
    until: date | None = None
    checkpoints: tuple[date, ...] = ()
    view: str = ""
    causes: str = ""


def missing(plan: ConversationPlan, policy: Policy, on: date) -> tuple[str, ...]:
    """What the plan still lacks, by the ids of the pack's phrases `conversation.missing.ID`, in order."""
    weeks = (plan.until - on).days / 7 if plan.until else 0
    lacking = {
        "observation": not plan.observation.strip(),
        "expectations": not any(said.strip() for said in plan.expectations.values()),
        "support": not plan.support and not plan.support_words.strip(),
        "window": plan.until is None,
        "window-short": plan.until is not None and weeks < policy.whole("conversation.window_least", on),
        "checkpoints": not plan.checkpoints,
        "checkpoint-late": any(plan.until is not None and each > plan.until for each in plan.checkpoints),
        "view": not plan.view.strip(),
        "causes": not plan.causes.strip(),
    }
    return tuple(name for name, lacks in lacking.items() if lacks)


def written(plan: ConversationPlan, policy: Policy) -> str:
    """The plan as the text of an entry, step by step, leaving out what was not said."""
    say = policy.phrases.say
    expected = "\n".join(
        f"- {say(f'conversation.expected.{name}')}: {said}"
        for name, said in plan.expectations.items()
        if said.strip()
    )
    offered = [say(f"conversation.support.{each}") for each in plan.support]
    days = ", ".join(day_words(each) for each in plan.checkpoints)
    until = say("conversation.until", until=plan.until) if plan.until else ""
    said = {
        "observation": plan.observation,
        "expectations": expected,
        "support": "\n".join(part for part in ("; ".join(offered), plan.support_words) if part),
        "window": " ".join(
            part for part in (until, say("conversation.checkpoints", days=days) if days else "") if part
        ),
        "view": "\n".join(part for part in (plan.view, plan.causes) if part),
    }
    return "\n\n".join(
        f"{say(f'conversation.step.{step}')}\n{said[step]}" for step in STEPS if said[step].strip()
    )
