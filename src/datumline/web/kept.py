"""What was typed is kept: by hand, by itself while somebody types, and when the session ends in the middle.

A form carries a ticket: its owner, signed. It lets nobody read anything; it lets a form that comes back after
the session ended be put into its owner's workspace, where the same person finds it after signing in again.
"""

from __future__ import annotations

from dataclasses import replace

from django.core import signing
from django.http import HttpRequest

from datumline.domain.people.access import OPERATOR, Actor
from datumline.domain.problem import Problem
from datumline.services import workspace
from datumline.services.context import Context
from datumline.services.entries import sent
from datumline.services.visit import Visit
from datumline.services.workspace import KeptForm
from datumline.web.forms import KEEP, ONCE, OWN, SEEN, STEP, Form

SALT = "datumline.web.kept"
LONGEST_OPEN = 7 * 86400  # seconds for which a form that was left open is kept; a limit, no policy


def with_ticket(form: Form, asked: Visit, title: str) -> Form:
    """The form, able to be kept for who asks even when their session ends."""
    form.keep = signing.dumps([asked.context.actor.author, title], salt=SALT, compress=True)
    return form


def resumed(asked: Visit, place: str, blank: Form) -> tuple[Form, KeptForm | None]:
    """The form as its owner left it, and when that was; the blank one where nothing was kept."""
    kept = workspace.kept_at(asked.context, place)
    if kept is None:
        return blank, None
    held = {name: list(values) for name, values in kept.fields.items() if name in blank.names}
    seen = next(iter(kept.fields.get(SEEN, ())), blank.seen)
    return replace(blank, values=held, once=kept.once or blank.once, seen=seen), kept


def keep(asked: Visit, place: str, title: str, form: Form) -> KeptForm | None:
    """Keep a form as it stands; what could not be kept is said above its fields.

    A form that was sent meanwhile is no draft any more: a script may ask a moment too late.
    """
    if sent(asked, form.once) is not None:
        return None
    held = {name: values for name, values in form.values.items() if name != STEP} | {SEEN: [form.seen]}
    try:
        workspace.keep(asked.context, place=place, title=title, once=form.once, fields=held)
    except Problem as problem:
        form.said = f"The draft was not kept: {problem}."
    return workspace.kept_at(asked.context, place)


def is_by_script(request: HttpRequest) -> bool:
    """Whether a script asked that a form be kept: it needs no page, only to know that it was."""
    return bool(request.headers.get("X-Kept"))


def keep_for_later(request: HttpRequest, context: Context) -> bool:
    """Keep what was sent after its session had ended, for the owner whom its ticket names; says whether.

    `context` is anybody's of this home: only its clock and place are used.
    """
    try:
        owner, title = signing.loads(request.POST.get(KEEP, ""), salt=SALT, max_age=LONGEST_OPEN)
        who = Actor(operator=True) if owner == OPERATOR else Actor(person=owner)
        held = {str(name): [str(each) for each in values] for name, values in request.POST.lists()}
        workspace.keep(
            replace(context, actor=who),
            place=request.get_full_path(),
            title=title,
            once=request.POST.get(ONCE, ""),
            fields={name: values for name, values in held.items() if name not in OWN - {SEEN} | {STEP}},
        )
    except (signing.BadSignature, Problem):
        return False
    return True
