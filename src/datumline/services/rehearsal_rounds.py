"""One's own rehearsed rounds: begin, answer, pause, end, look back, delete. Nobody else sees them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from datumline.domain.interview.probes import About, Probe
from datumline.domain.interview.report import Practice, practise_next
from datumline.domain.interview.round import (
    Clock,
    Mode,
    Remaining,
    Round,
    answer,
    ask,
    begin,
    finish,
    first_question,
    pause,
    phase_next,
    remaining,
    resume,
)
from datumline.domain.interview.transcript import Speaker, Turn
from datumline.domain.problem import Problem
from datumline.services.access import absent
from datumline.services.context import Context
from datumline.services.rehearsal import DEFAULT, Document, Rehearsal, rehearsal
from datumline.store import rounds
from datumline.store.rounds import KeptRound

MOST = 500  # rounds of one owner: a limit of the table, not of practice
LONGEST = 40_000  # characters of one answer
CERTAINTY = range(1, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A round with its blueprint, as a shell shows it.

    `before` and `after`: how sure its owner was, 1 to 5; `score`: as `rehearse score` gives it, once over.
    """

    id: str
    began_at: datetime
    round: Round
    engine: Rehearsal
    before: int | None = None
    after: int | None = None
    score: Document | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more can be said in it."""
        return self.round.finished is not None


def begin_round(
    context: Context, *, blueprint: str = DEFAULT, exam: bool = False, before: int | None = None
) -> Going:
    """A new round whose first question is asked. Raises Problem for a blueprint that there is not."""
    owner = _owner(context)
    kept = rounds.kept(owner)
    if len(kept) >= MOST:
        raise Problem(f"{MOST} rounds are kept already", expected="one fewer: delete some")
    engine = rehearsal(blueprint, None, context.today)
    earlier = sum(one.blueprint == blueprint for one in kept)
    first = next(iter(engine.blueprint.phases.values()))
    question = first_question(first.questions, earlier)
    now = context.clock()
    mode = Mode.EXAM if exam else Mode.PRACTICE
    started = begin(blueprint, clock_of(engine), question, mode=mode, now=now.timestamp())
    return _kept(
        owner,
        Going(
            id=secrets.token_urlsafe(9), began_at=now, round=started, engine=engine, before=_certainty(before)
        ),
    )


def answer_round(context: Context, name: str, text: str) -> Going:
    """The round with an answer, and with the next question unless it is over now. Raises Problem."""
    going = open_round(context, name)
    if len(text) > LONGEST:
        raise Problem(f"{len(text)} characters", where="answer", expected=f"at most {LONGEST}")
    now = context.clock().timestamp()
    said = answer(going.round, text, now)
    return _kept(_owner(context), _onward(replace(going, round=said), now))


def skip_phase(context: Context, name: str) -> Going:
    """The round at the next phase's question, or ended after the last one. Raises Problem."""
    going = open_round(context, name)
    now = context.clock().timestamp()
    following = clock_of(going.engine).after(going.round.phase)
    return _kept(_owner(context), _in_phase(going, following, now))


def pause_round(context: Context, name: str) -> Going:
    """The round with its clock stopped. Raises Problem in an exam."""
    going = open_round(context, name)
    return _kept(_owner(context), replace(going, round=pause(going.round, context.clock().timestamp())))


def resume_round(context: Context, name: str) -> Going:
    """The round with its clock going again."""
    going = open_round(context, name)
    return _kept(_owner(context), replace(going, round=resume(going.round, context.clock().timestamp())))


def end_round(context: Context, name: str, *, after: int | None = None) -> Going:
    """The round, over and scored; `after` is how its owner thinks that it went, 1 to 5."""
    going = open_round(context, name)
    ended = _ended(going, context.clock().timestamp())
    return _kept(_owner(context), replace(ended, after=_certainty(after) or going.after))


