"""Pages from templates: one Jinja2 environment, escaping always on, a missing value is an error.

Django's own template engine is not used: it took most of a page's time (see docs/decisions/templates.md).
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from datumline.domain.policy.phrasebook import short_day_words
from datumline.services.pages.cards import EntryRow
from datumline.services.pages.entry_rows import kind_words
from datumline.web import visible
from datumline.web.charts import gauge, record_chart, series_chart
from datumline.web.entry_words import words_of
from datumline.web.escaping import Generator
from datumline.web.fragments import drawn
from datumline.web.own_files import own_file
from datumline.web.shell import Shell

SAFE_SCHEMES = frozenset({"http", "https", "mailto"})


@cache
def environment() -> Environment:
    """The one environment; templates are compiled once in a process."""
    env = Environment(
        loader=PackageLoader("datumline.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible.shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.code_generator_class = Generator
    env.filters |= {
        "day": day,
        "long_day": long_day,
        "moment": moment,
        "in_days": in_days,
        "written": written,
        "shared": shared,
        "facts": facts,
        "safe_link": safe_link,
        "kind": kind_words,
        "counted": counted,
        "as_typed": as_typed,
    }
    env.globals |= {"static": static_url, "chart": series_chart, "record": record_chart, "gauge": gauge}
    env.globals |= {"drawn": drawn, "field_words": words_of}
    return env


def page(  # noqa: PLR0913 - one argument for each part of a page
    request: HttpRequest,
    template: str,
    shell: Shell,
    view: object,
    *,
    form: object = None,
    status: int = 200,
) -> HttpResponse:
    """A page from a view model, and from a form where the page has one that writes."""
    values: dict[str, Any] = {
        "shell": shell,
        "page": view,
        "form": form,
        "csrf": get_token(request) if shell.asks_csrf or shell.signed_in or form is not None else "",
    }
    return HttpResponse(environment().get_template(template).render(values), status=status)


@cache
def static_url(name: str) -> str:
    """The address of a file of our own, with the hash of its content, so that it may be kept for ever."""
    digest = hashlib.sha256(own_file(name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?{digest}"


def day(value: date) -> str:
    """`3 Mar 2026`."""
    return short_day_words(value)


def long_day(value: date) -> str:
    """`Tuesday, 30 June 2026`."""
    return f"{value:%A}, {value.day} {value:%B %Y}"


def moment(value: datetime) -> str:
    """`3 Mar 2026, 14:05 UTC`; the ledger's clock is UTC."""
    return f"{day(value)}, {value:%H:%M} UTC"


def in_days(days: int) -> str:
    """How far off a day is, in words."""
    if days < 0:
        return f"{-days} {'day' if days == -1 else 'days'} over"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def written(row: EntryRow) -> str:
    """When an entry was written, beside the day on which it happened."""
    return "same day" if row.written.date() == row.happened else day(row.written)


def shared(row: EntryRow) -> str:
    """Since when the subject can read it, beside the day on which it was written."""
    if row.shared is None:
        return "never"
    return "when written" if row.shared == row.written else day(row.shared)


def facts(row: EntryRow) -> list[str]:
    """The short facts under an entry's title; its principles stand apart."""
    concern = f"concern: {row.concern}" if row.concern else ""
    return [part for part in (row.kind, row.state, row.seen, concern, row.tag) if part]


def as_typed(value: str) -> Markup:
    """A text for a field in which somebody goes on writing: escaped, and otherwise left as it is."""
    return escape(value)


def safe_link(link: str) -> bool:
    """Whether a link of an entry may be followed: only addresses of the web and of mail."""
    return urlsplit(link.strip()).scheme.lower() in SAFE_SCHEMES


def counted(words: str, count: int) -> str:
    """The words after their count; one thing is said in words of its own."""
    return f"{count}{words}" if count > 1 else words
