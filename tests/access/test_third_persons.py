"""M10: whoever may not open somebody's record does not read their name in another's, on any way out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client

from datumline.cli.main import run
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access import Actor
from datumline.domain.people.person import PersonId
from datumline.services import reminders
from datumline.services.documents import signal_log_about
from datumline.services.policy import policy_in_force
from datumline.services.visit import visit
from datumline.store.ledger import entries, place
from datumline.web.installed import opened
from support.homes import DATABASE_URL, HOME, Home
from support.page_world import HANA, INES, JENS, KOFI, MONA, NILS, VERA, at_noon, small_world

HIDDEN = {
    INES: {"Jens", "Holmgren", "Lena", "Brandt", "Nils", "Aho"},
    MONA: {"Lena", "Brandt", "Nils", "Aho"},
    VERA: set(),
    HANA: set(),
}
NAMES = {"Jens", "Holmgren", "Lena", "Brandt", "Nils", "Aho", "Mona", "Vera"}
MASK = re.compile(r"\[colleague [0-9a-f]{4}\]")
TEXT = "Jens Holmgren waited; Brandt, Lena asked nils@firm.example. Mona and Vera Lindqvist heard."
TITLE = "Handover with Lena Brandt's team"


@pytest.fixture(scope="module", autouse=True)
def _named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The small organisation, with what Vera wrote about Ines and whom it names."""
    home = Home(folder=Path(tmp_path_factory.mktemp("third") / "home"), database_url=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME, str(home.folder))
        patch.delenv(DATABASE_URL, raising=False)
        opened.cache_clear()
        small_world(home)
        place(list(_told()), clock=at_noon(date(2026, 6, 29)))
        yield
        connections.close_all()
        opened.cache_clear()


def _told() -> Iterator[Draft]:
    day = date(2026, 6, 29)
    due = date(2026, 7, 1)
    yield Draft(
        kind=Kind.OCCURRENCE,
        author=VERA,
        subject=INES,
        occurred_on=day,
        title=TITLE,
        text=TEXT,
        concern="trust of Lena",
        remediation="Talk to Nils Aho",
    )
    yield Draft(
        kind=Kind.COMMITMENT,
        author=VERA,
        subject=INES,
        occurred_on=day,
        title="",
        amounts={"work": "Interview Jens Holmgren and Lena", "due": due, "scope_note": "Nils agreed"},
    )
    yield Draft(
        kind=Kind.UNBLOCKED, author=VERA, subject=INES, occurred_on=day, amounts={"whom": "Lena Brandt"}
    )


def client_of(person: PersonId) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    assert client.post("/who", {"person": person}).status_code == 303
    return client


def page(address: str) -> Callable[[PersonId], str]:
    def read(me: PersonId) -> str:
        answer = client_of(me).get(address)
        assert answer.status_code == 200
        text = answer.content.decode()
        return text.partition("<main")[2].partition("</main>")[0]

    return read


def entry(kind: Kind) -> Callable[[PersonId], str]:
    def read(me: PersonId) -> str:
        (found,) = (
            e for e in entries(subjects=[INES], audiences=[Audience.SHARED], kinds=[kind]) if e.author == VERA
        )
        return page(f"/entries/{found.id}")(me)

    return read


def command(*words: str) -> Callable[[PersonId], str]:
    def read(me: PersonId, capsys: pytest.CaptureFixture[str] | None = None) -> str:
        assert capsys is not None
        capsys.readouterr()
        run(opened(), [*words, "--as", me])
        return capsys.readouterr().out

    return read


def document(me: PersonId) -> str:
    made = signal_log_about(opened().context(me), INES, opened().context(me).at())
    return repr(made.document)


def digest(me: PersonId) -> str:
    asked = visit(opened().context(me))
    frame = entries(subjects=[""], audiences=[Audience.ORGANISATION], kinds=reminders.ORGANISATION_KINDS)
    return repr(reminders._lines(asked, frame, policy_in_force(frame, asked.context.at())))


def proof(me: PersonId) -> str:
    client = client_of(me)
    said = client.post(f"/people/{INES}/ledger/proof")
    assert said.status_code == 200
    bodies = [json.loads(each["body"]) for each in json.loads(said.content)["streams"][0]["entries"]]
    words = [(name, field[1]) for body in bodies for name, field in body.items() if field]
    skipped = {"name", "emails", "handles", "manager", "subject", "author", "by"}
    return "\n".join(text for name, text in words if name not in skipped)


