"""A burst: several negative entries written in days about events weeks old, as in a case built late."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta

from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.plan_record import PlanRecord
from datumline.domain.policy.pack import Policy
from datumline.domain.verdict import Answer

NEGATIVE = (Kind.OCCURRENCE, Kind.PEER_REPORT, Kind.WRITTEN_NOTE, Kind.SBI)


def burst(record: PlanRecord, policy: Policy) -> int:
    """The most such entries within the policy's days; 0 when fewer than make a burst (`evidence.burst`)."""
    on = record.at.as_of
    least, within = policy.whole("evidence.burst", on), policy.days("evidence.burst_within", on)
    age = policy.days("evidence.burst_age", on)
    written: list[date] = []
    for entry in record.of(*NEGATIVE):
        occurred, recorded = entry.occurred, entry.recorded
        if not isinstance(occurred, date) or not isinstance(recorded, datetime):
            continue
        late = (recorded.date() - occurred).days > age
        if late and entry.exists(record.at) is Answer.MET:
            written.append(recorded.date())
    written.sort()
    together = (
        bisect_right(written, first + timedelta(days=within)) - place for place, first in enumerate(written)
    )
    most = max(together, default=0)
    return most if most >= least else 0
