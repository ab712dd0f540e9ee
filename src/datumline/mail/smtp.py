"""A mail server, by one address: `smtps://user:password@host`, or `smtp://host` which must offer TLS too."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from datumline.domain.problem import Problem
from datumline.mail.letter import Attachment, Letter, message

URL = "DATUMLINE_SMTP_URL"
SENDER = "DATUMLINE_MAIL_FROM"
EXPECTED = "smtps://user:password@host:465 or smtp://host:587"
PORTS = {"smtps": 465, "smtp": 587}
WAIT_SECONDS = 15  # for each answer of the server
FOR_EVER = range(500, 600)  # replies that the same letter would get again (RFC 5321)


class UndeliveredError(Exception):
    """The server was not reached or did not take the letter now; later it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """One server. A letter is a connection of its own: mail is rare here, and nothing is held open."""

    host: str
    port: int
    sender: str
    tls_at_once: bool
    user: str = ""
    password: str = field(default="", repr=False)
    configured: bool = True

    def send(
        self, *, to: str, subject: str, text: str, attachments: Sequence[Attachment] = (), number: str = ""
    ) -> None:
        """Hand one letter over. Raises Problem for what no server may take, UndeliveredError for the rest."""
        letter = Letter(
            sender=self.sender, to=to, subject=subject, text=text, attachments=attachments, number=number
        )
        made = message(letter)
        try:
            with self._connected() as server:
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(made, from_addr=self.sender, to_addrs=[to])
        except smtplib.SMTPRecipientsRefused as wrong:
            code, said = next(iter(wrong.recipients.values()))
            if code in FOR_EVER:
                raise Problem(
                    f"the mail server refuses the address: {_words(said)}",
                    where="mail",
                    expected="an address that takes mail",
                ) from wrong
            raise UndeliveredError(_words(said)) from wrong
        except (smtplib.SMTPException, OSError) as wrong:
            raise UndeliveredError(_words(wrong)) from wrong

    def _connected(self) -> smtplib.SMTP:
        if self.tls_at_once:
            trusted = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=WAIT_SECONDS, context=trusted)
        server = smtplib.SMTP(self.host, self.port, timeout=WAIT_SECONDS)
        if not _is_this_machine(self.host):
            try:
                server.starttls(context=ssl.create_default_context())
            except (smtplib.SMTPException, OSError):
                server.close()
                raise
        return server


def smtp(url: str, sender: str) -> Smtp:
    """The server of an address. Raises Problem."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise Problem("not a mail server's address", where=URL, expected=EXPECTED) from wrong
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise Problem("not a mail server's address", where=URL, expected=EXPECTED)
    if not sender:
        raise Problem("no sender is named", where=SENDER, expected="the address that mail comes from")
    made = Smtp(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        sender=sender,
        tls_at_once=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
    message(Letter(sender=sender, to=sender, subject="", text=""))
    return made


def _is_this_machine(host: str) -> bool:
    """A relay on the same machine is reached without leaving it, and rarely has a certificate."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _words(said: object) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return " ".join(text.split())[:200] or type(said).__name__
