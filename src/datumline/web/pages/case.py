"""The acts of an improvement case: one form each, answered with the concern's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from datumline.domain.improvement.case_events import Event
from datumline.domain.improvement.coaching_record import RESULTS
from datumline.domain.improvement.terms import AREAS, Expectation, Support, Terms
from datumline.domain.improvement.transition import Path
from datumline.domain.problem import Problem
from datumline.services import plans
from datumline.services.case_papers import WHICH, made_paper
from datumline.services.diagnosis import Diagnosed, diagnose
from datumline.services.entries import sent
from datumline.services.pages.case_form import CaseForm, case_form, concern_address
from datumline.services.pages.case_request import case_request
from datumline.services.plans import About, WeekReading
from datumline.services.visit import Visit
from datumline.web import case_words
from datumline.web.case_words import EXPECTATIONS, SUPPORTS
from datumline.web.forms import PAGE, Form, answer, blank, posted
from datumline.web.pages.asking import asked_by_somebody, or_absent, shell_of
from datumline.web.paper_files import TYPES, as_file

MOVED = "Somebody wrote about this person since you opened the form."
TERMS = frozenset(
    {f"e{n}_{part}" for n in EXPECTATIONS for part in ("says", "area", "measure")}
    | {f"s{n}_{part}" for n in SUPPORTS for part in ("what", "until", "by")}
)
FIELDS: Mapping[str, frozenset[str]] = {
    "diagnose": frozenset({"type", "individual", "team", "organisation", "impact", "why"}),
    "open-coaching": TERMS | {"on", "until", "text"},
    "read-week": frozenset({"week_of", "text", *(f"r{n}" for n in range(1, 21))}),
    "close-coaching": frozenset({"outcome", "because"}),
    "draft-plan": TERMS | {"on", "override", "text"},
    "amend-plan": TERMS | {"because"},
    "ask-pause": frozenset({"on", "because"}),
    "resume-plan": frozenset(),
    "ask-time": frozenset({"until", "because"}),
    "close-plan": frozenset({"outcome", "because"}),
    "offer-move": frozenset({"path", "beside", "on", "text"}),
    "close-move": frozenset({"because"}),
    "tell-skip-level": frozenset({"text"}),
    "tell-hr": frozenset({"text"}),
}
Do = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The page around the form."""

    view: CaseForm
    words: object = case_words


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def case_act(request: HttpRequest, asked: Visit, person: str, act: str) -> HttpResponse:
    """The act that the address names, in the case about the concern that it names."""
    if act not in FIELDS:
        raise Http404
    view = _view(asked, person, act, request)
    shell, around = shell_of(asked, "people"), Around(view=view)
    if request.method != "POST":
        form = blank(FIELDS[act], dict(view.first), seen=view.state)
        return answer(request, "case_act.html", shell, around, form)
    form = posted(request, FIELDS[act])
    about = About(person=person, concern=view.concern, key=form.once)
    do = READERS[act](form, asked, about, view)
    if sent(asked, form.once) is None:
        form.stays(view.state, MOVED)
    form.tries(do)
    done = form.done(f"{view.back}&done={act}")
    return done or answer(request, "case_act.html", shell, around, form)


def _view(asked: Visit, person: str, act: str, request: HttpRequest) -> CaseForm:
    return or_absent(case_form(asked, person, act, request.GET.get("name", "")))


@require_http_methods(["GET", "HEAD", "POST"])
@asked_by_somebody
def case_answer(request: HttpRequest, asked: Visit, person: str, wanted: str) -> HttpResponse:
    """A request of the case: approve or decline it as a second person, or give what was approved."""
    view = or_absent(case_request(asked, person, wanted))
    names = frozenset({"step", "because"})
    shell = shell_of(asked, "people")
    if request.method != "POST":
        return answer(request, "case_request.html", shell, view, blank(names, seen=view.state))
    form = posted(request, names)
    about = About(person=person, concern=view.concern, key=form.once)
    step = form.choice("step", "what to do", ("approve", "decline", "give"), needed=True)
    because = form.text("because", "the reason", most=PAGE)
    if sent(asked, form.once) is None:
        form.stays(view.state, MOVED)
    if step == "give":
        form.tries(lambda: plans.give(asked, about, request=wanted))
    else:
        form.tries(
            lambda: plans.answer(asked, about, request=wanted, approve=step == "approve", because=because)
        )
    done = form.done(
        f"{concern_address(person, view.concern)}&done={'give' if step == 'give' else 'approve'}"
    )
    return done or answer(request, "case_request.html", shell, view, form)


@require_safe
@asked_by_somebody
def paper(request: HttpRequest, asked: Visit, person: str, which: str) -> HttpResponse:
    """The dossier or the plan as a file, in the format that `as` names."""
    wanted = request.GET.get("as", "pdf")
    if which not in WHICH or wanted not in TYPES:
        raise Http404
    try:
        made = made_paper(asked, which, person, asked.context.at(), concern=request.GET.get("name", ""))
    except Problem as wrong:
        raise Http404 from wrong
    return as_file(made, wanted, name=f"{which}-{asked.context.today}")