def open_round(context: Context, name: str) -> Going:
    """One's own round. Raises the Problem of what does not exist for any other."""
    found = rounds.kept_one(_owner(context), name)
    if found is None:
        raise absent("such round")
    return _going(found)


def my_rounds(context: Context) -> list[Going]:
    """One's own rounds, the latest first."""
    return [_going(one) for one in rounds.kept(_owner(context))]


def delete_round(context: Context, name: str) -> None:
    """Remove one's own round at once. Raises Problem when there is none."""
    if not rounds.discard(_owner(context), name):
        raise absent("such round")


def clock_of(engine: Rehearsal) -> Clock:
    """The clock of a blueprint, in seconds."""
    return Clock(ends=engine.ends, whole=engine.seconds)


def time_left(context: Context, going: Going) -> Remaining:
    """The seconds that are left, in all and in the phase."""
    return remaining(going.round, clock_of(going.engine), context.clock().timestamp())


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a round says beside its score: stronger moves for what it did wrong, and one thing to practise."""

    stronger: tuple[Practice, ...]
    practise: Practice | None


def report_of(going: Going) -> Report:
    """The report of a round."""
    judged = going.engine.judge(going.round.turns)
    blueprint = going.engine.blueprint
    made = (blueprint.mistakes[mark.id] for mark in judged.marks.mistakes)
    return Report(
        stronger=tuple(Practice(id=one.id, name=one.name, stronger=one.stronger) for one in made),
        practise=practise_next(blueprint, judged.marks, judged.score),
    )


def _onward(going: Going, now: float) -> Going:
    """After an answer: another probe, the next phase, or the end."""
    engine, said = going.engine, going.round
    judged = engine.judge(said.turns)
    more = engine.more_in(judged, said.turns, said.phase)
    phase = phase_next(said, clock_of(engine), now, more=more)
    if phase == said.phase:
        probe = engine.next(judged, said.turns, phase)
        return replace(going, round=ask(said, probe, phase, now))
    return _in_phase(going, phase, now)


def _in_phase(going: Going, phase: str | None, now: float) -> Going:
    if phase is None:
        return _ended(going, now)
    questions = going.engine.blueprint.phases[phase].questions
    text = first_question(questions, going.round.answers)
    return replace(
        going, round=ask(going.round, Probe(about=About.QUESTION, of=phase, text=text), phase, now)
    )


def _ended(going: Going, now: float) -> Going:
    over = finish(going.round, now)
    said = any(turn.speaker is Speaker.CANDIDATE for turn in over.turns)
    return replace(going, round=over, score=going.engine.document(over.turns) if said else None)


def _certainty(given: int | None) -> int | None:
    if given is not None and given not in CERTAINTY:
        raise Problem(f"'{given}' is no such mark", expected="1, not at all, to 5, fully")
    return given


def _owner(context: Context) -> str:
    if not context.actor.author:
        raise absent("such person")
    return context.actor.author


def _kept(owner: str, going: Going) -> Going:
    state = asdict(going.round)
    content: Mapping[str, Any] = {
        "round": state,
        "day": going.began_at.date().isoformat(),
        "before": going.before,
        "after": going.after,
        "score": going.score,
    }
    rounds.keep(
        KeptRound(
            owner=owner,
            id=going.id,
            blueprint=going.round.blueprint,
            began_at=going.began_at,
            content=content,
        )
    )
    return going


def _going(found: KeptRound) -> Going:
    state = dict(found.content["round"])
    turns = tuple(
        Turn(speaker=Speaker(turn["speaker"]), text=turn["text"], at=turn["at"])
        for turn in state.pop("turns")
    )
    this = Round(**{**state, "mode": Mode(state["mode"]), "turns": turns})
    return Going(
        id=found.id,
        began_at=found.began_at,
        round=this,
        engine=rehearsal(found.blueprint, None, found.began_at.date()),
        before=found.content["before"],
        after=found.content["after"],
        score=found.content["score"],
    )
