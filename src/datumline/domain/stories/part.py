"""The four parts of a story, and what is none of them."""

from __future__ import annotations

from enum import StrEnum


class StoryPart(StrEnum):
    """Which part of a story a sentence belongs to."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    OTHER = "other"


TOLD = (StoryPart.SITUATION, StoryPart.TASK, StoryPart.ACTION, StoryPart.RESULT)
"""The parts that a story needs, in the order in which they are usually told."""

GENERAL = "general"
ASIDE = "aside"
LABELS = (*(part.value for part in TOLD), ASIDE, GENERAL)
"""What the head tells apart: the parts, an aside to the listener, and talk about no one event."""


class Manner(StrEnum):
    """What sort of answer a text is. Source: Bangerter et al. 2014; most answers are no stories."""

    STORY = "story"
    PSEUDO_STORY = "pseudo-story"
    EXEMPLIFICATION = "exemplification"
    OPINION = "opinion"
    SELF_DESCRIPTION = "self-description"
