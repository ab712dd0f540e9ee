"""Mail as services ask for it: a port, which the roof joins to a server where one is configured.

With none configured nothing is ever sent, and whoever would have sent something says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from datumline.domain.problem import Problem
from datumline.mail.letter import Attachment
from datumline.mail.smtp import SENDER, URL, UndeliveredError

__all__ = ["NO_MAIL", "Attachment", "NoMail", "Outgoing", "UndeliveredError"]

NO_MAIL = f"No mail is sent from here: no mail server is configured ({URL}, {SENDER})."


class Outgoing(Protocol):
    """Where letters go."""

    @property
    def configured(self) -> bool:
        """Whether there is a server at all."""

    def send(
        self, *, to: str, subject: str, text: str, attachments: Sequence[Attachment] = (), number: str = ""
    ) -> None:
        """Hand one letter over; when this returns the server has it.

        `number` is random or of our own making and the same whenever the same letter is sent again. Raises
        Problem for an address or text that can never be sent, UndeliveredError when later may go better.
        """


class NoMail:
    """No server is configured: asking it to send is a mistake."""

    configured = False

    def send(
        self, *, to: str, subject: str, text: str, attachments: Sequence[Attachment] = (), number: str = ""
    ) -> None:
        """Raises Problem: nothing is ever sent."""
        del to, subject, text, attachments, number
        raise Problem("no mail server is configured", where=URL, expected="its address, or no mail")
