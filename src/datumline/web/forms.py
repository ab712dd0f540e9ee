"""A form that writes: what it shows, what came back from it, and what is wrong with that, field by field.

A page shows a form with `blank`, and reads what was sent with `posted`:

    FIELDS = frozenset({"title", "happened", "principles"})

    def note(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
        view = or_absent(note_page(asked, person))
        if request.method != "POST":
            return answer(request, "note.html", shell, view, blank(FIELDS, seen=view.state))
        form = posted(request, FIELDS, many={"principles"})
        note = Note(
            title=form.text("title", "a title", needed=True),
            happened=form.day("happened", "the day", first=FIRST, last=asked.context.today),
            principles=form.choices("principles", "principles", view.principles),
        )
        if form.stays(view.state, "Somebody wrote about this since you opened the page."):
            form.tries(lambda: write_note(asked, note, key=form.once))
        return form.done(f"/people/{person}") or answer(request, "note.html", shell, view, form)

`forms.html` has the macros: `{% import "forms.html" as forms %}`, then `{{ forms.said(form) }}`,
`<form method="post">{{ forms.hidden(form, csrf) }}{{ forms.text(form, "title", "Title") }}`.

- `once` is random and goes to the ledger as the idempotency key: the same form sent twice is one entry.
- `seen` names the state that the form was made from; when it moved, nothing is written and the page says so.
- A field that the form does not have is refused with 400: nobody says by a form who wrote something, or when.
- What is wrong comes back with status 422 beside all that was typed; what is right is answered with 303.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from datumline.domain.evidence.draft import KeyTaken
from datumline.domain.problem import Problem
from datumline.web.rendering import page
from datumline.web.shell import Shell

ONCE, SEEN, KEEP, CSRF = "once", "seen", "keep", "csrfmiddlewaretoken"
OWN = frozenset({ONCE, SEEN, KEEP, CSRF})
STEP = "step"  # which of a form's buttons was pressed
ONCE_LENGTH = 64
LINE, PAGE = 300, 20_000  # characters; a limit of the layout: a line is a line, a text can still be read
UNPROCESSABLE, SEE_OTHER = 422, 303
LOST = "�"  # what stands where bytes were no text

SENT = (
    "This form was sent before, with other words; what it said then is entry {}. "
    "To write what stands here too, send it once more."
)

Value = TypeVar("Value")


class NoSuchField(BadRequest):
    """What was sent has a field, or a second value, that no form of ours has. Its text is for the reader."""


@dataclass(slots=True, kw_only=True)
class Form:
    """One form: blank, or as it came back.

    Attributes:
        names: the fields that it has.
        values: what stands in each field, as text.
        once, seen: see the module.
        keep: the ticket with which the form is kept when the session ends (`web/kept.py`).
        faults: what is wrong, one line for each field.
        said: what is wrong with the whole; one line above the fields.
    """

    names: frozenset[str]
    values: dict[str, list[str]]
    once: str
    seen: str = ""
    keep: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    said: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing is wrong so far."""
        return not self.faults and not self.said

    def value(self, name: str) -> str:
        """What stands in a field; empty when nothing does."""
        return next(iter(self.values.get(name, ())), "")

    def chosen(self, name: str, value: str) -> bool:
        """Whether that value is one of those chosen in a field."""
        return value in self.values.get(name, ())

    def refuse(self, name: str, what: str) -> None:
        """Say what is wrong with a field; the first thing said stays."""
        self.faults.setdefault(name, what)

    def text(self, name: str, what: str, *, needed: bool = False, most: int = LINE) -> str:
        """A text, trimmed, lines ended by LF. `what` names it in a fault, such as "a title"."""
        said = self.value(name).replace("\r\n", "\n").replace("\r", "\n").strip()
        wrong = next((c for c in said if c == LOST or not _is_text(c)), "")
        if wrong:
            self.refuse(name, f"There is a character that is no text ({_shown(wrong)}). Take it out.")
        elif most <= LINE and "\n" in said:
            self.refuse(name, "This is one line. Put what follows into the text.")
        elif len(said) > most:
            self.refuse(
                name, f"{len(said)} characters; at most {most} fit. Nothing of it is lost: shorten it."
            )
        elif needed and not said:
            self.refuse(name, f"Write {what}.")
        return said

    def lines(self, name: str, what: str, *, most: int = PAGE) -> tuple[str, ...]:
        """The lines of a text that say something, each trimmed."""
        said = self.text(name, what, most=most).splitlines()
        return tuple(line.strip() for line in said if line.strip())

    def choice(self, name: str, what: str, among: Collection[str], *, needed: bool = False) -> str:
        """One of the values offered, a person's id among people for example; empty when none was chosen."""
        said = self.value(name)
        if said and said not in among:
            self.refuse(name, f"Choose {what} from the list.")
            return ""
        if needed and not said:
            self.refuse(name, f"Choose {what}.")
        return said

    def choices(self, name: str, what: str, among: Collection[str]) -> tuple[str, ...]:
        """Those of the values offered that were chosen, principles for example, each once."""
        said = tuple(dict.fromkeys(each for each in self.values.get(name, ()) if each))
        if any(each not in among for each in said):
            self.refuse(name, f"Choose {what} from the list.")
        return said

    def flag(self, name: str, what: str) -> bool | None:
        """Yes, no, or None where neither was said."""
        return {"yes": True, "no": False}.get(self.choice(name, what, ("yes", "no")))

    def day(
        self,
        name: str,
        what: str,
        *,
        first: date = date(1970, 1, 1),
        last: date = date(2200, 1, 1),
        needed: bool = False,
    ) -> date | None:
        """A day within both ends, written as 2026-06-30; None when none was said."""
        said = self.value(name).strip()
        if not said:
            if needed:
                self.refuse(name, f"Say {what}.")
            return None
        try:
            day = date.fromisoformat(said) if len(said) == len("2026-06-30") else None
        except ValueError:
            day = None
        if day is None or not first <= day <= last:
            self.refuse(name, f"Write {what} as 2026-06-30, between {first} and {last}.")
            return None
        return day

    def count(self, name: str, what: str, *, most: int = 2**31 - 1) -> int | None:
        """A whole number from 0 on; None when none was said."""
        said = self.value(name).strip()
        if not said:
            return None
        if not (said.isascii() and said.isdigit() and len(said) <= len(str(most)) and int(said) <= most):
            self.refuse(name, f"Write {what} as a whole number from 0 to {most}.")
            return None
        return int(said)

    def stays(self, now: str, what_moved: str) -> bool:
        """Whether what the form was made from is as it was; else says so, once."""
        if self.seen == now:
            return True
        self.seen = now
        self.said = f"{what_moved} Nothing was written yet: look again, then send it once more."
        return False

    def tries(self, act: Callable[[], Value]) -> Value | None:
        """Do the act when nothing is wrong. A Problem becomes the line above the fields, or beside one."""
        if not self.good:
            return None
        try:
            return act()
        except KeyTaken as taken:
            self.once = secrets.token_hex(16)
            self.said = SENT.format(taken.entry[:12])
        except Problem as problem:
            self.once = secrets.token_hex(16)
            if problem.where in self.names:
                self.refuse(problem.where, f"{problem.what}; expected {problem.expected}.")
            else:
                self.said = f"{problem}."
        return None

    def done(self, address: str) -> HttpResponse | None:
        """The way on when all is right: a page that can be loaded again without writing again."""
        return HttpResponseRedirect(address, status=SEE_OTHER) if self.good else None


