"""An opened home for tests of the ledger: drafts about invented people, a clock that a test can set."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from datumline.config import home as homes
from datumline.config.wiring import open_home
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Receipt
from datumline.signing.keys import SigningKey, signing_key
from datumline.store import ledger
from support.homes import Home

DAY = date(2026, 5, 4)
Clock = Callable[[], datetime]


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLedger:
    """A home with its database open in this process."""

    home: homes.Home
    signer: SigningKey
    mira: str = field(default_factory=lambda: str(uuid.uuid4()))
    jonas: str = field(default_factory=lambda: str(uuid.uuid4()))

    def note(self, text: str = "Reviewed late again.", **more: object) -> Draft:
        """A written note by Jonas about Mira, unless told otherwise."""
        said: dict[str, object] = {
            "kind": Kind.WRITTEN_NOTE,
            "author": self.jonas,
            "subject": self.mira,
            "occurred_on": DAY,
            "text": text,
        }
        return Draft(**(said | more))  # type: ignore[arg-type]  # a test names the fields it changes

    def append(self, *drafts: Draft, clock: Clock = now) -> tuple[Receipt, ...]:
        """Append and sign."""
        return ledger.append(drafts, clock=clock, signer=self.signer)

    def shared(self) -> list[Entry]:
        """Everything in Mira's shared stream."""
        return ledger.entries(subjects=[self.mira], audiences=[Audience.SHARED])


def opened(home: Home) -> OpenedLedger:
    """Open a test's home in this process."""
    said = open_home(home.folder, database_url=home.database_url)
    return OpenedLedger(home=said, signer=signing_key(said.keys, origin=said.origin))
