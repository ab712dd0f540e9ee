"""What a clone says about a design document and about those who mention it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from datumline.connectors.git.record import Contact


class Dialect(StrEnum):
    """The form in which a document says its title, authors, status and date."""

    PEP = "PEP"
    KEP = "KEP"
    RFC = "RFC"
    ADR = "ADR"


class DatedBy(StrEnum):
    """Where a document's date comes from: its own words, or the commit that first brought it in."""

    DOCUMENT = "document"
    HISTORY = "history"


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A design document at HEAD.

    Attributes:
        dialect: its form.
        number: its number within the dialect; `PEP 484` is number 484.
        path: its file, or for a KEP its folder.
        title: as written.
        authors: as written in the document, else whoever first committed it. A handle is a contact named
            `@handle` without e-mail.
        first_committed_by: author of the commit that brought it in; None if history does not show it.
        status: as written, lower case; empty when the document says none.
        accepted: whether that status means that it was adopted; None when it does not tell.
        created: None when neither document nor history tells.
        dated_by: the source of `created`.
    """

    dialect: Dialect
    number: int
    path: str
    title: str
    authors: tuple[Contact, ...] = ()
    first_committed_by: Contact | None = None
    status: str = ""
    accepted: bool | None = None
    created: date | None = None
    dated_by: DatedBy = DatedBy.DOCUMENT

    @property
    def id(self) -> str:
        """How people cite it: `PEP 484`, `KEP-2535`, `RFC 2000`, `ADR 7`."""
        return f"{self.dialect}{'-' if self.dialect is Dialect.KEP else ' '}{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The documents of a clone, and in `unread` the paths left out, each with the reason."""

    artifacts: tuple[Artifact, ...]
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """The first time that somebody mentions an artifact in one other document.

    `document` is the citing artifact's id, or the path of a file that is no artifact.
    """

    artifact: str
    by: Contact
    document: str
    on: date
    commit: str
