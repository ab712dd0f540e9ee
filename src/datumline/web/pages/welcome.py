"""The first run: whose this home is. There until somebody has said, and never again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from allauth.account.internal.flows.password_reset import perform_password_reset_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from datumline.services import accounts, founding
from datumline.services.founding import ADMINISTRATOR, DUTIES, Founder
from datumline.web.adapters import TOO_MANY, allowed
from datumline.web.forms import SEE_OTHER, Form, answer, blank, posted
from datumline.web.installed import opened
from datumline.web.pages.sign_in import new_password, outside

ALONE, ORGANISATION = "alone", "organisation"
FIELDS = frozenset({"whose", "code", "organisation", "name", "email", "password", "again", "duties"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """The page.

    Attributes:
        code: whether the code that the console shows is asked for: others than the owner could come by.
        alone: whether this can be one person's own.
        folder: where everything will stand.
    """

    code: bool
    alone: bool
    folder: str


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """GET shows the two choices; POST makes one of them so."""
    if opened().context().mode is not None:
        raise Http404
    if request.method != "POST":
        return _ask(request, blank(FIELDS, {"duties": [ADMINISTRATOR]}))
    form = posted(request, FIELDS, many={"duties"})
    whose = form.choice("whose", "whose this is", (ALONE, ORGANISATION), needed=True)
    _check_code(request, form)
    if whose == ALONE and not opened().alone_possible:
        form.refuse("whose", "Others can reach these pages: an organisation signs in.")
    if not form.good:
        return _ask(request, form)
    return _alone(request, form) if whose == ALONE else _organisation(request, form)


def _alone(request: HttpRequest, form: Form) -> HttpResponse:
    form.tries(lambda: founding.work_alone(opened()))
    return form.done("/") or _ask(request, form)


def _organisation(request: HttpRequest, form: Form) -> HttpResponse:
    founder = Founder(
        organisation=form.text("organisation", "its name", needed=True),
        name=form.text("name", "your name", needed=True),
        email=form.text("email", "your e-mail address", needed=True),
        password=new_password(form, accounts.unsaved(form.value("email"))),
        duties=form.choices("duties", "duties", DUTIES),
    )
    if founder.email and not accounts.is_address(founder.email):
        form.refuse("email", "Write an address such as ada@firm.example.")
    if ADMINISTRATOR not in founder.duties:
        form.refuse("duties", "Somebody has to administer it at first. Hand it on later.")
    made = form.tries(lambda: founding.found(opened(), founder))
    account = None if made is None else accounts.account(made.id)
    if account is None:
        return _ask(request, form)
    perform_password_reset_login(request, account, email=account.email)
    return HttpResponseRedirect("/", status=SEE_OTHER)


def _check_code(request: HttpRequest, form: Form) -> None:
    """The code, where one is asked for; guesses are counted, and an absent code fits nothing."""
    wanted = opened().first_run_code
    if not wanted:
        return
    if not allowed(request, "login"):
        form.said = TOO_MANY
    said = "".join(form.value("code").split())
    if not said or not secrets.compare_digest(said.encode(), wanted.encode()):
        form.refuse("code", "That is not the code that the console shows.")


def _ask(request: HttpRequest, form: Form) -> HttpResponse:
    view = Welcome(
        code=bool(opened().first_run_code),
        alone=opened().alone_possible,
        folder=str(opened().home),
    )
    return answer(request, "welcome.html", outside(), view, form)
