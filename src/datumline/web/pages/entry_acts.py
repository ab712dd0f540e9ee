"""An act on an entry: GET says what it means, POST does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from datumline.domain.evidence.acts import Act
from datumline.domain.evidence.receipt import Receipt
from datumline.domain.evidence.redaction import Basis
from datumline.services import entries, redactions, workspace
from datumline.services.entries import sent
from datumline.services.pages.entry_act import EntryAct, entry_act
from datumline.services.redactions import OwnRequestError
from datumline.services.visit import Visit
from datumline.web import entry_words
from datumline.web.forms import PAGE, STEP, Form, answer, blank, posted
from datumline.web.kept import is_by_script, keep, resumed, with_ticket
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.rendering import page

FORBIDDEN = 403
MOVED = "Somebody wrote about this entry since you opened the page."
TEXTS = {Act.REPLY: "text", Act.DISPUTE: "reason", Act.RETRACT: "reason", Act.DECLINE: "reason"}
NO_CONTENT = 204
FIELDS: Mapping[Act, frozenset[str]] = {
    Act.ACKNOWLEDGE: frozenset(),
    Act.GRANT: frozenset(),
    Act.REDACT: frozenset({"fields", "basis"}),
} | {act: frozenset({name, STEP}) for act, name in TEXTS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """The page around an act; `text` names the field for somebody's words, if there is one."""

    view: EntryAct
    text: str
    refused: bool = False
    words: object = entry_words


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def act_on_entry(request: HttpRequest, asked: Visit, entry: str, act: str) -> HttpResponse:
    """The act that the address names, on the entry that it names."""
    named = next((each for each in FIELDS if each == act), None)
    if named is None:
        raise Http404
    view = or_absent(entry_act(asked, entry, named))
    shell, around = shell_of(asked, "people"), ActPage(view=view, text=TEXTS.get(named, ""))
    if request.method != "POST":
        form, _ = resumed(asked, request.path, blank(FIELDS[named], seen=view.state))
        return answer(request, "entry_act.html", shell, around, with_ticket(form, asked, _title(view)))
    form = with_ticket(posted(request, FIELDS[named], many={"fields"}), asked, _title(view))
    if form.value(STEP) == "keep":
        keep(asked, request.path, _title(view), form)
        if is_by_script(request) and form.good:
            return HttpResponse(status=NO_CONTENT)
        return answer(request, "entry_act.html", shell, around, form)
    act_with = _read(form, asked, view)
    if sent(asked, form.once) is None:
        form.stays(view.state, MOVED)
    try:
        form.tries(act_with)
    except OwnRequestError:
        refused = ActPage(view=view, text="", refused=True)
        return page(request, "entry_act.html", shell, refused, form=form, status=FORBIDDEN)
    done = form.done(f"/entries/{view.about}?done={named}")
    if done is None:
        return answer(request, "entry_act.html", shell, around, form)
    workspace.discard(asked.context, request.path)
    return done


def _title(view: EntryAct) -> str:
    return f"{entry_words.ACTS[view.act].label}: {view.title} ({view.subject_name})"


def _read(form: Form, asked: Visit, view: EntryAct) -> Callable[[], Receipt]:
    """What the form says to do."""
    entry, key, act = view.entry, form.once, view.act
    if act is Act.ACKNOWLEDGE:
        return lambda: entries.acknowledge(asked, entry=entry, key=key)
    if act is Act.GRANT:
        return lambda: redactions.grant(asked, request=entry, key=key)
    if act is Act.REDACT:
        return _asking(form, asked, view)
    said = form.text(TEXTS[act], "your reply" if act is Act.REPLY else "the reason", needed=True, most=PAGE)
    if act is Act.REPLY:
        return lambda: entries.reply(asked, entry=entry, text=said, key=key)
    if act is Act.DECLINE:
        return lambda: redactions.decline(asked, request=entry, reason=said, key=key)
    do = entries.dispute if act is Act.DISPUTE else entries.retract
    return lambda: do(asked, entry=entry, reason=said, key=key)


def _asking(form: Form, asked: Visit, view: EntryAct) -> Callable[[], Receipt]:
    fields = form.choices("fields", "the words", view.fields)
    if not fields:
        form.refuse("fields", "Choose which words are to be struck.")
    basis = form.choice("basis", "the reason", [each.value for each in Basis], needed=True)
    key = form.once
    return lambda: redactions.ask(asked, entry=view.entry, fields=fields, basis=Basis(basis), key=key)
