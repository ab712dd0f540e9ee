"""What is kept ready is brought up to the ledger by jobs that the installation asks of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from datumline.services import checkpoints, search, upkeep
from datumline.services.access import gate
from datumline.services.jobs import NoWorker
from datumline.services.outgoing import NoMail
from datumline.services.projecting import refresh
from datumline.store import jobs
from datumline.store.jobs import State
from datumline.store.search_index import take_in
from support.installations import Installation
from support.offices import PEOPLE, Office


def asked(office: Office, after: timedelta) -> int:
    """How many jobs stand once it was asked what is due, that much later."""
    later = office.context.clock() + after
    upkeep.ask_if_due(replace(office.context, clock=lambda: later), NoWorker())
    return len(jobs.of_kinds([upkeep.READY], 100))


def test_nothing_is_made_ready_again_until_something_was_written_or_a_day_has_begun(office: Office) -> None:
    work = Installation(office=office, outgoing=NoMail()).work
    assert asked(office, timedelta()) == 1
    work()
    assert [asked(office, timedelta(minutes=10 * number)) for number in range(1, 4)] == [1, 1, 1]
    office.people(
        PEOPLE + "Olaf Berg,olaf@firm.example,mona@firm.example,billing,core,L4,engineer,2026-05-01,\n"
    )
    assert asked(office, timedelta(minutes=40)) == 2
    Installation(office=office.on(date(2026, 7, 1)), outgoing=NoMail()).work()
    assert asked(office.on(date(2026, 7, 1)), timedelta(minutes=50)) == 2
    assert asked(office.on(date(2026, 7, 2)), timedelta()) == 3


def test_jobs_bring_figures_words_and_the_checkpoint_up_to_the_ledger(office: Office) -> None:
    upkeep.ask_if_due(office.context, NoWorker())
    upkeep.ask_if_due(office.context, NoWorker())
    Installation(office=office, outgoing=NoMail()).work()
    done = jobs.latest(most=10)
    assert sorted((job.kind, job.state) for job in done) == [
        ("checkpoint", State.DONE),
        ("ready", State.DONE),
    ]
    assert take_in(most=0)
    assert refresh(office.context, limit=0) == 0
    assert checkpoints.covers() is not None
    assert search.found(gate(office.context), "ines").people
