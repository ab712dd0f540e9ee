"""The ledger sheet of somebody: what the policy's days of incidents hold, for who may read the signal log."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from datumline.domain.bar_raiser.ledger_sheet import Sheet, ledger_sheet
from datumline.domain.bar_raiser.matters import matters_of
from datumline.domain.people.access_words import Noun
from datumline.domain.period import AsOf, last_days
from datumline.services.access import absent, note_reading
from datumline.services.context import Context
from datumline.services.people import find_person
from datumline.services.record import read_record
from datumline.services.visit import visit

DAYS = "remediation.incident_ledger"


def sheet_about(context: Context, person: str, at: AsOf) -> Sheet:
    """The sheet. Raises Problem for nobody of that name, or a record that the one who asks may not read."""
    asked = visit(context)
    record = read_record(asked, find_person(asked.context, person, Noun.ENTRY).id, at)
    if not record.whole or not asked.sees(record.person.id, Noun.SIGNAL_LOG):
        raise absent("such document")
    note_reading(asked.context, record.person.id, Noun.SIGNAL_LOG, "ledger-sheet")
    matters = matters_of(
        record.evidence,
        record.commitments,
        window=last_days(record.policy.days(DAYS, at.as_of), until=at.as_of),
        policy=record.policy,
        disputed=frozenset(record.disputes),
        zone=ZoneInfo(record.person.zone),
    )
    return ledger_sheet(f"Ledger sheet: {record.person.name}", matters, record.evidence, record.policy)
