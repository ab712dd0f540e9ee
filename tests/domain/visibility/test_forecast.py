"""A plan is in force when both signed it; its months, its audits, and what they will give."""

from __future__ import annotations

from datetime import date

import pytest

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.plan_versions import plans_of
from datumline.domain.visibility.artifacts import Artifact, changes, lacking, read
from datumline.domain.visibility.forecast import Forecast, Standing, month_of, standing_of
from datumline.pack_files import load
from support.papers import INES, MONA, paper

POLICY, STARTS = load(), date(2026, 1, 31)
SAID = {
    "stretch": {"what": "a", "sponsor": "b", "surface": "c"},
    "cross-team": {"what": "d", "consumer": "e"},
    "mentorship": {"what": "f", "whom": "g"},
    "design-document": {"what": "h", "cited_by": "i"},
}


def version(id: str, day: date = STARTS, *, by: str = MONA, **said: object) -> Entry:  # noqa: A002 - as it is called
    return paper(Kind.VISIBILITY_PLAN, day, by=by, id=id, **({"starts": STARTS, "artifacts": SAID} | said))


def signature(plan: str, by: str, day: date = STARTS) -> Entry:
    return paper(Kind.SIGNATURE, day, by=by, plan=plan)


def audit(plan: str, month: int, *states: str) -> Entry:
    told = {each.value: {"state": state, "text": ""} for each, state in zip(Artifact, states, strict=True)}
    return paper(Kind.SELF_AUDIT, date(2026, 5, 20), by=INES, plan=plan, month=month, states=told)


def stands(on: date, *more: Entry) -> Standing:
    entries = [version("p"), signature("p", INES), *more]
    found = standing_of(plans_of(entries), entries, POLICY, on)
    assert found is not None
    return found


def test_two_names_of_two_people_put_a_version_in_force() -> None:
    alone = plans_of([version("p"), signature("p", MONA)])
    assert (alone.current, alone.pending is not None) == (None, True)
    both = plans_of([version("p"), signature("p", INES, date(2026, 2, 2))])
    assert both.current is not None
    assert both.current.in_force_since == date(2026, 2, 2)
    assert both.pending is None
    assert plans_of([version("p", by=INES), signature("p", "vera")]).current is not None


def test_a_change_leaves_the_old_version_in_force_until_both_signed_again() -> None:
    entries = [version("p"), signature("p", INES), version("q", by=INES)]
    plans = plans_of(entries)
    assert plans.current is not None
    assert plans.pending is not None
    assert (plans.current.id, plans.pending.id) == ("p", "q")
    after = plans_of([*entries, signature("q", MONA)])
    assert after.current is not None
    assert (after.current.id, after.pending) == ("q", None)


def test_the_difference_is_said_field_by_field() -> None:
    other = SAID | {"mentorship": {"what": "f", "whom": "somebody else"}}
    before, after = plans_of([version("p"), version("q", artifacts=other)]).versions
    (change,) = changes(before, after)
    assert (change.artifact, change.field, change.before, change.after) == (
        Artifact.MENTORSHIP,
        "whom",
        "g",
        "somebody else",
    )
    assert changes(before, before) == ()


def test_a_plan_that_says_nothing_of_an_artifact_lacks_it() -> None:
    assert lacking(read(SAID)) == ()
    assert lacking(read(SAID | {"stretch": {"what": " "}}))[0] == (Artifact.STRETCH, "what")
    assert len(lacking(read({"stretch": 7}))) == 9


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 1, 30), 0),
        (date(2026, 1, 31), 1),
        (date(2026, 2, 27), 1),
        (date(2026, 2, 28), 2),  # the month's last day where it is shorter
        (date(2026, 4, 30), 4),
        (date(2026, 7, 30), 6),
        (date(2026, 7, 31), 7),
    ],
)
def test_month_n_begins_n_less_one_months_after_the_start(day: date, month: int) -> None:
    assert month_of(STARTS, day, 6) == month


@pytest.mark.parametrize(
    ("states", "forecast"),
    [
        (("landed", "on-course", "landed", "on-course"), Forecast.PACKET),
        (("landed", "on-course", "landed", "behind"), Forecast.AT_RISK),
        (("landed", "on-course", "not-begun", "behind"), Forecast.NOT_READY),
        (("behind", "behind", "not-begun", "behind"), Forecast.NOT_READY),
    ],
)
def test_from_month_four_the_last_audit_says_what_it_gives(
    states: tuple[str, ...], forecast: Forecast
) -> None:
    found = audit("p", 3, *states)
    assert stands(date(2026, 4, 29), found).forecast is Forecast.TOO_EARLY
    assert stands(date(2026, 4, 30), found).forecast is forecast
    assert stands(date(2026, 4, 30)).forecast is Forecast.UNKNOWN


def test_audits_are_owed_in_months_three_and_five() -> None:
    assert stands(date(2026, 3, 30)).owed == ()
    assert stands(date(2026, 3, 31)).owed == (3,)
    done = audit("p", 3, "landed", "landed", "landed", "landed")
    assert stands(date(2026, 3, 31), done).owed == ()
    assert stands(date(2026, 6, 30), done).owed == (5,)


def test_an_audit_of_an_earlier_version_of_the_same_plan_counts() -> None:
    done = audit("p", 3, "landed", "landed", "landed", "landed")
    later = [version("q", by=INES), signature("q", MONA)]
    assert stands(date(2026, 4, 30), done, *later).forecast is Forecast.PACKET
