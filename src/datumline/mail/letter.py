"""A letter: plain text with files, whose every header is one line (reliability A33)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from datumline.domain.problem import Problem

LONGEST_SUBJECT = 200  # characters; mail programs show fewer
LONGEST_ADDRESS = 254  # RFC 5321, a forward path without its brackets
MARKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")  # what some server might take for the end of a line
LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
DOMAIN = re.compile(r"(?!-)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a letter.

    Attributes:
        name: the file's name, without folders.
        media_type: such as `application/json`.
    """

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter to one person. `number` makes the same letter, sent twice, known as the same."""

    sender: str
    to: str
    subject: str
    text: str
    attachments: Sequence[Attachment] = ()
    number: str = ""


def message(letter: Letter) -> EmailMessage:
    """The letter as mail has it. Raises Problem for an address or a header that is not one plain line."""
    made = EmailMessage(policy=SMTP)
    made["From"] = _address(letter.sender, "the sender")
    made["To"] = _address(letter.to, "the address")
    made["Subject"] = _line(letter.subject, "the subject", LONGEST_SUBJECT)
    if letter.number:
        domain = letter.sender.rpartition("@")[2]
        made["Message-ID"] = f"<{_line(letter.number, 'the number', LONGEST_SUBJECT)}@{domain}>"
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: absence notes do not answer it
    made.set_content(letter.text)
    for each in letter.attachments:
        kind, _, subtype = each.media_type.partition("/")
        made.add_attachment(
            each.content,
            maintype=kind,
            subtype=subtype,
            filename=_line(each.name.replace("/", "-"), "a file's name", LONGEST_SUBJECT),
        )
    return made


def _line(text: str, what: str, longest: int) -> str:
    if MARKS.search(text):
        raise Problem(f"{what} has a line break or control mark", where="mail", expected="one plain line")
    return text[:longest]


def _address(text: str, what: str) -> Address:
    """An address that no server can read as an option or as two addresses."""
    local, at, domain = _line(text, what, LONGEST_ADDRESS + 1).rpartition("@")
    plain = LOCAL_PART.fullmatch(local) and DOMAIN.fullmatch(domain) and not local.startswith("-")
    if not (at and plain) or len(text) > LONGEST_ADDRESS or ".." in local or local.strip(".") != local:
        raise Problem(f"{what} is no e-mail address", where="mail", expected="one address, name@domain")
    return Address(username=local, domain=domain)
