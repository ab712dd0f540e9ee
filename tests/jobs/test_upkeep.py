"""What is kept ready is brought up to the ledger by jobs that the installation asks of itself."""

from __future__ import annotations

from datumline.services import checkpoints, search, upkeep
from datumline.services.access import gate
from datumline.services.jobs import NoWorker
from datumline.services.outgoing import NoMail
from datumline.services.projecting import refresh
from datumline.store import jobs
from datumline.store.jobs import State
from datumline.store.search_index import take_in
from support.installations import Installation
from support.offices import Office


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
