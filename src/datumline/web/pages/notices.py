"""The pages for what is not there, what is refused and what broke: one title, one line, one way on."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse

from datumline.web.forms import NoSuchField
from datumline.web.installed import opened
from datumline.web.rendering import page
from datumline.web.shell import Shell

NOTHING_WRITTEN = ", nothing was written"  # true of one statement, not of all that a request did


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
    what="Datumline could not make this page. What was sent may have been written all the same.",
    first="Look at the record before you send it again. `datumline doctor` says more.",
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
    """A fault of ours, or of the machine: then it says which."""
    error = sys.exc_info()[1]
    known = opened().trouble(error) if isinstance(error, Exception) else None
    if known is None:
        return _notice(request, BROKEN, 500)
    what = known.what.removesuffix(NOTHING_WRITTEN)
    return _notice(request, replace(BROKEN, what=f"{what[:1].upper()}{what[1:]}. {BROKEN.what}"), 500)


def _notice(request: HttpRequest, notice: Notice, status: int) -> HttpResponse:
    return page(request, "notice.html", Shell(), notice, status=status)
