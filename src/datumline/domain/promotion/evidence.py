"""What counts towards each bar of the rubric: the pieces of evidence, and whether they count.

A bar is met when enough pieces count, not met when too few can, and unknown when nothing at all is on file
for it: missing evidence is never a no (law 2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import last_days, quarter_of
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.rubric import Rubric
from datumline.domain.promotion.piece import Measured, Piece
from datumline.domain.promotion.readiness_record import ReadinessRecord, ReadyEntry
from datumline.domain.promotion.still_cited import citations
from datumline.domain.promotion.team_goals import goals_on_time
from datumline.domain.verdict import Answer, all_of, answer, any_of

TOP_SEVERITIES, WINDOW = "rubric.top_severities", "window.signals"
COMMAND = "command"  # what the role of whoever leads an incident is called, "commander" included
DOCUMENTS = frozenset({"design-doc", "rfc"})


Find = Callable[[ReadinessRecord, Policy, Rubric], Iterable[Piece]]


def measured(
    bar: str, parameter: str | None, record: ReadinessRecord, policy: Policy, rubric: Rubric
) -> Measured:
    """One bar of the rubric under this policy."""
    on = record.at.as_of
    if parameter is None:
        return _assessed(bar, record, rubric)
    if bar == ON_TIME:
        window = last_days(policy.days(WINDOW, on), until=on)
        return goals_on_time(record, window, policy.number(parameter, on))
    if bar == CITED:
        months = policy.whole(parameter, on)
        return replace(_counted(tuple(citations(record, months)), 1), need=months)
    need = policy.whole(parameter, on)
    return _counted(tuple(FOUND[bar](record, policy, rubric)), need)


def _counted(pieces: tuple[Piece, ...], need: int) -> Measured:
    if not pieces:
        return Measured(answer=Answer.UNKNOWN, have=0, need=need)
    sure = _most(piece for piece in pieces if piece.answer is Answer.MET)
    possible = _most(piece for piece in pieces if piece.answer is not Answer.NOT_MET)
    given = Answer.MET if sure >= need else Answer.UNKNOWN if possible >= need else Answer.NOT_MET
    told = {Answer.MET: {Answer.MET}, Answer.UNKNOWN: {Answer.MET, Answer.UNKNOWN}}.get(given, set(Answer))
    because = tuple(dict.fromkeys(piece.entry.pointer for piece in pieces if piece.answer in told))
    return Measured(answer=given, because=because, have=sure, need=need, pieces=pieces)


def _most(pieces: Iterable[Piece]) -> int:
    """The amount of the best group."""
    sums: dict[object, int] = {}
    for piece in pieces:
        sums[piece.group] = sums.get(piece.group, 0) + piece.amount
    return max(sums.values(), default=0)


def _features(record: ReadinessRecord, policy: Policy, rubric: Rubric) -> Iterable[Piece]:
    """A feature that is owned; who owns a service or a system owns its features."""
    del policy, rubric
    for entry in record.of(Kind.OWNERSHIP):
        given = all_of((entry.exists(record.at), _said(entry, "of"), _in_force(entry, record.at.as_of)))
        yield Piece(entry=entry, answer=given)


def _services(record: ReadinessRecord, policy: Policy, rubric: Rubric) -> Iterable[Piece]:
    """Services owned end to end: one for each service, as many as it spans for a system."""
    del policy, rubric
    for entry in record.of(Kind.OWNERSHIP):
        of = entry.texts.get("of")
        whole = answer(None if of is None and "of" not in entry.texts else of in ("service", "system"))
        amount = entry.count("services", 1 if of == "service" else None)
        given = all_of(
            (
                entry.exists(record.at),
                whole,
                entry.flag("end_to_end"),
                _in_force(entry, record.at.as_of),
                answer(None if amount is None else amount > 0),
            )
        )
        yield Piece(entry=entry, answer=given, amount=1 if amount is None else amount)


def _in_force(entry: ReadyEntry, on: date) -> Answer:
    """Whether the ownership holds on that day; without an end it goes on."""
    begins, ends = entry.days.get("from"), entry.days.get("to")
    return answer((begins is None or begins <= on) and (ends is None or ends >= on))


def _mentored(record: ReadinessRecord, policy: Policy, rubric: Rubric) -> Iterable[Piece]:
    """Interns and newcomers who were mentored, each once."""
    del policy, rubric
    yield from _people(record, Kind.MENTORSHIP, lambda _: None)


def _unblocked(record: ReadinessRecord, policy: Policy, rubric: Rubric) -> Iterable[Piece]:
    """Engineers who were unblocked in one calendar quarter, each once; the best quarter decides."""
    del policy, rubric
    yield from _people(
        record,
        Kind.UNBLOCKED,
        lambda entry: quarter_of(entry.occurred) if isinstance(entry.occurred, date) else None,
    )


def _people(record: ReadinessRecord, kind: Kind, group: Callable[[ReadyEntry], object]) -> Iterable[Piece]:
    seen: set[tuple[object, str]] = set()
    for entry in record.of(kind):
        own = group(entry)
        names = [name for name in entry.names("whom") if (own, name.casefold().strip()) not in seen]
        seen |= {(own, name.casefold().strip()) for name in names}
        told = answer(None if "whom" not in entry.many else bool(entry.names("whom")))
        given = all_of((entry.exists(record.at), told))
        yield Piece(entry=entry, answer=given, amount=len(names) if told is Answer.MET else 1, group=own)


def _followers(record: ReadinessRecord, policy: Policy, rubric: Rubric) -> Iterable[Piece]:
    """Who follows a direction that was set: of several directions, the one with most."""
    for entry in record.of(Kind.DIRECTION):
        count = entry.count("followers")
        told = answer(None if count is None and "followers" not in entry.many else bool(count))
        given = all_of((entry.exists(record.at), told))
        yield Piece(entry=entry, answer=given, amount=1 if count is None else count, group=entry.place)
    enough = policy.whole(rubric.bars["leverage"].get(FOLLOWED) or "", record.at.as_of)
    for piece in _commands(record, policy, rubric):
        yield Piece(entry=piece.entry, answer=piece.answer, amount=enough, group=piece.entry.place)


def _reviewed(record: ReadinessRecord, policy: Policy, rubric: Rubric) -> Iterable[Piece]:
    """Design documents that the team, or the whole organisation, has reviewed."""
    del policy, rubric
    for entry in record.of(Kind.ARTIFACT):
        reviewed = any_of((entry.flag("reviewed_by_team"), entry.flag("organisation_wide")))
        yield Piece(entry=entry, answer=all_of((entry.exists(record.at), _document(entry), reviewed)))


def _adopted(record: ReadinessRecord, policy: Policy, rubric: Rubric) -> Iterable[Piece]:
    """Design documents that the organisation has adopted, and incidents commanded where those count."""
    for entry in record.of(Kind.ARTIFACT):
        wide = entry.flag("organisation_wide")
        nowhere = "adopted_by" in entry.many and not entry.count("adopted_by")
        adopted = Answer.NOT_MET if wide is Answer.UNKNOWN and nowhere else wide
        yield Piece(entry=entry, answer=all_of((entry.exists(record.at), _document(entry), adopted)))
    yield from _commands(record, policy, rubric)


def _document(entry: ReadyEntry) -> Answer:
    return answer(entry.texts["type"] in DOCUMENTS if "type" in entry.texts else None)


def _commands(record: ReadinessRecord, policy: Policy, rubric: Rubric) -> Iterable[Piece]:
    """Incidents of the top severity that this person commanded, where the level lets them count."""
    if not rubric.command_counts:
        return
    top = {each.casefold() for each in policy.texts(TOP_SEVERITIES, record.at.as_of)}
    for entry in record.of(Kind.INCIDENT):
        severity = str(entry.figures.get("severity", "")).casefold().replace("-", "").replace(" ", "")
        if severity in top and COMMAND in (entry.texts.get("role") or "").casefold():
            yield Piece(entry=entry, answer=entry.exists(record.at))


def _metrics(record: ReadinessRecord, policy: Policy, rubric: Rubric) -> Iterable[Piece]:
    """Metrics of the organisation that moved, in the better direction where it is said which that is."""
    del policy, rubric
    for entry in record.of(Kind.METRIC_READING):
        yield Piece(
            entry=entry,
            answer=all_of((entry.exists(record.at), entry.flag("organisation"), _moved(entry.figures))),
        )


def _moved(figures: Mapping[str, object]) -> Answer:
    before, after = figures.get("before", ABSENT), figures.get("after", ABSENT)
    if before is None or after is None:
        return Answer.NOT_MET
    if not isinstance(before, int | float) or not isinstance(after, int | float):
        return Answer.UNKNOWN
    better = figures.get("better")
    if better is None:
        return answer(before != after)
    return answer(after > before if better == "higher" else after < before)


def _assessed(bar: str, record: ReadinessRecord, rubric: Rubric) -> Measured:
    """What named persons say about the bar, or about its dimension where it is the only thing to assess."""
    dimension = next(name for name, bars in rubric.bars.items() if bar in bars)
    alone = sum(parameter is None for parameter in rubric.bars[dimension].values()) == 1
    told = [each for each in record.assessments if each.condition == bar]
    if not told and alone:
        told = [each for each in record.assessments if each.dimension == dimension]
    known = [each for each in told if each.answer is not Answer.UNKNOWN]
    return Measured(
        answer=all_of(each.answer for each in known) if known else Answer.UNKNOWN,
        because=tuple(f"/assessments/{each.place}" for each in told),
    )


def _said(entry: ReadyEntry, key: str) -> Answer:
    return answer(bool(entry.texts[key]) if key in entry.texts else None)


FEATURE, SERVICES = "feature-owned", "services-owned"
ON_TIME, METRICS = "team-goals-on-time", "metrics-moved"
MENTORED, UNBLOCKED, FOLLOWED = "newcomers-mentored", "engineers-unblocked", "direction-followed"
REVIEWED, ADOPTED, CITED = "documents-reviewed", "documents-adopted", "still-cited"
FOUND: Mapping[str, Find] = {
    FEATURE: _features,
    SERVICES: _services,
    METRICS: _metrics,
    MENTORED: _mentored,
    UNBLOCKED: _unblocked,
    FOLLOWED: _followers,
    REVIEWED: _reviewed,
    ADOPTED: _adopted,
}
