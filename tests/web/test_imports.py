"""The import pages: preview before anything is written, one clear line for what cannot be used, who may."""

from __future__ import annotations

import gzip
import io
import re
import resource
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from openpyxl import Workbook

from datumline.config.home import create_home
from datumline.config.wiring import open_home
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.jobs.tasks import TASKS
from datumline.services.context import Mode
from datumline.services.job_running import run_one
from datumline.services.jobs import NoWorker
from datumline.store.ledger import place
from datumline.web import installed
from support.clones import Repository
from support.homes import DATABASE_URL, HOME
from support.page_world import HANA, INES, MONA, NILS, TODAY, at_noon

PEOPLE = (
    "name,email,manager\nMona Reyes,mona@firm.example,\nInes Okafor,ines@firm.example,mona@firm.example\n"
)
COMMITMENTS = """owner,work,due
ines@firm.example,export,2026-03-02
nobody@firm.example,export,2026-03-02
ines@firm.example,late,soon
"""
MOST_SECONDS, MOST_BYTES_GROWN = 5, 300 << 20


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """The operator of an empty home."""
    create_home(tmp_path / "home", mode=Mode.ALONE)
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    monkeypatch.delenv(DATABASE_URL, raising=False)
    installed.opened.cache_clear()
    open_home(tmp_path / "home")
    yield Client(headers={"host": "localhost"})
    connections.close_all()


def once(client: Client, address: str) -> str:
    """The number of a fresh form."""
    page = client.get(address).content.decode()
    found = re.search(r'name="once" value="(\w+)"', page)
    assert found
    return found[1]


def sent(
    client: Client, content: bytes | str, name: str = "table.csv", what: str = "people", **fields: str
) -> tuple[int, str]:
    """What the form answers to a file: the status, and the address or the page."""
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    form = {"once": fields.pop("once", "") or once(client, "/imports"), "what": what, "file": file}
    answer = client.post(
        "/imports", form | {"date_format": "", "mapping": "", "columns": "", "save": ""} | fields
    )
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def work() -> None:
    """Run every job that waits, as the worker does."""
    while run_one(installed.opened(), TASKS, NoWorker()):
        pass


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_nothing_is_written_before_it_was_seen_and_confirmed(client: Client) -> None:
    before = count("ledger_entry")
    status, preview = sent(client, PEOPLE, "people.csv")
    assert status == 303
    assert "Waiting" in client.get(preview).content.decode()
    work()
    shown = client.get(preview).content.decode()
    assert "What would happen" in shown
    assert "<dt>would be new</dt><dd>3</dd>" in shown
    assert count("ledger_entry") == before
    confirmed = client.post(f"{preview}/confirm", {"once": once(client, preview)}).headers["Location"]
    again = client.post(f"{preview}/confirm", {"once": "a" * 32}).headers["Location"]
    assert again == confirmed
    work()
    assert "<dt>new</dt><dd>3</dd>" in client.get(confirmed).content.decode()
    assert count("ledger_entry") > before
    assert count("upload") == 0
    assert "See the import" in client.get(preview).content.decode()


def test_refused_rows_and_strangers_are_listed_with_their_lines(client: Client) -> None:
    for content, what in ((PEOPLE, "people"), (COMMITMENTS, "commitments")):
        _, preview = sent(client, content, what=what)
        work()
    shown = client.get(preview).content.decode()
    assert re.search(r'number">4</th><td data-label="Wrong">[^<]*soon', shown)
    assert re.search(r"nobody@firm.example.*?data-label=\"Lines\">3<", shown, re.DOTALL)


def test_a_preview_shows_the_first_rows_that_would_be_written_to_who_asked(
    visit_as: Callable[[str], Client],
) -> None:
    hana, nils = visit_as(HANA), visit_as(administrator(NILS))
    _, preview = sent(hana, PEOPLE.replace("Okafor", "Okafor-Lind"))
    work()
    shown = hana.get(preview).content.decode()
    rows = re.findall(r"<tr data-row.*?</tr>", shown.partition("What would be written")[2], re.DOTALL)
    assert len(rows) == int(re.findall(r"<dt>would be new</dt><dd>(\d+)</dd>", shown)[0])
    assert any("Ines Okafor-Lind" in row and 'data-label="Line">3<' in row for row in rows)
    assert "What would be written" not in nils.get(preview).content.decode()


def test_a_sample_of_commitments_says_their_dates_and_persons_by_name(client: Client) -> None:
    _, preview = sent(client, PEOPLE)
    work()
    shown = client.get(preview).content.decode()
    assert "<span>manager Mona Reyes</span>" in shown
    client.post(f"{preview}/confirm", {"once": once(client, preview)})
    work()
    many = COMMITMENTS + "".join(f"ines@firm.example,export {n},2026-03-03\n" for n in range(20))
    _, preview = sent(client, many, what="commitments")
    work()
    shown = client.get(preview).content.decode()
    assert "the first 10 of 21" in shown
    assert "<span>due 2 Mar 2026</span>" in shown
    assert shown.count('<th scope="row">Ines Okafor</th>') == 10