def _terms(form: Form) -> Terms:
    """The rows of the form that say something."""
    expectations, support = [], []
    for n in EXPECTATIONS:
        says, measure = (
            form.text(f"e{n}_says", "what is expected"),
            form.text(f"e{n}_measure", "how it is read"),
        )
        area = form.choice(f"e{n}_area", "an area", AREAS)
        if says or measure:
            expectations.append(Expectation(says=says, area=area or AREAS[0], measure=measure))
    for n in SUPPORTS:
        what, until = form.text(f"s{n}_what", "the support"), form.day(f"s{n}_until", "until when")
        by = form.text(f"s{n}_by", "by whom")
        if what:
            support.append(Support(what=what, until=until, by=by))
    return Terms(expectations=tuple(expectations), support=tuple(support))


def _diagnosis(form: Form, asked: Visit, about: About, view: CaseForm) -> Do:
    said = Diagnosed(
        type=form.choice("type", "a type", [value for value, _ in view.options], needed=True),
        levels={level: form.text(level, name, most=PAGE) for level, name, _ in view.levels},
        impact=form.text("impact", "the impact", most=PAGE),
        why=form.text("why", "why", needed=True, most=PAGE),
    )
    return lambda: diagnose(asked, about, said)


def _coaching(form: Form, asked: Visit, about: About, view: CaseForm) -> Do:
    del view
    terms, starts = _terms(form), form.day("on", "the first day", needed=True)
    until, text = form.day("until", "the last day"), form.text("text", "the words", most=PAGE)
    return lambda: plans.open_coaching(
        asked, about, terms=terms, starts=starts or date.min, until=until, text=text
    )


def _week(form: Form, asked: Visit, about: About, view: CaseForm) -> Do:
    week = form.day("week_of", "the week", needed=True, last=view.today)
    readings = []
    for place, each in enumerate(view.terms.expectations, 1):
        result = form.choice(f"r{place}", "a result", RESULTS, needed=True)
        readings.append(WeekReading(expectation=each.says, area=each.area, result=result))
    text = form.text("text", "the words", most=PAGE)
    return lambda: plans.read_week(asked, about, week_of=week or view.today, readings=readings, text=text)


def _close_coaching(form: Form, asked: Visit, about: About, view: CaseForm) -> Do:
    outcome, because = _outcome(form, view)
    return lambda: plans.close_coaching(asked, about, outcome=outcome, because=because)


def _outcome(form: Form, view: CaseForm) -> tuple[str, str]:
    outcome = form.choice("outcome", "an outcome", [value for value, _ in view.options], needed=True)
    return outcome, _because(form)


def _because(form: Form) -> str:
    return form.text("because", "the reason", needed=True, most=PAGE)


def _draft(form: Form, asked: Visit, about: About, view: CaseForm) -> Do:
    del view
    terms, starts = _terms(form), form.day("on", "the first day", needed=True)
    override, text = form.text("override", "the reason", most=PAGE), form.text("text", "the words", most=PAGE)
    return lambda: plans.draft_plan(
        asked, about, terms=terms, starts=starts or date.min, override=override, text=text
    )


def _amend(form: Form, asked: Visit, about: About, view: CaseForm) -> Do:
    del view
    terms, because = _terms(form), _because(form)
    return lambda: plans.amend(asked, about, terms=terms, because=because)


def _pause(form: Form, asked: Visit, about: About, view: CaseForm) -> Do:
    on, because = form.day("on", "the first day", needed=True), _because(form)
    return lambda: plans.ask_pause(asked, about, on=on or view.today, because=because)


def _time(form: Form, asked: Visit, about: About, view: CaseForm) -> Do:
    until, because = form.day("until", "the last day", needed=True), _because(form)
    return lambda: plans.ask_extension(asked, about, until=until or view.today, because=because)


def _close(form: Form, asked: Visit, about: About, view: CaseForm) -> Do:
    outcome, because = _outcome(form, view)
    return lambda: plans.close_plan(asked, about, outcome=outcome, because=because)


def _move(form: Form, asked: Visit, about: About, view: CaseForm) -> Do:
    path = form.choice("path", "where it leads", [value for value, _ in view.options], needed=True)
    beside, text = form.text("beside", "who", needed=True), form.text("text", "the words", most=PAGE)
    starts = form.day("on", "the first day", needed=True)
    return lambda: plans.offer_transition(
        asked, about, path=Path(path), beside=beside, starts=starts or date.min, text=text
    )


def _close_move(form: Form, asked: Visit, about: About, view: CaseForm) -> Do:
    del view
    because = _because(form)
    return lambda: plans.close_transition(asked, about, because=because)


def _told(whom: Event) -> Callable[[Form, Visit, About, CaseForm], Do]:
    def read(form: Form, asked: Visit, about: About, view: CaseForm) -> Do:
        del view
        text = form.text("text", "the words", most=PAGE)
        return lambda: plans.tell(asked, about, whom=whom, text=text)

    return read


def _resume(form: Form, asked: Visit, about: About, view: CaseForm) -> Do:
    del form, view
    return lambda: plans.resume(asked, about)


READERS: Mapping[str, Callable[[Form, Visit, About, CaseForm], Do]] = {
    "diagnose": _diagnosis,
    "open-coaching": _coaching,
    "read-week": _week,
    "close-coaching": _close_coaching,
    "draft-plan": _draft,
    "amend-plan": _amend,
    "ask-pause": _pause,
    "resume-plan": _resume,
    "ask-time": _time,
    "close-plan": _close,
    "offer-move": _move,
    "close-move": _close_move,
    "tell-skip-level": _told(Event.SKIP_LEVEL_TOLD),
    "tell-hr": _told(Event.HR_TOLD),
}