def blank(
    names: Iterable[str], values: Mapping[str, str | Iterable[str]] | None = None, *, seen: str = ""
) -> Form:
    """A form to be shown, with what stands in its fields at first."""
    held = {name: [value] if isinstance(value, str) else [*value] for name, value in (values or {}).items()}
    return Form(names=frozenset(names), values=held, once=secrets.token_hex(16), seen=seen)


def posted(
    request: HttpRequest, names: Iterable[str], *, many: Collection[str] = (), files: Collection[str] = ()
) -> Form:
    """The form as it came back; `many` are the fields that may have several values, `files` those for files.

    Raises NoSuchField (400) for any other field, and for one that came twice.
    """
    known = frozenset(names)
    held = {name: [str(each) for each in values] for name, values in request.POST.lists()}
    strange = sorted(set(held) - known - OWN) + sorted(set(request.FILES) - set(files))
    if strange:
        raise NoSuchField(f"This form has no field '{strange[0][:LINE]}'.")
    doubled = sorted(name for name, values in held.items() if len(values) > 1 and name not in many)
    doubled += sorted(name for name, values in request.FILES.lists() if len(values) > 1)
    if doubled:
        raise NoSuchField(f"The field '{doubled[0]}' came more than once.")
    own = {name: next(iter(held.pop(name, ())), "") for name in OWN}
    once = own[ONCE]
    if not (once.isascii() and once.isalnum() and len(once) <= ONCE_LENGTH):
        raise NoSuchField("This form was not made here: its own number is missing.")
    return Form(names=known, values=held, once=once, seen=own[SEEN][:LINE])


def answer(request: HttpRequest, template: str, shell: Shell, view: object, form: Form) -> HttpResponse:
    """The page with its form: 200 as it is first shown, 422 when something is wrong with what came back."""
    return page(request, template, shell, view, form=form, status=200 if form.good else UNPROCESSABLE)


def _is_text(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"}


def _shown(character: str) -> str:
    return f"U+{ord(character):04X}"