def test_a_form_sent_twice_is_one_preview(client: Client) -> None:
    number = once(client, "/imports")
    first, second = (sent(client, PEOPLE, once=number)[1] for _ in range(2))
    assert first == second
    assert (count("job"), count("upload")) == (1, 1)


def test_a_form_sent_again_with_another_file_is_not_the_one_before(client: Client) -> None:
    number = once(client, "/imports")
    _, first = sent(client, PEOPLE, once=number)
    for content, fields in ((PEOPLE.replace("Ines", "Inez"), {}), (PEOPLE, {"save": "hr"})):
        status, shown = sent(client, content, once=number, **fields)
        assert (status, "sent before, with other words" in shown) == (422, True)
        fresh = re.search(r'name="once" value="(\w+)"', shown)
        assert fresh is not None
        assert sent(client, content, once=fresh[1], **fields)[1] not in {first, shown}


def administrator(person: str) -> str:
    """The same person, an administrator from now on."""
    role = Draft(
        kind=Kind.POSITION,
        author="import:people",
        subject=person,
        occurred_on=TODAY,
        amounts={"role": "admin"},
    )
    place([role], clock=at_noon(TODAY))
    return person


def test_another_persons_number_is_never_found(visit_as: Callable[[str], Client]) -> None:
    """Whoever guesses a number of somebody's gets a preview of the own file, never that one's."""
    number = "a" * 32
    hana, abel = (sent(visit_as(each), PEOPLE, once=number) for each in (HANA, administrator(NILS)))
    assert (hana[0], abel[0]) == (303, 303)
    assert hana[1] != abel[1]


def test_a_mapping_is_kept_when_the_import_is_confirmed(client: Client) -> None:
    table = "Who,Mail\nMona Reyes,mona@firm.example\n"
    assert "no column" in sent(client, table)[1]
    _, preview = sent(client, table, columns="name=Who\nemail=Mail", save="hr")
    work()
    client.post(f"{preview}/confirm", {"once": once(client, preview)})
    work()
    assert '<option value="hr">' in client.get("/imports").content.decode()
    assert sent(client, table, mapping="hr")[0] == 303


