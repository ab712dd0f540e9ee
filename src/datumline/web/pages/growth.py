"""The growth document: read it, write a month, answer one, review a quarter, predict, take it along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from datumline.domain.growth.monthly import HEADINGS
from datumline.domain.problem import Problem
from datumline.services import workspace
from datumline.services.growth import (
    PARTS,
    Recalled,
    Review,
    made_document,
    predict,
    recall,
    write_answer,
    write_review,
    write_update,
)
from datumline.services.pages.growth import (
    ReviewPage,
    SelfPage,
    answer_page,
    growth_page,
    review_page,
    self_page,
    team_page,
    update_page,
)
from datumline.services.visit import Visit
from datumline.web.forms import PAGE, SEE_OTHER, STEP, Form, answer, blank, posted
from datumline.web.kept import is_by_script, keep, resumed, with_ticket
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.paper_files import TYPES, as_file
from datumline.web.rendering import page
from datumline.web.shell import Shell

NO_CONTENT = 204
UPDATE_FIELDS = frozenset({STEP, "month", *HEADINGS})
ANSWER_FIELDS = frozenset({STEP, "text"})
REVIEW_PARTS = ("stands", "progress", "risk", "focus")
REVIEW_FIELDS = frozenset({STEP, "quarter", "concerns", *REVIEW_PARTS})
SELF_FIELDS = frozenset({STEP, "cycle", "outcome", "sure", "memory"})


@require_safe
@asked_by_somebody
def growth(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """The document of somebody: the trajectory, first where they stand."""
    view = or_absent(growth_page(asked, person))
    return page(request, "growth.html", _shell(asked, mine=view.mine), view)


def _shell(asked: Visit, *, mine: bool) -> Shell:
    shell = shell_of(asked, "growth")
    return shell if mine else replace(shell, current="growth")


@require_safe
@asked_by_somebody
def team(request: HttpRequest, asked: Visit) -> HttpResponse:
    """The documents of everybody whom the one who asks leads; one's own for who leads nobody."""
    view = team_page(asked)
    if view is None:
        if asked.me is None or growth_page(asked, asked.me) is None:
            raise Http404
        return HttpResponseRedirect(f"/people/{asked.me}/growth")
    return page(request, "growth_team.html", shell_of(asked, "growth"), view)


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def update(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """Write the bullets of a month."""
    view = or_absent(update_page(asked, person))
    here, title = f"/people/{person}/growth/update", f"Monthly update ({view.name})"
    first = {"month": view.months[0][0]}
    form, early = _form(request, asked, here, title, blank(UPDATE_FIELDS, first))
    if early is not None:
        return early
    if request.method == "POST" and form.value(STEP) == "write":
        month = form.choice("month", "the month", [each for each, _ in view.months], needed=True)
        bullets = {name: form.lines(name, "bullets") for name in HEADINGS}
        form.tries(
            lambda: write_update(
                asked, person=person, month=date.fromisoformat(month), bullets=bullets, key=form.once
            )
        )
        if (done := _done(asked, form, here, f"/people/{person}/growth#months-title")) is not None:
            return done
    return answer(request, "growth_update.html", shell_of(asked, "growth"), view, form)


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def answer_update(request: HttpRequest, asked: Visit, entry: str) -> HttpResponse:
    """Answer a month in writing."""
    view = or_absent(answer_page(asked, entry))
    here, title = f"/entries/{entry}/answer", f"Answer to {view.month.words} ({view.name})"
    form, early = _form(request, asked, here, title, blank(ANSWER_FIELDS))
    if early is not None:
        return early
    if request.method == "POST" and form.value(STEP) == "write":
        text = form.text("text", "your answer", needed=True, most=PAGE)
        form.tries(lambda: write_answer(asked, update=entry, text=text, key=form.once))
        if (done := _done(asked, form, here, f"/people/{view.person}/growth#months-title")) is not None:
            return done
    return answer(request, "growth_answer.html", shell_of(asked, "growth"), view, form)


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def review(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """Write a quarterly review, from a draft of what the quarter holds."""
    wanted = (request.POST if request.method == "POST" else request.GET).get("quarter", "")
    view = or_absent(review_page(asked, person, wanted))
    here, title = f"/people/{person}/growth/review", f"Quarterly review ({view.name})"
    form, early = _form(request, asked, here, title, blank(REVIEW_FIELDS, _drafted(view)))
    if early is not None:
        return early
    if request.method == "POST" and form.value(STEP) == "write":
        said = _review(form, view)
        form.tries(lambda: write_review(asked, person=person, review=said, key=form.once))
        if (done := _done(asked, form, here, f"/people/{person}/growth")) is not None:
            return done
    return answer(request, "growth_review.html", shell_of(asked, "growth"), view, form)


def _drafted(view: ReviewPage) -> dict[str, str]:
    draft = view.draft
    return {
        "quarter": view.quarter.isoformat(),
        "progress": draft.progress,
        "risk": draft.risk,
        "focus": draft.focus,
        "concerns": "\n".join(draft.concerns),
    }


def _review(form: Form, view: ReviewPage) -> Review:
    form.choice("quarter", "the quarter", [each for each, _ in view.quarters], needed=True)
    texts = {name: form.text(name, f"“{words}”", needed=True, most=PAGE) for name, words in view.parts}
    return Review(
        quarter=view.quarter,
        concerns=form.lines("concerns", "the concerns"),
        cites=view.draft.cites,
        **texts,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """Predict and recall; `recalled` what the text that was just sent covers."""

    view: SelfPage
    recalled: tuple[Recalled, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def expect(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """What the engineer expects of the next review, and the next level's criteria from memory."""
    view = or_absent(self_page(asked, person))
    form = blank(SELF_FIELDS, {"cycle": view.cycles[0][0] if view.cycles else ""})
    if request.method == "POST":
        form = posted(request, SELF_FIELDS)
        if form.value(STEP) == "recall":
            memory = form.text("memory", "the criteria", needed=True, most=PAGE)
            told = form.tries(lambda: recall(asked, person=person, text=memory, key=form.once))
            around = Mine(view=view, recalled=told or ())
            return answer(request, "growth_expect.html", shell_of(asked, "growth"), around, form)
        _predicted(asked, form, view)
        if (done := form.done(f"/people/{person}/growth#predictions-title")) is not None:
            return done
    return answer(request, "growth_expect.html", shell_of(asked, "growth"), Mine(view=view), form)


def _predicted(asked: Visit, form: Form, view: SelfPage) -> None:
    cycle = form.choice("cycle", "the review", [each for each, _ in view.cycles], needed=True)
    outcome = form.choice("outcome", "the outcome", view.outcomes, needed=True)
    sure = form.count("sure", "how sure you are, in percent", most=view.certain)
    if sure is None and "sure" not in form.faults:
        form.refuse("sure", "Write how sure you are, in percent.")
    form.tries(
        lambda: predict(
            asked, person=view.person, cycle=cycle, outcome=outcome, sure=sure or 0, key=form.once
        )
    )


def _form(
    request: HttpRequest, asked: Visit, here: str, title: str, first: Form
) -> tuple[Form, HttpResponse | None]:
    """The form as it stands, and the answer where its draft was all that was asked about."""
    if request.method != "POST":
        return with_ticket(resumed(asked, here, first)[0], asked, title), None
    form = with_ticket(posted(request, first.names), asked, title)
    step = form.value(STEP)
    if step == "discard":
        workspace.discard(asked.context, here)
        return form, HttpResponseRedirect(here, status=SEE_OTHER)
    if step == "keep":
        keep(asked, here, title, form)
        if is_by_script(request) and form.good:
            return form, HttpResponse(status=NO_CONTENT)
    return form, None


def _done(asked: Visit, form: Form, here: str, way_on: str) -> HttpResponse | None:
    done = form.done(way_on)
    if done is not None:
        workspace.discard(asked.context, here)
    return done


@require_safe
@asked_by_somebody
def document(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """The document as a file: `part` of it, `as` one of four formats."""
    part, wanted = request.GET.get("part", PARTS[0]), request.GET.get("as", "pdf")
    if wanted not in TYPES:
        raise Http404
    try:
        made = made_document(
            asked, person, asked.context.at(), part=part, review=request.GET.get("review", "")
        )
    except Problem as wrong:
        raise Http404 from wrong
    return as_file(made, wanted, name=f"growth-{part}-{asked.context.today}")
