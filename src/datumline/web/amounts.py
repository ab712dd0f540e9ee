"""What stands in the field of a kind, whichever form it is in: a day, a number, lines, yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Protocol, TypeVar

from datumline.domain.evidence.kinds import Type
from datumline.domain.verdict import Json
from datumline.web.forms import Form

Value = TypeVar("Value", int, str)
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")


class Amount(Protocol):
    """A field of a kind; `options` is what can be chosen where it names an entry."""

    @property
    def type(self) -> Type:
        """What it holds."""

    @property
    def needed(self) -> bool:
        """Whether an entry of the kind has to say it."""

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """What is sent, and what is read."""


def amount_in(
    form: Form, field: Amount, name: str, what: str, *, lines: Callable[[Form, str, str], list[str]]
) -> Json | date:
    """What the form says in the field called `name`; a fault stands beside it, with `what` for its name.

    `lines` reads a field of several lines: one form has a line for each, another has them in one.
    """
    found: Json | date
    if field.type is Type.DATE:
        found = form.day(name, what, needed=field.needed)
    elif field.type is Type.FLAG:
        found = form.flag(name, what)
    elif field.type is Type.COUNT:
        found = _needed(form, field, name, what, form.count(name, what))
    elif field.type is Type.DECIMAL:
        found = _needed(form, field, name, what, _decimal(form, name, what))
    elif field.type is Type.TEXTS:
        found = list(lines(form, name, what))
    elif field.type is Type.ENTRY:
        found = form.choice(name, what, dict(field.options), needed=field.needed) or None
    else:
        found = form.text(name, what, needed=field.needed) or None
    return found


def _needed(form: Form, field: Amount, name: str, what: str, value: Value | None) -> Value | None:
    if value is None and field.needed:
        form.refuse(name, f"Write {what}.")
    return value


def _decimal(form: Form, name: str, what: str) -> str | None:
    said = form.value(name).strip().replace(",", ".")
    if said and not NUMBER.fullmatch(said):
        form.refuse(name, f"Write {what} as a number such as 12.5.")
        return None
    return said or None
