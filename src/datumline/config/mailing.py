"""Where mail goes: a server by configuration, or nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from datumline.domain.problem import Problem
from datumline.mail.smtp import SENDER, URL, smtp
from datumline.services.outgoing import NoMail, Outgoing


def outgoing(environment: Mapping[str, str]) -> Outgoing:
    """The configured mail server. Raises Problem for half a configuration, or a wrong one."""
    url, sender = environment.get(URL, ""), environment.get(SENDER, "")
    if not url and sender:
        raise Problem("a sender without a mail server", where=URL, expected="its address, or neither")
    return smtp(url, sender) if url else NoMail()