CHANNELS: dict[str, Callable[..., str]] = {
    "person": page(f"/people/{INES}"),
    "person, once more": page(f"/people/{INES}"),
    "person, another day": page(f"/people/{INES}?as_of=2026-06-29"),
    "person, what is older": page(f"/people/{INES}?older=1"),
    "today": page("/"),
    "this week": page("/reminders"),
    "occurrence": entry(Kind.OCCURRENCE),
    "commitment": entry(Kind.COMMITMENT),
    "unblocked": entry(Kind.UNBLOCKED),
    "search": page("/search?q=handover"),
    "status": command("status", INES),
    "status as JSON": command("status", INES, "--json"),
    "verdict": command("verdict", "plan", "--person", INES, "--concern", "late delivery"),
    "verdict as JSON": command("verdict", "non-negotiables", "--person", INES, "--json"),
    "signal log": document,
    "digest": digest,
    "proof": proof,
}
SAYS_SO = {
    "person",
    "person, once more",
    "occurrence",
    "commitment",
    "unblocked",
    "status as JSON",
    "signal log",
}


CELLS = [(channel, me) for channel in CHANNELS for me in HIDDEN if (channel, me) != ("proof", HANA)]


@pytest.mark.parametrize(("channel", "me"), CELLS)
def test_no_way_out_names_whom_the_reader_may_not_open(
    me: PersonId, channel: str, capsys: pytest.CaptureFixture[str]
) -> None:
    read = CHANNELS[channel]
    told = read(me, capsys) if channel.startswith(("status", "verdict")) else read(me)
    told = re.sub(r"\\u[0-9a-f]{4}", " ", told)
    said = {name for name in NAMES if re.search(rf"(?i)\b{name}\b", told)}
    assert said & HIDDEN[me] == set(), channel
    if channel in SAYS_SO:
        assert bool(MASK.search(told)) is bool(HIDDEN[me]), channel


def test_the_line_above_is_no_third_person_and_one_mask_is_one_person() -> None:
    told = entry(Kind.OCCURRENCE)(INES)
    assert "Mona and Vera Lindqvist heard" in told
    masks = MASK.findall(told)
    assert len(set(masks)) < len(masks)


@pytest.mark.parametrize(
    ("me", "word", "found"),
    [
        (INES, "lena", False),
        (INES, "Holmgren", False),
        (INES, "waited", True),
        (INES, "waited len", False),
        (INES, "interview", True),
        (MONA, "lena", False),
        (MONA, "Holmgren", True),
        (VERA, "lena", True),
        (HANA, "brandt", True),
        (JENS, "waited", False),
        (KOFI, "Holmgren", False),
    ],
)
def test_a_search_for_a_masked_name_finds_nothing(me: PersonId, word: str, found: bool) -> None:  # noqa: FBT001
    text = client_of(me).get(f"/search?q={word}").content.decode()
    assert bool(re.findall(r'href="/entries/[0-9a-f]{64}"', text)) is found


def test_who_wrote_it_reads_it_as_it_was_written_and_corrects_that() -> None:
    told = page(f"/people/{INES}")(VERA)
    assert "Lena Brandt" in told
    (found,) = (
        e
        for e in entries(subjects=[INES], audiences=[Audience.SHARED], kinds=[Kind.OCCURRENCE])
        if e.author == VERA
    )
    assert "Brandt, Lena" in client_of(VERA).get(f"/entries/{found.id}/correct").content.decode()
    assert client_of(MONA).get(f"/entries/{found.id}/correct").status_code == 404
    assert NILS not in client_of(INES).get(f"/entries/{found.id}").content.decode()


def test_the_operator_reads_everything() -> None:
    alone = replace(opened().context(VERA), actor=Actor(operator=True))
    found = entries(subjects=[INES], audiences=[Audience.SHARED], kinds=[Kind.OCCURRENCE])
    assert visit(alone).gate.readable_entries(found) == found


def test_a_proof_that_withholds_names_still_proves_the_rest(tmp_path: Path) -> None:
    client = client_of(INES)
    files = {"proof.json": client.post(f"/people/{INES}/ledger/proof").content}
    files["verify.py"] = client.get("/verifier").content
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    asked = [sys.executable, "verify.py", "proof.json"]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("REDACTED")
    assert "text of seq" in done.stdout
    assert "withheld: it names somebody else" in done.stdout
    told = json.loads(files["proof.json"])
    for each in told["streams"][0]["entries"]:
        each.pop("withheld", None)
    (tmp_path / "proof.json").write_text(json.dumps(told), encoding="utf-8")
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("BROKEN")
