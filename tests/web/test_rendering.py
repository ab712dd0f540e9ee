"""Pages escape what people wrote, and follow only links that are links."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from datumline.web.rendering import environment, in_days, safe_link, static_url
from support.page_samples import ENTRIES, PLAN, ROUND, SIGNALS, PersonSample, person_html

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</title><svg/onload=alert(1)>",
    "{{7*7}}{% raw %}",
    "javascript:alert(1)",
    '" autofocus onfocus="alert(1)',
    "<style>*{display:none}</style>",
)


class Scripts(HTMLParser):
    """Collects what a browser could run or load from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        values = dict(attrs)
        own = (values.get("src") or "").startswith("/static/")
        if tag in {"script", "img", "iframe", "object", "embed", "style"} and not own:
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name, _ in attrs if name.startswith("on") or name == "style"]
        self.found += [
            f"{tag} href" for v in (values.get("href"),) if v and v.lower().startswith("javascript")
        ]


def runnable(html: str) -> list[str]:
    reader = Scripts()
    reader.feed(html)
    return reader.found


def test_a_page_of_our_own_words_runs_only_our_own_file() -> None:
    assert runnable(person_html(PersonSample())) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_any_text_is_shown_and_never_run(payload: str) -> None:
    entry = replace(
        ENTRIES[0],
        title=payload,
        text=payload,
        kind=payload,
        disputed=payload,
        concern=payload,
        seen=payload,
        state=payload,
        tag=payload,
        principles=(payload,),
    )
    condition = replace(PLAN.conditions[0], words=payload, said=payload)
    card = replace(
        PLAN, question=payload, about=payload, answer=payload, next_step=payload, conditions=(condition,)
    )
    signal = replace(SIGNALS[0], name=payload, figure=payload, count=payload, bar=payload, trend=payload)
    page = replace(
        PersonSample(),
        name=payload,
        about=(payload,),
        verdicts=(card, ROUND),
        signals=(signal,),
        entries=(entry,),
        health=payload,
    )
    html = person_html(page)
    assert runnable(html) == []
    assert payload not in html or not set(payload) & set("<>\"'")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", " JaVaScRiPt:x", "vbscript:x", "//x"]
)
def test_a_link_that_could_run_or_load_is_shown_as_text(link: str) -> None:
    assert not safe_link(link)


@pytest.mark.parametrize("link", ["https://example.org/INV-412", "http://wiki/x", "mailto:ilse@example.org"])
def test_an_ordinary_link_may_be_followed(link: str) -> None:
    assert safe_link(link)


def test_own_files_carry_the_hash_of_their_content() -> None:
    path, _, digest = static_url("datumline.css").partition("?")
    assert path == "/static/datumline.css"
    assert len(digest) == 12


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (9, "in 9 days"), (-1, "1 day over"), (-12, "12 days over")],
)
def test_how_far_off_a_day_is(days: int, words: str) -> None:
    assert in_days(days) == words


def test_every_template_compiles_and_asks_only_for_what_it_is_given() -> None:
    names = environment().list_templates()
    assert {"person.html", "today.html", "people.html", "entry.html", "chooser.html"} <= set(names)
    for name in names:
        environment().get_template(name)
