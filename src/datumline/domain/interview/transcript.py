"""A round as a list of turns: who spoke, when, and what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from datumline.domain.problem import Problem

MOST_TURNS = 400
MOST_SECONDS = 86_400.0


class Speaker(StrEnum):
    """The two chairs."""

    INTERVIEWER = "interviewer"
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one of the two said; `at` is when it began, in seconds from the start, None when unknown."""

    speaker: Speaker
    text: str
    at: float | None = None


def turns_from(given: Any, where: str) -> tuple[Turn, ...]:
    """The turns of a JSON list. Raises Problem that says which entry is wrong."""
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_TURNS:
        raise Problem("no list of turns", where=f"{where} /turns", expected=f"1 to {MOST_TURNS} turns")
    turns = tuple(_turn(one, f"{where} /turns/{place}") for place, one in enumerate(given))
    _check_times(turns, where)
    if not any(turn.speaker is Speaker.CANDIDATE and turn.text.strip() for turn in turns):
        raise Problem("nothing said by the candidate", where=where, expected="an answer to score")
    return turns


def _turn(given: Any, where: str) -> Turn:
    if not isinstance(given, Mapping):
        raise Problem("no object", where=where, expected='{"speaker", "text"}, "at" in seconds if known')
    speaker, text = given.get("speaker"), given.get("text")
    if speaker not in list(Speaker):
        raise Problem(f"'speaker' is {speaker!r}", where=where, expected="'interviewer' or 'candidate'")
    if not isinstance(text, str):
        raise Problem("no 'text'", where=where, expected="what was said, as a text")
    return Turn(speaker=Speaker(speaker), text=text, at=_at(given.get("at"), where))


def _at(given: Any, where: str) -> float | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= MOST_SECONDS:
        raise Problem("'at' is no moment", where=where, expected="seconds from the start, 0 or more")
    return float(given)


def _check_times(turns: Sequence[Turn], where: str) -> None:
    last = 0.0
    for place, turn in enumerate(turns):
        if turn.at is not None and turn.at < last:
            raise Problem(
                f"'at' goes back from {last:g} to {turn.at:g}",
                where=f"{where} /turns/{place}",
                expected="turns in the order in which they were said",
            )
        last = turn.at if turn.at is not None else last