def package(part: str) -> bytes:
    """A zip with one part that says nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<x/>")
    return made.getvalue()


def workbook(*rows: list[object]) -> bytes:
    """A real workbook with these rows."""
    made, book = io.BytesIO(), Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(made)
    return made.getvalue()


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/sharedStrings.xml", b"\0" * (200 << 20))
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "line"),
    [
        pytest.param(b"", "people.csv", "empty", id="nothing"),
        pytest.param("name,email\n", "people.csv", "a header and no rows", id="no rows"),
        pytest.param(b"MZ\x90\0\x03\0\0\0" * 40, "people.csv", "NUL bytes", id="a program"),
        pytest.param("name,email\nA\0B,a@firm.example\n", "people.csv", "NUL", id="NUL"),
        pytest.param(b"\xff\xfea\x00\xd8\xd8", "people.csv", "not UTF-16", id="broken UTF-16"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "people.csv", "no column", id="a PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "people.csv", "NUL", id="a picture"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504, "people.xls", "NUL", id="an old .xls"
        ),
        pytest.param(gzip.compress(PEOPLE.encode()), "people.csv.gz", "", id="packed"),
        pytest.param("<html><body><table></table></body></html>", "people.csv", "no column", id="a page"),
        pytest.param('[{"name": "Ines"}]', "people.json", "no column", id="JSON"),
        pytest.param(package("word/document.xml"), "people.xlsx", "not a readable workbook", id="a letter"),
        pytest.param(
            package("xl/workbook.xml"), "people.xlsx", "not a readable workbook", id="half a workbook"
        ),
        pytest.param(workbook(), "people.xlsx", "no rows", id="an empty sheet"),
        pytest.param(b"PK\x03\x04 and no more", "people.xlsx", "not a readable workbook", id="no workbook"),
        pytest.param(bomb(), "people.xlsx", "unpacks to too much", id="zip bomb"),
        pytest.param("a,b\n1,2\n", "people.csv", "no column", id="other columns"),
        pytest.param("," * 1_001 + "\n1\n", "people.csv", "no column", id="a header of nothing"),
        pytest.param(
            ",".join(f"c{n}" for n in range(2_000)) + "\n1\n", "people.csv", "2000 columns", id="columns"
        ),
        pytest.param(b"name,email\n" + b"x" * (100 << 20), "people.csv", "too large", id="100 MB"),
    ],
)
def test_what_cannot_be_used_gets_one_line_and_leaves_nothing(
    client: Client, content: bytes | str, name: str, line: str
) -> None:
    began, grown = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status, page = sent(client, content, name)
    assert status == 422
    (fault,) = re.findall(r'<div class="fault".*?</div>', page, re.DOTALL)
    assert line in fault
    assert "datumline-import-" not in page
    assert (count("job"), count("upload")) == (0, 0)
    assert time.monotonic() - began < MOST_SECONDS
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown) << 10 < MOST_BYTES_GROWN


def test_no_file_and_two_files_get_one_line_and_leave_nothing(client: Client) -> None:
    form = {"once": once(client, "/imports"), "what": "people", "date_format": "", "mapping": ""}
    answer = client.post("/imports", form | {"columns": "", "save": ""})
    assert (answer.status_code, b"Choose a CSV or XLSX file" in answer.content) == (422, True)
    two = [SimpleUploadedFile(name, PEOPLE.encode()) for name in ("a.csv", "b.csv")]
    answer = client.post("/imports", form | {"columns": "", "save": "", "file": two})
    assert answer.status_code == 400
    other = {"other": SimpleUploadedFile("a.csv", PEOPLE.encode())}
    assert client.post("/imports", form | {"columns": "", "save": ""} | other).status_code == 400
    assert (count("job"), count("upload")) == (0, 0)


def test_a_file_may_be_in_utf_16_and_be_called_anything(client: Client) -> None:
    status, preview = sent(client, PEOPLE.encode("utf-16"), "../../etc/pass\u202ewd\x00.csv")
    assert status == 303
    work()
    shown = client.get(preview).content.decode()
    assert "<dd>3</dd>" in shown
    assert "etc/" not in shown


@pytest.mark.parametrize(
    "name", ["🧾" * 70, "👩‍💻" * 30, "x" * 300, "a" * 98 + "é" * 99], ids=["emoji", "joined", "long", "cut"]
)
def test_a_file_may_have_a_name_that_no_file_system_takes(client: Client, name: str) -> None:
    status, preview = sent(client, PEOPLE, f"{name}.csv")
    assert status == 303
    work()
    shown = client.get(preview).content.decode()
    assert "<dd>3</dd>" in shown
    assert ".csv" in shown


def test_only_who_may_import_sees_the_pages(visit_as: Callable[[str], Client]) -> None:
    nothing = visit_as(INES).get("/nowhere").content
    for person in (INES, MONA):
        visitor = visit_as(person)
        for address in ("/imports", "/imports/clone", f"/imports/{'0' * 32}"):
            assert (visitor.get(address).status_code, visitor.get(address).content) == (404, nothing)
        assert visitor.post("/imports", {"once": "a"}).status_code == 404
    assert visit_as(HANA).get("/imports").status_code == 200


def test_a_clone_is_named_only_inside_the_folder_that_is_set(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Repository(tmp_path / "clones" / "billing").change("a.txt", "1", "Begin")
    Repository(tmp_path / "elsewhere").change("a.txt", "1", "Begin")
    assert client.get("/imports/clone").status_code == 404
    monkeypatch.setenv("DATUMLINE_CLONES", str(tmp_path / "clones"))
    (tmp_path / "clones" / "way-out").symlink_to(tmp_path / "elsewhere")
    for path in ("../elsewhere", str(tmp_path / "elsewhere"), "way-out", "nothing", "x" * 299):
        form = {"once": once(client, "/imports/clone"), "what": "git", "path": path, "called": ""}
        answer = client.post("/imports/clone", form)
        assert (answer.status_code, b"no such clone" in answer.content) == (422, True)
    form = {"once": once(client, "/imports/clone"), "what": "git", "path": "billing", "called": ""}
    preview = client.post("/imports/clone", form).headers["Location"]
    work()
    assert "<dt>would be new</dt><dd>1</dd>" in client.get(preview).content.decode()


def test_a_preview_is_confirmed_by_whoever_asked_for_it_and_may_still(
    visit_as: Callable[[str], Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An HR partner sees an administrator's preview, and neither goes on from the other's."""
    Repository(tmp_path / "clones" / "billing").change("a.txt", "1", "Begin")
    monkeypatch.setenv("DATUMLINE_CLONES", str(tmp_path / "clones"))
    hana, nils = visit_as(HANA), visit_as(administrator(NILS))
    form = {"once": once(nils, "/imports/clone"), "what": "git", "path": "billing", "called": ""}
    clone = nils.post("/imports/clone", form).headers["Location"]
    table, own = sent(nils, PEOPLE)[1], sent(hana, PEOPLE)[1]
    work()
    for visitor, preview in ((hana, clone), (hana, table), (nils, own)):
        assert b"Import it" not in visitor.get(preview).content
        assert visitor.post(f"{preview}/confirm", {"once": "a" * 32}).status_code == 404
    for visitor, preview in ((nils, clone), (nils, table), (hana, own)):
        assert visitor.post(f"{preview}/confirm", {"once": "a" * 32}).status_code == 303


def test_a_page_that_says_the_same_is_not_sent_again(client: Client) -> None:
    _, preview = sent(client, PEOPLE)
    tag = client.get(preview).headers["ETag"]
    assert client.get(preview, headers={"if-none-match": tag}).status_code == 304
    assert client.get(preview, headers={"if-none-match": tag, "hx-request": "true"}).status_code == 204
    work()
    assert client.get(preview, headers={"if-none-match": tag}).status_code == 200
