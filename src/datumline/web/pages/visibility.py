"""The visibility plan: read it, write or change it, sign, audit, choose; the stretch-project check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from datumline.domain.visibility.artifacts import FIELDS, Artifact
from datumline.domain.visibility.forecast import Choice, State
from datumline.services.entries import sent
from datumline.services.pages.visibility import (
    PlanForm,
    VisibilityPage,
    plan_form,
    stretch_form,
    visibility_page,
)
from datumline.services.visibility import audit, choose, propose, record_stretch, sign
from datumline.services.visit import Visit
from datumline.web.forms import PAGE, STEP, Form, answer, blank, posted
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.rendering import page

PLAN_FIELDS = frozenset(
    {STEP, "starts", *(f"{each.value}_{name}" for each in Artifact for name in FIELDS[each])}
)
ACT_FIELDS = frozenset(
    {
        STEP,
        "plan",
        "choice",
        "text",
        *(f"{kind}_{each.value}" for each in Artifact for kind in ("state", "said")),
    }
)
STRETCH_FIELDS = frozenset(
    {STEP, "project", "budget", "sponsor", "title", "statement_on", "top3", "user", "outside", "confirms"}
)
MOVED = "The plan was changed since you opened the page."


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def visibility(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """The plan of somebody; POST signs, audits or chooses."""
    view = or_absent(visibility_page(asked, person))
    if request.method != "POST":
        return answer(
            request, "visibility.html", shell_of(asked, "growth"), view, blank(ACT_FIELDS, seen=view.state)
        )
    form = posted(request, ACT_FIELDS)
    if sent(asked, form.once) is None:
        form.stays(view.state, MOVED)
    acts = {"sign": _sign, "audit": _audit, "choose": _choose}
    act = acts.get(form.value(STEP))
    if act is not None:
        act(asked, form, view)
    return form.done(f"/people/{person}/visibility") or answer(
        request, "visibility.html", shell_of(asked, "growth"), view, form
    )


def _sign(asked: Visit, form: Form, view: VisibilityPage) -> None:
    form.tries(lambda: sign(asked, person=view.person, plan=form.value("plan"), key=form.once))


def _audit(asked: Visit, form: Form, view: VisibilityPage) -> None:
    states: dict[Artifact, tuple[State, str]] = {}
    for each in Artifact:
        chosen = form.choice(f"state_{each.value}", "how it stands", [*State], needed=True)
        text = form.text(f"said_{each.value}", "a few words")
        if chosen:
            states[each] = (State(chosen), text)
    form.tries(lambda: audit(asked, person=view.person, month=view.owes, states=states, key=form.once))


def _choose(asked: Visit, form: Form, view: VisibilityPage) -> None:
    chosen = form.choice("choice", "what follows", [*Choice], needed=True)
    text = form.text("text", "what will be done", needed=True, most=PAGE)
    form.tries(lambda: choose(asked, person=view.person, choice=Choice(chosen), text=text, key=form.once))


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def plan(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """Write a version of the plan, which signs it for the one who writes."""
    view = or_absent(plan_form(asked, person))
    if request.method != "POST":
        return answer(
            request,
            "visibility_plan.html",
            shell_of(asked, "growth"),
            view,
            blank(PLAN_FIELDS, _first(view), seen=view.state),
        )
    form = posted(request, PLAN_FIELDS)
    if sent(asked, form.once) is None:
        form.stays(view.state, MOVED)
    starts = form.day("starts", "the first day", needed=True)
    said = {
        each: {name: form.text(f"{each.value}_{name}", "a few words", needed=True) for name in FIELDS[each]}
        for each in Artifact
    }
    form.tries(
        lambda: propose(asked, person=person, starts=starts or view.starts, artifacts=said, key=form.once)
    )
    return form.done(f"/people/{person}/visibility") or answer(
        request, "visibility_plan.html", shell_of(asked, "growth"), view, form
    )


def _first(view: PlanForm) -> Mapping[str, str]:
    said = {f"{card.id}_{name}": value for card in view.artifacts for name, _, value in card.fields}
    return {"starts": view.starts.isoformat(), **said}


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def stretch(request: HttpRequest, asked: Visit, person: str) -> HttpResponse:
    """Check a stretch project before it is assigned; put the check on record."""
    view = or_absent(stretch_form(asked, person))
    if request.method != "POST":
        form = blank(STRETCH_FIELDS, {"project": request.GET.get("project", "")})
        return answer(request, "stretch.html", shell_of(asked, "growth"), view, form)
    form = posted(request, STRETCH_FIELDS)
    facts = _facts(form)
    project = form.text("project", "the project", needed=True)
    if form.value(STEP) == "write":
        form.tries(lambda: record_stretch(asked, person=person, project=project, facts=facts, key=form.once))
        if (done := form.done(f"/people/{person}/visibility#stretch-title")) is not None:
            return done
    judged = form.tries(lambda: stretch_form(asked, person, facts))
    shown = judged or view
    if form.good:
        return page(request, "stretch.html", shell_of(asked, "growth"), shown, form=form)
    return answer(request, "stretch.html", shell_of(asked, "growth"), shown, form)


def _facts(form: Form) -> dict[str, Any]:
    """The facts as the table reads them: what was left open is unknown, what was said to be none is none."""
    facts: dict[str, Any] = {}
    if budget := form.text("budget", "the budget"):
        facts["budget"] = None if budget.casefold() == "none" else budget
    sponsor: dict[str, Any] = {}
    for name, key in (("sponsor", "name"), ("title", "title")):
        if said := form.text(name, "the sponsor"):
            sponsor[key] = said
    stated = form.day("statement_on", "the day of the statement")
    if stated is not None:
        sponsor["statement_on"] = stated.isoformat()
    if (top := form.flag("top3", "yes or no")) is not None:
        sponsor["top3"] = top
    if sponsor:
        facts["sponsor"] = sponsor
    if user := form.text("user", "who will use it"):
        told: dict[str, Any] = {"team": user}
        outside, confirms = form.flag("outside", "yes or no"), form.flag("confirms", "yes or no")
        told |= {} if outside is None else {"own_team": not outside}
        told |= {} if confirms is None else {"confirms": confirms}
        facts["users"] = [told]
    return facts
