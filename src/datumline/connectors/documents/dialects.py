"""The forms of design documents: which paths they live at, and what their text says.

Each reader takes the path's number and the text, and gives an artifact or raises ValueError with the reason
why the text is no document of that form. Nothing is guessed: what a text does not say stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import yaml

from datumline.connectors.documents.record import Artifact, Dialect
from datumline.connectors.git.record import Contact

_TEXTS = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PATHS = {
    Dialect.PEP: re.compile(r"(?:.*/)?pep-(\d{1,4})\.(?:rst|txt)"),
    Dialect.KEP: re.compile(r"keps/(?:.*/)?(\d{1,5})-[^/]+/kep\.yaml"),
    Dialect.RFC: re.compile(r"text/(\d{4})-[^/]+\.md"),
    Dialect.ADR: re.compile(
        r"(?:.*/)?(?:adrs?|decisions|architecture[-_]decisions?)/(?:adr-)?(\d{1,4})-[^/]+\.md"
    ),
}
_SAMPLE = re.compile(r"(?:.*/)?(?:tests?|testdata|fixtures)/.*")  # what a program is tried with
_ADOPTED = frozenset(
    {"accepted", "active", "approved", "deprecated", "final", "implementable", "implemented", "superseded"}
)
_OPEN = frozenset({"draft", "proposed", "provisional", "rejected", "withdrawn", "deferred", "replaced"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "|".join(_MONTHS)
_DAY = re.compile(
    r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"
    rf"|(?P<d2>\d{{1,2}})[- ]+(?P<m2>{_MONTH})[a-z]*[-, ]+(?P<y2>\d{{4}})"
    rf"|(?P<m3>{_MONTH})[a-z]*\.? +(?P<d3>\d{{1,2}}),? +(?P<y3>\d{{4}})",
    re.IGNORECASE,
)
_AUTHOR = re.compile(r"\s*([^<>,]*?)\s*(?:<([^<>]+)>|\(([^()]*)\))?\s*(?:,|$)")


def dialect_of(path: str) -> Dialect | None:
    """The dialect whose documents live at such a path; None for any other file, and in a folder of tests."""
    if _SAMPLE.fullmatch(path):
        return None
    return next((dialect for dialect, form in _PATHS.items() if form.fullmatch(path)), None)


def name_of(path: str) -> tuple[Dialect, int] | None:
    """The dialect and number that a path gives to its document; None for any other file."""
    dialect = dialect_of(path)
    match = _PATHS[dialect].fullmatch(path) if dialect else None
    return (dialect, int(match[1])) if dialect and match else None


def read(dialect: Dialect, path: str, text: str) -> Artifact:
    """The artifact that the text at `path` says. Raises ValueError with the reason when it says none."""
    match = _PATHS[dialect].fullmatch(path)
    if match is None:
        raise ValueError(f"no {dialect} lives at such a path")
    return _READERS[dialect](int(match[1]), path, text.removeprefix("\ufeff").replace("\r\n", "\n"))


def day_of(written: str) -> date | None:
    """The first day in a text such as `2014-09-29`, `29-Sep-2014`, `Sep 29, 2014`; None without one."""
    match = _DAY.search(written)
    if match is None:
        return None
    said = match.groupdict()
    month = said["m"] or str(1 + _MONTHS.index((said["m2"] or said["m3"]).lower()))
    year, day = said["y"] or said["y2"] or said["y3"], said["d"] or said["d2"] or said["d3"]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _accepted(status: str) -> bool | None:
    word = status.partition(" ")[0].strip(".,;:")
    return True if word in _ADOPTED else False if word in _OPEN else None


def _pep(number: int, path: str, text: str) -> Artifact:
    fields: dict[str, str] = {}
    name = ""
    for line in text.lstrip("\n").split("\n"):
        if not line.strip():
            break
        if line[0] in " \t":
            fields[name] = f"{fields.get(name, '')} {line.strip()}"
        else:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            fields[name] = value.strip()
    if "pep" not in fields or "title" not in fields:
        raise ValueError("its header has no PEP: and Title: lines")
    status = fields.get("status", "").lower()
    return Artifact(
        dialect=Dialect.PEP,
        number=number,
        path=path,
        title=fields["title"],
        authors=contacts(fields.get("author", "")),
        status=status,
        accepted=_accepted(status),
        created=day_of(fields.get("created", "")),
    )


def contacts(written: str) -> tuple[Contact, ...]:
    """People in `Name <e-mail>, Name, e-mail (Name)`, also with ` at ` for `@`."""
    found = []
    for name, email, other in _AUTHOR.findall(written):
        mail = re.sub(r"\s+at\s+|\s*\(at\)\s*", "@", email)
        if not name and not mail:
            continue
        swapped = "@" in re.sub(r"\s+at\s+", "@", name) and bool(other)
        address = re.sub(r"\s+at\s+", "@", name)
        found.append(Contact(name=other, email=address) if swapped else Contact(name=name, email=mail))
    return tuple(dict.fromkeys(found))


def _kep(number: int, path: str, text: str) -> Artifact:
    fields = _mapping(text)
    title = fields.get("title")
    if not isinstance(title, str) or not title:
        raise ValueError("it has no title")
    status = str(fields.get("status") or "").lower()
    return Artifact(
        dialect=Dialect.KEP,
        number=number,
        path=path.rpartition("/")[0],
        title=title,
        authors=_handles(fields.get("authors")),
        status=status,
        accepted=_accepted(status),
        created=day_of(str(fields.get("creation-date") or "")),
    )


def _handles(listed: object) -> tuple[Contact, ...]:
    if not isinstance(listed, list):
        return ()
    names = (str(one).strip() for one in listed if one)
    return tuple(dict.fromkeys(Contact(name=name, email="") for name in names if name.strip("@")))


def _rfc(number: int, path: str, text: str) -> Artifact:
    fields = _bullets(text)
    if "start date" not in fields:
        raise ValueError("it has no '- Start Date:' line")
    heading = re.search(r"^# +(.+)$", text.partition("\n## ")[0], re.MULTILINE)
    name = fields.get("feature name", "").strip("`() ")
    plain = path.rpartition("/")[2].removesuffix(".md").partition("-")[2].replace("-", " ")
    return Artifact(
        dialect=Dialect.RFC,
        number=number,
        path=path,
        title=name or (heading[1].strip() if heading and heading[1].strip().lower() != "summary" else plain),
        status="merged",
        accepted=True,  # only accepted ones are merged into text/
        created=day_of(fields["start date"]),
    )


def _adr(number: int, path: str, text: str) -> Artifact:
    front: dict[str, Any] = {}
    if text.startswith("---\n"):
        above, _, text = text[4:].partition("\n---")
        front = _mapping(above)
    heading = re.search(r"^# +(?:\d+\.\s+)?(.+?)\s*$", text, re.MULTILINE)
    if heading is None:
        raise ValueError("it has no '# ' heading")
    fields = _bullets(text)
    section = re.search(r"^## Status\s+([^#\s][^\n]*)", text, re.MULTILINE)
    line = re.search(r"^Date:\s*(.+)$", text, re.MULTILINE)
    status = (
        str(front.get("status") or fields.get("status") or (section[1] if section else "")).strip().lower()
    )
    written = str(front.get("date") or fields.get("date") or (line[1] if line else ""))
    if not (status or written):
        raise ValueError("it has neither status nor date")
    return Artifact(
        dialect=Dialect.ADR,
        number=number,
        path=path,
        title=heading[1],
        status=status,
        accepted=_accepted(status),
        created=day_of(written),
    )


def _mapping(text: str) -> dict[str, Any]:
    try:
        found = yaml.load(text, Loader=_TEXTS)  # noqa: S506 - it makes texts, lists and mappings only
    except (yaml.YAMLError, ValueError) as error:
        raise ValueError(f"its YAML cannot be read: {str(error).partition(chr(10))[0]}") from None
    if not isinstance(found, dict):
        raise ValueError("its YAML is no mapping")  # noqa: TRY004 - the text is wrong, not a type in this program
    return found


def _bullets(text: str) -> dict[str, str]:
    """The `- Name: value` lines of a Markdown text, bold or not, names in lower case, first of each."""
    found: dict[str, str] = {}
    for name, value in re.findall(
        r"^\s*[-*] +\**([A-Za-z][A-Za-z ]*?)\**:\**[ \t]*(.*)$", text, re.MULTILINE
    ):
        found.setdefault(name.lower(), value.strip())
    return found


_READERS: dict[Dialect, Callable[[int, str, str], Artifact]] = {
    Dialect.PEP: _pep,
    Dialect.KEP: _kep,
    Dialect.RFC: _rfc,
    Dialect.ADR: _adr,
}
