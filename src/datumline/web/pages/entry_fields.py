"""Between what is typed into the form of an entry and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeVar
from urllib.parse import urlsplit

from datumline.domain.evidence.entry import Dimension, Seen, Tag
from datumline.domain.evidence.kinds import Kind, amounts
from datumline.domain.evidence.writing import NONE_WHEN_OPEN
from datumline.domain.verdict import Json
from datumline.services.entries import Said
from datumline.services.pages.entry_form import EntryForm, Field
from datumline.web.amounts import amount_in
from datumline.web.entry_words import GENERAL, words_of
from datumline.web.forms import LINE, PAGE, STEP, Form
from datumline.web.rendering import day, long_day, safe_link

Choice = TypeVar("Choice", Seen, Tag, Dimension)

OF_KIND = "a_"  # what the name of an amount field begins with
AUDIENCE, REASON = "audience", "reason"
PRIVATE = "private"
LONGEST_LINK = 2000
MANY = frozenset({"principles"})


def names_of(view: EntryForm, *, reason: bool) -> frozenset[str]:
    """The fields of the form: those of the kind, and no others."""
    own = {OF_KIND + each.name for each in view.amounts}
    return frozenset({*view.asks, *own, AUDIENCE, STEP} | ({REASON} if reason else set()))


def typed(said: Said) -> dict[str, str | list[str]]:
    """What stands in the fields when an entry is corrected or published."""
    found: dict[str, str | list[str]] = {
        "happened": said.occurred_on.isoformat(),
        "title": said.title,
        "text": said.text,
        "links": "\n".join(said.links),
        "first_hand": said.seen or "",
        "principles": list(said.principles),
        "dimension": said.dimension or "",
        "concern": said.concern or "",
        "tag": said.tag or "",
        "remediation": said.remediation or "",
        "remediated_on": said.remediated_on.isoformat() if said.remediated_on else "",
    }
    return found | {OF_KIND + name: _typed(value) for name, value in said.amounts.items()}


def _typed(value: Json | date) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def said_in(form: Form, view: EntryForm) -> Said | None:
    """What the form says; None when something in it is wrong, which then stands beside its field."""
    kind = view.kind
    if kind is None:
        return None
    happened = form.day("happened", GENERAL["happened"].what, last=view.latest, needed=True)
    asks = frozenset(view.asks)
    named_by_kind = any(needed for _, needed in amounts(kind).values())
    title = _line(form, "title", needed=not named_by_kind) if "title" in asks else ""
    remediated_on = (
        form.day("remediated_on", GENERAL["remediated_on"].what, last=view.latest)
        if "remediated_on" in asks
        else None
    )
    said = Said(
        kind=kind,
        occurred_on=happened or view.latest,
        title=title,
        text=form.text("text", GENERAL["text"].what, most=PAGE),
        links=_links(form),
        seen=_seen(form, view),
        principles=form.choices("principles", "principles", dict(view.principles)),
        dimension=_one(form, "dimension", Dimension),
        concern=_line(form, "concern") or None,
        tag=_one(form, "tag", Tag),
        remediation=form.text("remediation", GENERAL["remediation"].what, most=PAGE) or None,
        remediated_on=remediated_on,
        amounts=_amounts(form, view, kind),
        private=_audience(form, view) == PRIVATE,
    )
    return said if form.good else None


def _line(form: Form, name: str, *, needed: bool = False) -> str:
    return form.text(name, GENERAL[name].what, needed=needed)


def _links(form: Form) -> tuple[str, ...]:
    links = form.lines("links", "the links")
    wrong = next((each for each in links if len(each) > LONGEST_LINK or not _is_link(each)), "")
    if wrong:
        form.refuse("links", f"“{wrong[:LINE]}” is no address of the web or of mail that can be followed.")
    return links


def _is_link(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return safe_link(link) and bool(parts.netloc or parts.path) and not any(each.isspace() for each in link)


def _seen(form: Form, view: EntryForm) -> Seen | None:
    if "first_hand" not in view.asks:
        return Seen.REPORTED if view.kind is Kind.PEER_REPORT else None
    return _one(form, "first_hand", Seen)


def _one(form: Form, name: str, among: type[Choice]) -> Choice | None:
    said = form.choice(name, GENERAL[name].what, [each.value for each in among])
    return among(said) if said else None


def _audience(form: Form, view: EntryForm) -> str:
    if len(view.audiences) == 1:
        return view.audiences[0]
    return form.choice(AUDIENCE, "who reads it", view.audiences, needed=True)


def _amounts(form: Form, view: EntryForm, kind: Kind) -> Mapping[str, Json | date]:
    found = {each.name: _amount(form, each, kind) for each in view.amounts}
    kept_open = {each.name for each in view.amounts if (kind, each.name) in NONE_WHEN_OPEN}
    before = view.said.amounts if view.said else {}
    none = kept_open | {name for name, value in before.items() if value is None}
    return {name: value for name, value in found.items() if value not in (None, "", []) or name in none}


def _amount(form: Form, field: Field, kind: Kind) -> Json | date:
    named = OF_KIND + field.name
    return amount_in(form, field, named, words_of(kind, field.name).what, lines=_lines)


def _lines(form: Form, name: str, what: str) -> list[str]:
    return list(form.lines(name, what))


def lines_of(said: Said, view: EntryForm) -> Iterator[tuple[str, str]]:
    """What an entry would say, line by line, under the labels of the form."""
    principles = dict(view.principles)
    general: dict[str, str] = {
        "happened": long_day(said.occurred_on),
        "title": said.title,
        "text": said.text,
        "links": "\n".join(said.links),
        "first_hand": dict(view.seen).get(said.seen or "", ""),
        "concern": said.concern or "",
        "tag": (said.tag or "").replace("-", " "),
        "remediation": said.remediation or "",
        "remediated_on": day(said.remediated_on) if said.remediated_on else "",
        "principles": ", ".join(principles[each] for each in said.principles),
        "dimension": said.dimension or "",
    }
    shown = [(GENERAL[name].label, value) for name, value in general.items() if value]
    yield shown[0]
    for each in view.amounts:
        if each.name in said.amounts:
            yield words_of(said.kind, each.name).label, _shown(said.amounts[each.name], each)
    yield from shown[1:]


def _shown(value: Json | date, field: Field) -> str:
    if isinstance(value, date):
        return day(value)
    if value is None:
        return "none"
    return dict(field.options).get(str(value)) or _typed(value)
