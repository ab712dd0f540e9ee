"""The four non-negotiables, reading by reading (spec 60; spec 10; spec 96, readings 36 to 38)."""

from __future__ import annotations

from typing import Any

import pytest

from datumline.domain.bar_raiser.non_negotiables import non_negotiables
from datumline.domain.problem import Problem
from datumline.domain.verdict import Answer, Verdict
from datumline.pack_files import load

Facts = dict[str, Any]
AS_OF = "2026-06-30"


def entry(kind: str, on: str = "2025-12-01", **fields: Any) -> Facts:
    return {"kind": kind, "occurred_on": on, "recorded_at": f"{on}T10:00:00Z", **fields}


def promise(due: str, delivered: str | None, *moves: tuple[str, str, str]) -> Facts:
    told = [{"from": start, "to": to, "on": on} for start, to, on in moves]
    return entry("commitment", due=due, delivered=delivered, rescheduled=told)


KEPT = promise("2026-05-01", "2026-05-01")
MISSED = promise("2026-05-01", "2026-05-02")
OTHERS = [
    entry("cross-team-project", owned=True),
    entry("cross-team-project", owned=True),
    entry("customer-impact", measured=True),
    entry("trade-off", with_data=True),
]


def judge(entries: list[Facts], **facts: Any) -> Verdict:
    return non_negotiables({"as_of": AS_OF, "known_at": None, "entries": entries, **facts}, load())


def lamp(entries: list[Facts], name: str = "on-time") -> Answer:
    return next(each.answer for each in judge(entries).conditions if each.id == name)


def counted(entries: list[Facts]) -> tuple[object, object]:
    figures = judge(entries).conditions[0].figures
    return figures["on_time"], figures["of"]


def test_all_four_on_file_meets() -> None:
    assert judge([KEPT, *OTHERS]).verdict == "meets"


def test_nothing_on_file_is_unknown() -> None:
    found = judge([])
    assert found.verdict == "unknown"
    assert {each.answer for each in found.conditions} == {Answer.UNKNOWN}
    assert non_negotiables({"as_of": AS_OF}, load()).verdict == "unknown"


def test_exactly_85_percent_is_not_above_it() -> None:
    assert lamp([KEPT] * 17 + [MISSED] * 3) is Answer.NOT_MET
    assert lamp([KEPT] * 18 + [MISSED] * 3) is Answer.MET


@pytest.mark.parametrize(
    ("due", "count"),
    [("2026-01-01", (0, 0)), ("2026-01-02", (1, 1)), ("2026-06-30", (1, 1)), ("2026-07-01", (0, 0))],
)
def test_the_window_is_180_days_by_due_date(due: str, count: tuple[int, int]) -> None:
    assert counted([promise(due, "2025-12-20")]) == count


@pytest.mark.parametrize(
    ("commitment", "count"),
    [
        (promise("2026-06-30", None), (0, 0)),
        (promise("2026-06-29", None), (0, 1)),
        (promise("2026-06-20", "2026-07-01"), (0, 1)),
        (promise("2026-06-20", "2026-06-10"), (1, 1)),
        (promise("2026-05-01", "2026-05-20", ("2026-05-01", "2026-05-20", "2026-04-20")), (1, 1)),
        (promise("2026-05-01", "2026-05-20", ("2026-05-01", "2026-05-20", "2026-05-01")), (1, 1)),
        (promise("2026-05-01", "2026-05-20", ("2026-05-01", "2026-05-20", "2026-05-02")), (0, 1)),
        (promise("2026-06-01", None, ("2026-06-01", "2026-08-01", "2026-05-20")), (0, 0)),
        (promise("2026-06-01", None, ("2026-06-01", "2026-08-01", "2026-07-02")), (0, 1)),
        (
            promise(
                "2026-05-01",
                "2026-06-01",
                ("2026-05-01", "2026-05-10", "2026-04-01"),
                ("2026-05-10", "2026-06-01", "2026-05-11"),
            ),
            (0, 1),
        ),
        (promise("2026-05-20", "2026-05-20", ("2026-05-01", "2026-05-20", "2026-04-20")), (1, 1)),
    ],
)
def test_how_a_commitment_counts(commitment: Facts, count: tuple[int, int]) -> None:
    assert counted([commitment]) == count


def test_something_on_file_that_falls_short_is_not_met() -> None:
    assert lamp([entry("cross-team-project", owned=True)], "cross-team-projects") is Answer.NOT_MET
    assert lamp([entry("customer-impact", measured=False)], "customer-impact") is Answer.NOT_MET
    assert lamp([entry("trade-off", with_data=None)], "trade-offs-with-data") is Answer.NOT_MET


def test_reading_38_a_claim_of_any_date_counts() -> None:
    assert lamp([entry("customer-impact", "2019-01-01", measured=True)], "customer-impact") is Answer.MET


def test_an_absent_key_is_unknown() -> None:
    assert lamp([entry("customer-impact")], "customer-impact") is Answer.UNKNOWN
    assert (
        lamp(
            [entry("cross-team-project", owned=True)] * 2 + [entry("cross-team-project")],
            "cross-team-projects",
        )
        is Answer.MET
    )
    silent = {key: value for key, value in KEPT.items() if key != "delivered"}
    assert lamp([silent]) is Answer.UNKNOWN
    assert lamp([KEPT] * 6 + [silent]) is Answer.MET
    assert lamp([MISSED] * 6 + [silent]) is Answer.NOT_MET


def test_one_known_no_decides_beside_an_unknown() -> None:
    assert judge([MISSED]).verdict == "does-not-meet"
    assert judge([KEPT]).verdict == "unknown"


def test_what_is_written_later_does_not_exist() -> None:
    late = {**MISSED, "recorded_at": "2026-07-01T00:00:00Z"}
    assert judge([KEPT, *OTHERS, late]).conditions == judge([KEPT, *OTHERS]).conditions
    assert judge([KEPT, *OTHERS, late], known_at="2026-07-01T00:00:00Z").verdict == "does-not-meet"


def test_it_holds_until_the_last_commitment_leaves_the_window() -> None:
    assert str(judge([KEPT, *OTHERS]).holds_until) == "2026-10-28"


def test_a_rate_carries_its_count_and_interval() -> None:
    figures = judge([KEPT] * 3 + [MISSED] * 2).conditions[0].figures
    assert (figures["rate"], figures["low"], figures["high"]) == (60.0, 23.1, 88.2)
    assert "2026-Q2 3 of 5" in str(figures["quarters"])


@pytest.mark.parametrize(
    ("bad", "where"),
    [
        ({"kind": "promise"}, "/entries/0/kind"),
        ({"kind": "cross-team-project", "owned": 1}, "/entries/0/owned"),
        ({"kind": "commitment", "due": "soon"}, "/entries/0/due"),
        ({"kind": "commitment", "rescheduled": {}}, "/entries/0/rescheduled"),
        ({"kind": "commitment", "rescheduled": [{"from": None}]}, "/entries/0/rescheduled/0/from"),
    ],
)
def test_a_fault_is_named_with_its_path(bad: Facts, where: str) -> None:
    with pytest.raises(Problem) as problem:
        judge([bad])
    assert problem.value.where == where
