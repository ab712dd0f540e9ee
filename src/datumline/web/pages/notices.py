"""The pages for what is not there, what is refused and what broke: one title, one line, one way on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from datumline.web.forms import NoSuchField
from datumline.web.rendering import page
from datumline.web.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What happened and what to do first."""

    title: str
    what: str
    first: str


ABSENT = Notice(
    title="Nothing here",
    what="There is no such page, or it is not one that you may see.",
    first="Go back, or start from Today.",
)
REFUSED = Notice(
    title="Not done",
    what="This form was not sent from a page of Datumline, or its page was open for too long.",
    first="Go back, load the page again and send it once more. Nothing was changed.",
)
NOT_UNDERSTOOD = Notice(
    title="Not understood",
    what="What was sent is not what a page of Datumline sends.",
    first="Go back, load the page again and send it once more. Nothing was changed.",
)
BROKEN = Notice(
    title="Something broke",
    what="Datumline could not make this page. Nothing was changed by it.",
    first="Run `datumline doctor` on the machine that serves it.",
)


def absent(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same for what does not exist and for what may not be seen."""
    del exception
    return _notice(request, ABSENT, 404)


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of one of our pages."""
    del reason
    return _notice(request, REFUSED, 403)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent has something that no form of ours has, or is no request at all."""
    known = isinstance(exception, NoSuchField)
    return _notice(request, replace(NOT_UNDERSTOOD, what=str(exception)) if known else NOT_UNDERSTOOD, 400)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return _notice(request, BROKEN, 500)


def _notice(request: HttpRequest, notice: Notice, status: int) -> HttpResponse:
    shell = Shell(today=datetime.now(UTC).date())
    return page(request, "notice.html", shell, notice, status=status)
