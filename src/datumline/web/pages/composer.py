"""The composer: write a note about somebody, see while typing how it reads, mend it, share it.

`step`: `check` reads it back, `look` shows it as it will stand, `write` shares it, `keep` and `discard` are
the draft's; `mend` (its own field) applies one offered mend. Without a script each is a button of the form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from datumline.domain.evidence.entry import Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.feedback.starting_points import blanks
from datumline.services import workspace
from datumline.services.entries import Said, look
from datumline.services.feedback import may_compose, share
from datumline.services.pages.composer import CheckedNote, ComposerPage, checked_note, composer_page
from datumline.services.visit import Visit
from datumline.services.workspace import KeptForm
from datumline.web.forms import PAGE, SEE_OTHER, STEP, UNPROCESSABLE, Form, blank, posted
from datumline.web.kept import is_by_script, keep, resumed, with_ticket
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.rendering import page

MEND = "mend"
FIELDS = frozenset({STEP, MEND, "kind", "title", "happened", "text", "concern", "checkpoint"})
NO_CONTENT = 204
FRAGMENT = "X-Datumline-Fragment"
LONGEST_MEND = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePage:
    """The page: `note` is the text read back; `shown` whether it stands there as it will be shared."""

    view: ComposerPage
    note: CheckedNote
    here: str
    shown: bool = False
    kept: KeptForm | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def compose(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """The composer about somebody."""
    view = or_absent(composer_page(asked, person, request.GET.get("start", "")))
    here, title = f"/people/{person}/note", f"Note ({view.name})"
    if request.method != "POST":
        form, kept = resumed(asked, here, blank(FIELDS, _first(view, request.GET.get("concern", ""))))
        if view.start and not form.value("text").strip():
            form.values["text"] = [view.start.text]
            form.values["title"] = [view.start.title]
        return _shown(request, asked, with_ticket(form, asked, title), view, here=here, kept=kept)
    form = with_ticket(posted(request, FIELDS), asked, title)
    step = form.value(STEP)
    if step == "discard":
        workspace.discard(asked.context, here)
        return HttpResponseRedirect(here, status=SEE_OTHER)
    if step == "keep":
        kept = keep(asked, here, title, form)
        if is_by_script(request) and form.good:
            return HttpResponse(status=NO_CONTENT)
        return _shown(request, asked, form, view, here=here, kept=kept)
    if form.value(MEND):
        _mended(asked, form)
    if form.value(MEND) or step not in {"look", "write"}:
        return _shown(request, asked, form, view, here=here)
    return _sent(request, asked, form, view, here)


@require_POST
@asked_by_somebody
def check(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """What stands beside the note while somebody types: the fragment alone."""
    if not may_compose(asked, person):
        raise Http404
    form = posted(request, FIELDS)
    note = checked_note(asked, _text(form), _happened(form, asked.context.today))
    answer = page(request, "composer_part.html", shell_of(asked, "people"), note, form=form)
    answer.headers[FRAGMENT] = "note"
    return answer


def _first(view: ComposerPage, concern: str) -> dict[str, str]:
    return {
        "kind": Kind.SBI.value,
        "happened": view.today.isoformat(),
        "concern": concern if concern in view.concerns else "",
    }


def _text(form: Form) -> str:
    """What was typed, lines ended by LF, so that offsets are the same for the browser and the engine."""
    return form.value("text").replace("\r\n", "\n").replace("\r", "\n")


def _happened(form: Form, today: date) -> date:
    try:
        day = date.fromisoformat(form.value("happened"))
    except ValueError:
        return today
    return day if date(1970, 1, 1) < day <= today else today


def _mended(asked: Visit, form: Form) -> None:
    """Apply the mend that was pressed, as it was offered for this very text."""
    text = _text(form)
    note = checked_note(asked, text, _happened(form, asked.context.today))
    offered = {
        f"{number}.{place}": mend
        for number, finding in enumerate(note.findings)
        for place, mend in enumerate(finding.mends)
    }
    mend = offered.get(form.value(MEND)[:LONGEST_MEND])
    if mend is not None:
        form.values["text"] = [mend.applied(text)]


def _sent(request: HttpRequest, asked: Visit, form: Form, view: ComposerPage, here: str) -> HttpResponse:
    """Show it as it will stand, or share it; what is wrong stands beside its field."""
    said = _said(form, view)
    checkpoint = form.day("checkpoint", "the day to look again", first=said.occurred_on)
    for each in blanks(said.text)[:1]:
        form.refuse("text", f"A blank is left: {each}. Fill it in, or take it out.")
    form.tries(lambda: look(asked, about=view.person, said=said))
    if form.value(STEP) != "write":
        keep(asked, here, f"Note ({view.name})", form)
        return _shown(request, asked, form, view, here=here, shown=form.good)
    receipt = form.tries(
        lambda: share(asked, about=view.person, said=said, checkpoint=checkpoint, key=form.once)
    )
    if receipt is None:
        return _shown(request, asked, form, view, here=here)
    workspace.discard(asked.context, here)
    return HttpResponseRedirect(f"/entries/{receipt.hash}?done=write", status=SEE_OTHER)


def _said(form: Form, view: ComposerPage) -> Said:
    kind = form.choice("kind", "what it is", [each for each, _ in view.kinds], needed=True)
    return Said(
        kind=Kind(kind) if kind and "kind" not in form.faults else Kind.SBI,
        occurred_on=form.day("happened", "the day of the note", last=view.today, needed=True) or view.today,
        title=form.text("title", "a line by which to find it", needed=True),
        text=form.text("text", "the note", needed=True, most=PAGE),
        seen=Seen.OBSERVED,
        concern=form.text("concern", "a concern") or None,
    )


def _shown(  # noqa: PLR0913 - the parts of one page
    request: HttpRequest,
    asked: Visit,
    form: Form,
    view: ComposerPage,
    *,
    here: str,
    shown: bool = False,
    kept: KeptForm | None = None,
) -> HttpResponse:
    note = checked_note(asked, _text(form), _happened(form, view.today))
    if note.commit and not form.value("checkpoint"):
        form.values["checkpoint"] = [note.commit.isoformat()]
    around = replace(NotePage(view=view, note=note, here=here, kept=kept), shown=shown)
    answer = page(request, "composer.html", shell_of(asked, "people"), around, form=form)
    if not form.good:
        answer.status_code = UNPROCESSABLE
    return answer
