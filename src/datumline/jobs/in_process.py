"""The worker on SQLite: one thread in one of the processes that serve the pages.

Which one, the kernel says: the lock on a file in the home is given to one and taken back with its process.
Jobs that a killed process left running are simply the next ones.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime
from pathlib import Path

from datumline.jobs.tasks import TASKS, ask_what_is_due
from datumline.services.job_running import end_of_thread, only_worker, run_one
from datumline.services.jobs import JobId
from datumline.services.opened import Opened

LOOK_SECONDS = 1.0  # for jobs that another process asked for, and for the lock
CLOCK_SECONDS = 60.0
log = logging.getLogger(__name__)


class InProcess:
    """The thread, and the queue that wakes it."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._wake = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._work, name="datumline jobs", daemon=True)

    def start(self) -> None:
        """Begin to look for jobs. The thread ends with its process, however that ends."""
        self._thread.start()

    def stop(self) -> None:
        """End after the job at hand."""
        self._ended = True
        self._wake.set()
        self._thread.join()

    def put(self, job: JobId, *, at: datetime | None = None) -> None:
        """Look now; what may be tried later only is seen when its time has come."""
        del job
        if at is None:
            self._wake.set()

    def _work(self) -> None:
        home = self._opened.home
        try:
            while not self._ended:
                self._work_if_alone(home)
                self._pause()
        finally:
            end_of_thread()

    def _work_if_alone(self, home: Path) -> None:
        with only_worker(home) as mine:
            last = -CLOCK_SECONDS
            while mine and not self._ended:
                try:
                    if time.monotonic() - last >= CLOCK_SECONDS:
                        last = time.monotonic()
                        ask_what_is_due(self._opened, self)
                    while run_one(self._opened, TASKS, self) and not self._ended:
                        pass
                except Exception:
                    log.exception("jobs could not be run; they are looked for again")
                    end_of_thread()
                self._pause()

    def _pause(self) -> None:
        self._wake.wait(LOOK_SECONDS)
        self._wake.clear()
