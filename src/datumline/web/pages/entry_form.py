"""The form of an entry: a new one, a correction, a private note published. Shown back before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from datumline.domain.evidence.acts import Act
from datumline.domain.evidence.kinds import Type
from datumline.domain.evidence.receipt import Receipt
from datumline.services import workspace
from datumline.services.entries import Said, correct, look, publish, sent, write
from datumline.services.pages.entry_form import EntryForm, entry_again, entry_form
from datumline.services.visit import Visit
from datumline.services.workspace import KeptForm
from datumline.web import entry_words
from datumline.web.forms import SEE_OTHER, STEP, Form, answer, blank, posted
from datumline.web.kept import is_by_script, keep, resumed, with_ticket
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.pages.entry_fields import (
    MANY,
    OF_KIND,
    REASON,
    lines_of,
    names_of,
    said_in,
    typed,
)
from datumline.web.rendering import page
from datumline.web.shell import Shell

NO_CONTENT = 204
MOVED = "Somebody wrote about this entry since you opened the form."
Save = Callable[[Said, str, str], Receipt]  # what is said, the reason, the key


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """The page around the form.

    Attributes:
        title: what is done; `lede` what that means.
        here: the form's own address, and `back` the page to leave it for.
        save, done: the button that saves, and the name of what was done then.
        reason: whether a reason is asked for.
        shown: the entry line by line, when it is shown back; empty while it is written.
        kept: the draft that the form was filled from, if any.
    """

    view: EntryForm
    title: str
    lede: str
    here: str
    back: str
    save: str
    done: str = "write"
    reason: bool = False
    shown: tuple[tuple[str, str], ...] = ()
    audience: str = ""
    kept: KeptForm | None = None
    words: object = entry_words


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def new_entry(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """Write an entry about somebody; without a kind that one may write, choose one first."""
    view = or_absent(entry_form(asked, person, request.GET.get("kind", "")))
    around = FormPage(
        view=view,
        title=view.kind_name[:1].upper() + view.kind_name[1:] if view.kind else "Write an entry",
        lede="",
        here=request.get_full_path(),
        back=f"/people/{person}",
        save="Write it down",
    )
    if view.kind is None:
        if request.method == "POST":
            raise Http404
        return page(request, "entry_form.html", shell_of(asked, "people"), around)

    def save(said: Said, reason: str, key: str) -> Receipt:
        del reason
        return write(asked, about=person, said=said, key=key)

    return _answered(request, asked, around, save)


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def correct_entry(request: HttpRequest, asked: Visit, entry: str) -> HttpResponse:
    """Replace what an entry says, with a reason."""

    def save(said: Said, reason: str, key: str) -> Receipt:
        return correct(asked, entry=entry, said=said, reason=reason, key=key)

    return _again(request, asked, entry, Act.CORRECT, save)


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def publish_note(request: HttpRequest, asked: Visit, entry: str) -> HttpResponse:
    """Write what a private note says for the person to read."""

    def save(said: Said, reason: str, key: str) -> Receipt:
        del reason
        return publish(asked, entry=entry, said=said, key=key)

    return _again(request, asked, entry, Act.PUBLISH, save)


def _again(request: HttpRequest, asked: Visit, entry: str, act: Act, save: Save) -> HttpResponse:
    view = or_absent(entry_again(asked, entry, act))
    words = entry_words.ACTS[act]
    around = FormPage(
        view=view,
        title=f"{words.label}: {view.title or view.kind_name}",
        lede=words.hint,
        here=request.path,
        back=f"/entries/{entry}",
        save="Publish it" if act is Act.PUBLISH else "Replace it",
        done=act.value,
        reason=act is Act.CORRECT,
    )
    return _answered(request, asked, around, save)


def _answered(request: HttpRequest, asked: Visit, around: FormPage, save: Save) -> HttpResponse:
    """GET shows the form, as its owner left it; POST does what its button says."""
    view, shell = around.view, shell_of(asked, "people")
    names = names_of(view, reason=around.reason)
    if request.method != "POST":
        start = blank(names, _at_first(view) | _asked_for(request, view), seen=view.state)
        form, kept = resumed(asked, around.here, start)
        return _shown(request, shell, around, with_ticket(form, asked, _draft_title(around)), kept)
    form = with_ticket(posted(request, names, many=MANY), asked, _draft_title(around))
    step = form.value(STEP)
    if step == "discard":
        workspace.discard(asked.context, around.here)
        return HttpResponseRedirect(around.here, status=SEE_OTHER)
    if step == "keep":
        return _kept(request, asked, shell, around, form)
    if step == "edit":
        return _shown(request, shell, around, form, None)
    return _written(request, asked, around, form, save)


def _asked_for(request: HttpRequest, view: EntryForm) -> dict[str, str | list[str]]:
    """What the address of a new entry fills in: the concern that it is to be written in."""
    asks = view.said is None and "concern" in view.asks
    return {"concern": request.GET.get("concern", "")} if asks else {}


def _at_first(view: EntryForm) -> dict[str, str | list[str]]:
    first: dict[str, str | list[str]] = {
        "happened": view.today.isoformat(),
        "first_hand": "observed",
        "audience": view.audiences[0],
    }
    flags = {OF_KIND + each.name: "" for each in view.amounts if each.type is Type.FLAG}
    return first | flags | (typed(view.said) if view.said else {})


def _written(request: HttpRequest, asked: Visit, around: FormPage, form: Form, save: Save) -> HttpResponse:
    view, shell = around.view, shell_of(asked, "people")
    said = said_in(form, view)
    reason = form.text(REASON, "the reason", needed=True) if around.reason else ""
    if sent(asked, form.once) is None and not form.stays(view.state, MOVED):
        said = None
    draft = form.tries(lambda: look(asked, about=view.person, said=said)) if said else None
    if said is None or draft is None or not form.good:
        keep(asked, around.here, _draft_title(around), form)
        return _shown(request, shell, around, form, None)
    if form.value(STEP) != "write":
        keep(asked, around.here, _draft_title(around), form)
        lines = tuple(lines_of(said, view)) + ((("Reason", reason),) if reason else ())
        audience = view.audiences[0] if around.reason else draft.audience.value
        back = replace(around, shown=lines, audience=audience)
        return page(request, "entry_form.html", shell, back, form=form)
    receipt = form.tries(lambda: save(said, reason, form.once))
    if receipt is None:
        return _shown(request, shell, around, form, None)
    workspace.discard(asked.context, around.here)
    return HttpResponseRedirect(f"/entries/{receipt.hash}?done={around.done}", status=SEE_OTHER)


def _kept(request: HttpRequest, asked: Visit, shell: Shell, around: FormPage, form: Form) -> HttpResponse:
    """Keep the draft: a script gets no page, only whether it was kept."""
    kept = keep(asked, around.here, _draft_title(around), form)
    if is_by_script(request) and form.good:
        return HttpResponse(status=NO_CONTENT)
    return _shown(request, shell, around, form, kept)


def _shown(
    request: HttpRequest, shell: Shell, around: FormPage, form: Form, kept: KeptForm | None
) -> HttpResponse:
    return answer(request, "entry_form.html", shell, replace(around, kept=kept), form)


def _draft_title(around: FormPage) -> str:
    return f"{around.title} ({around.view.name})"
