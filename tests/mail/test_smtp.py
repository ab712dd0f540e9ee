"""Letters to a real server: what arrives, what is refused before it leaves, what is tried again."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from datumline.config.mailing import outgoing
from datumline.domain.problem import Problem
from datumline.mail.letter import Attachment
from datumline.mail.smtp import UndeliveredError, smtp
from support.mailbox import SENDER, Mailbox, mailbox


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as made:
        yield made


def test_a_letter_arrives_as_it_was_written(box: Mailbox) -> None:
    text = "Größe: 5 €\n.\n..two dots\n"
    file = Attachment(name="receipt.json", media_type="application/json", content=b'{"v":1}\n')
    box.outgoing.send(
        to="ines@firm.example", subject="Ein Beleg für dich", text=text, attachments=[file], number="n1"
    )
    (letter,) = box.letters
    assert (letter["To"], letter["From"], letter["Subject"]) == (
        "ines@firm.example",
        SENDER,
        "Ein Beleg für dich",
    )
    assert letter["Message-ID"] == "<n1@firm.example>"
    body = letter.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == text.splitlines()
    (found,) = letter.iter_attachments()
    assert (found.get_filename(), found.get_content()) == ("receipt.json", b'{"v":1}\n')


@pytest.mark.parametrize(
    "to",
    [
        "ines@firm.example\r\nBcc: eve@evil.example",
        "ines@firm.example\nRCPT TO:<eve@evil.example>",
        "-oQ/tmp@firm.example",
        "--help@firm.example",
        "ines@firm.example,eve@evil.example",
        "<ines@firm.example>",
        "ines@-x.example",
        "ines@firm.example ",
        "ines",
        "@firm.example",
        "a" * 250 + "@firm.example",
        "",
    ],
)
def test_what_is_no_single_plain_address_never_leaves(box: Mailbox, to: str) -> None:
    with pytest.raises(Problem, match="address"):
        box.outgoing.send(to=to, subject="s", text="t")
    assert box.letters == []


@pytest.mark.parametrize("mark", ["\r\n", "\n", "\r", "\0", "\x0b", "\x85", "\u2028"])
def test_no_header_of_ours_can_become_two(box: Mailbox, mark: str) -> None:
    for said in ({"subject": f"s{mark}Bcc: eve@evil.example"}, {"number": f"n{mark}X: y", "subject": "s"}):
        with pytest.raises(Problem, match="line break"):
            box.outgoing.send(to="ines@firm.example", text="t", **said)  # type: ignore[arg-type] # texts
    file = Attachment(name=f"a{mark}X: y", media_type="text/plain", content=b"")
    with pytest.raises(Problem, match="line break"):
        box.outgoing.send(to="ines@firm.example", subject="s", text="t", attachments=[file])
    assert box.letters == []


def test_what_the_server_refuses_for_ever_is_told_from_what_it_refuses_now(box: Mailbox) -> None:
    box.answers = lambda _: "550 no such box"
    with pytest.raises(Problem, match="no such box"):
        box.outgoing.send(to="gone@firm.example", subject="s", text="t")
    box.answers = lambda _: "451 later"
    with pytest.raises(UndeliveredError, match="later"):
        box.outgoing.send(to="ines@firm.example", subject="s", text="t")


def test_no_server_at_all_is_for_later() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(UndeliveredError):
            smtp(f"smtp://127.0.0.1:{port}", SENDER).send(to="ines@firm.example", subject="s", text="t")


@pytest.mark.parametrize(
    "url",
    [
        "http://mail.example",
        "smtp://",
        "mail.example",
        "smtp://mail.example:none",
        "smtp://m/x",
        "smtp://m?tls=no",
    ],
)
def test_a_wrong_setting_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(Problem, match="DATUMLINE_SMTP_URL"):
        outgoing({"DATUMLINE_SMTP_URL": url, "DATUMLINE_MAIL_FROM": SENDER})


def test_half_a_setting_is_refused_and_none_sends_nothing() -> None:
    with pytest.raises(Problem, match="DATUMLINE_MAIL_FROM"):
        outgoing({"DATUMLINE_SMTP_URL": "smtp://127.0.0.1"})
    with pytest.raises(Problem, match="DATUMLINE_SMTP_URL"):
        outgoing({"DATUMLINE_MAIL_FROM": SENDER})
    none = outgoing({})
    assert not none.configured
    with pytest.raises(Problem, match="no mail server"):
        none.send(to="ines@firm.example", subject="s", text="t")
