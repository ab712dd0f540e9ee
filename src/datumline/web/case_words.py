"""What the acts of an improvement case are called on a page, and what each of them means."""

from __future__ import annotations

from typing import NamedTuple


class ActWords(NamedTuple):
    """An act's label, the button that does it, and what it means."""

    label: str
    button: str
    hint: str


ACTS = {
    "diagnose": ActWords(
        "Write a diagnosis",
        "Keep this diagnosis",
        "Look for the cause on three levels before you judge. Each version is kept, in the case.",
    ),
    "open-coaching": ActWords(
        "Open a coaching plan",
        "Open it and share it",
        "Expectations that can be measured, support with dates, weekly readings. The person reads it.",
    ),
    "read-week": ActWords(
        "Read a week", "Write the readings", "Met, missed or not applicable, for each thing that is expected."
    ),
    "close-coaching": ActWords(
        "Close the coaching plan", "Close it", "By one of its paths, with the reason. The person reads it."
    ),
    "draft-plan": ActWords(
        "Draft a formal plan",
        "Ask for approval",
        "It lies in the case, unseen by the person, until a second person has approved it and you give it.",
    ),
    "amend-plan": ActWords(
        "Amend the plan",
        "Give the amended plan",
        "An issued plan is locked. Other terms are a new version, which the person acknowledges again.",
    ),
    "ask-pause": ActWords("Ask for a pause", "Ask", "The clock stands still once a second person approved."),
    "resume-plan": ActWords("Resume the plan", "Resume it", "The clock runs again from today."),
    "ask-time": ActWords("Ask for more time", "Ask", "It holds once a second person approved."),
    "close-plan": ActWords(
        "Close the plan", "Close it", "With its outcome and the reason. It cannot be taken back."
    ),
    "offer-move": ActWords(
        "Offer a managed move",
        "Offer it",
        "Direct, kind and dated: inside with a receiving manager, or a runway with a reference.",
    ),
    "close-move": ActWords("Close the move", "Close it", "Say how it ended."),
    "tell-skip-level": ActWords(
        "Say that your manager was told",
        "Write it down",
        "In week one, as transparency and not as escalation.",
    ),
    "tell-hr": ActWords("Say that HR was told", "Write it down", "It makes the process fairer."),
    "approve": ActWords("Approve or decline", "Approve", "As a second person, on the same record."),
    "give": ActWords(
        "Give it to the person", "Give it now", "From now on the person reads it, and it holds."
    ),
}
BESIDE = {"internal": "The receiving manager", "external": "Who gives the reference"}
GRAVE = frozenset({"close-plan", "give"})
EXPECTATIONS = tuple(range(1, 6))
SUPPORTS = tuple(range(1, 4))
ENTRY_STEPS = {
    "occurrence": "Log what you see, or what an artifact shows",
    "personal-conversation": "Write down the personal conversation",
    "written-note": "Write the follow-up note",
}
