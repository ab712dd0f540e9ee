"""A small real mail server for tests: takes letters on a port of this machine, or refuses them as told."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from datumline.mail.smtp import Smtp, smtp

SENDER = "datumline@firm.example"


@dataclass(slots=True)
class Mailbox:
    """What arrived, and what the server answers to an address (250 takes it)."""

    letters: list[EmailMessage] = field(default_factory=list)
    answers: Callable[[str], str] = lambda _: "250 taken"
    port: int = 0

    @property
    def outgoing(self) -> Smtp:
        """The product's own way to this server."""
        return smtp(self.url, SENDER)

    @property
    def url(self) -> str:
        """Its address."""
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to one address."""
        return [letter for letter in self.letters if letter["To"] == address]


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A server for as long as the block lasts."""
    box = Mailbox()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 mailbox\r\n")
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if verb == "DATA":
                    self._take()
                else:
                    said = box.answers(line[8:].strip("<>")) if verb == "RCPT" else "250 fine"
                    self.wfile.write(f"{'221 bye' if verb == 'QUIT' else said}\r\n".encode())
                if verb == "QUIT":
                    return

        def _take(self) -> None:
            self.wfile.write(b"354 go on\r\n")
            lines: list[bytes] = []
            while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                lines.append(line[1:] if line.startswith(b"..") else line)
            letter = message_from_bytes(b"".join(lines), policy=policy.default)
            box.letters.append(letter)
            self.wfile.write(b"250 taken\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        box.port = int(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
