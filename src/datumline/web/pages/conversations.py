"""The plan of a conversation, and the checkpoint of a note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from datumline.domain.evidence.agreed import Outcome
from datumline.domain.evidence.entry import Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.feedback.conversation_plan import EXPECTED, SUPPORT, ConversationPlan
from datumline.services import workspace
from datumline.services.entries import Said, sent
from datumline.services.feedback import record_outcome, set_checkpoint, share
from datumline.services.pages.checkpoint import CheckpointPage, checkpoint_page
from datumline.services.pages.conversation import ConversationPage, conversation_page
from datumline.services.visit import Visit
from datumline.services.workspace import KeptForm
from datumline.web.forms import PAGE, SEE_OTHER, STEP, Form, answer, blank, posted
from datumline.web.kept import is_by_script, keep, resumed, with_ticket
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of

OF_EXPECTED = "e_"
FIELDS = frozenset(
    {
        STEP,
        "observation",
        *(OF_EXPECTED + each for each in EXPECTED),
        "support",
        "support_words",
        "until",
        "checkpoints",
        "view",
        "causes",
        "happened",
        "concern",
    }
)
MANY = frozenset({"support"})
NO_CONTENT = 204
MOVED = "Somebody wrote about this note since you opened the page."


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """The plan: what it lacks, and how it would stand in the record."""

    view: ConversationPage
    here: str
    lacks: tuple[str, ...]
    text: str
    kept: KeptForm | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def conversation(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """Plan a conversation; once it was held, write it down for the person to read."""
    view = or_absent(conversation_page(asked, person))
    here, title = f"/people/{person}/conversation", f"Conversation plan ({view.name})"
    kept: KeptForm | None = None
    if request.method != "POST":
        first = {"view": view.view, "causes": view.causes, "happened": view.today.isoformat()}
        form, kept = resumed(asked, here, blank(FIELDS, first | {"concern": request.GET.get("concern", "")}))
    else:
        form = posted(request, FIELDS, many=MANY)
    form = with_ticket(form, asked, title)
    if form.value(STEP) == "discard":
        workspace.discard(asked.context, here)
        return HttpResponseRedirect(here, status=SEE_OTHER)
    plan = _plan(form)
    if request.method == "POST":
        kept = keep(asked, here, title, form) if form.value(STEP) != "write" else None
        if is_by_script(request) and form.good:
            return HttpResponse(status=NO_CONTENT)
        if form.value(STEP) == "write" and (done := _written(asked, form, view, plan, here)):
            return done
    around = PlanPage(view=view, here=here, lacks=view.lacks(plan), text=view.text(plan), kept=kept)
    return answer(request, "conversation.html", shell_of(asked, "people"), around, form)


def _plan(form: Form) -> ConversationPlan:
    days = []
    for line in form.lines("checkpoints", "the checkpoints"):
        try:
            days.append(date.fromisoformat(line))
        except ValueError:
            form.refuse("checkpoints", f"“{line[:20]}” is no day. Write one as 2026-07-14 on each line.")
    return ConversationPlan(
        observation=form.text("observation", "what you saw", most=PAGE),
        expectations={each: form.text(OF_EXPECTED + each, "what is expected") for each in EXPECTED},
        support=form.choices("support", "support", SUPPORT),
        support_words=form.text("support_words", "the support", most=PAGE),
        until=form.day("until", "the end of the window"),
        checkpoints=tuple(sorted(days)),
        view=form.text("view", "a question"),
        causes=form.text("causes", "a question"),
    )


def _written(
    asked: Visit, form: Form, view: ConversationPage, plan: ConversationPlan, here: str
) -> HttpResponse | None:
    happened = form.day("happened", "the day of the conversation", last=view.today, needed=True)
    said = Said(
        kind=Kind.PERSONAL_CONVERSATION,
        occurred_on=happened or view.today,
        title="Conversation",
        text=view.text(plan),
        seen=Seen.OBSERVED,
        concern=form.text("concern", "a concern") or None,
    )
    if not plan.observation:
        form.refuse("observation", "Write what you saw.")
    first = plan.checkpoints[0] if plan.checkpoints else plan.until
    receipt = form.tries(lambda: share(asked, about=view.person, said=said, checkpoint=first, key=form.once))
    if receipt is None:
        return None
    workspace.discard(asked.context, here)
    return HttpResponseRedirect(f"/entries/{receipt.hash}?done=write", status=SEE_OTHER)


CHECK_FIELDS = frozenset({"outcome", "text", "again"})


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def checkpoint(request: HttpRequest, asked: Visit, entry: str) -> HttpResponse:
    """Say what came of a note on its day; or set the day, where it has none."""
    view = or_absent(checkpoint_page(asked, entry))
    if request.method != "POST":
        form = blank(CHECK_FIELDS, seen=view.state)
    else:
        form = posted(request, CHECK_FIELDS)
        if sent(asked, form.once) is None:
            form.stays(view.state, MOVED)
        _checked(asked, form, view)
        done = form.done(f"/entries/{view.note}")
        if done is not None:
            return done
    return answer(request, "checkpoint.html", shell_of(asked, "people"), view, form)


def _checked(asked: Visit, form: Form, view: CheckpointPage) -> None:
    again = form.day("again", "the day to look again", first=view.today, needed=view.on is None)
    if view.on is None:
        form.tries(lambda: set_checkpoint(asked, note=view.note, on=again or view.today, key=form.once))
        return
    chosen = form.choice("outcome", "what came of it", [each for each, _ in view.outcomes], needed=True)
    text = form.text("text", "what you found", needed=True, most=PAGE)
    form.tries(
        lambda: record_outcome(
            asked, note=view.note, outcome=Outcome(chosen), text=text, again=again, key=form.once
        )
    )
