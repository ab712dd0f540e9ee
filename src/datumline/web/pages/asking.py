"""Who asks for a page: whoever signed in, the person chosen in a demo, or the operator of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.person import PersonId
from datumline.services.break_glass import open_now
from datumline.services.context import Mode
from datumline.services.pages.accounts import answers_for_accounts
from datumline.services.pages.house import is_the_house
from datumline.services.visit import Visit, role_of, visit
from datumline.web import signed_in
from datumline.web.installed import opened
from datumline.web.shell import ACCOUNTS, BENEATH, IMPORTS, MY_PLACES, PLACES, RECEIPTS, Place, Shell

COOKIE = "datumline-who"
SALT = "datumline.web.who"
A_DAY_IN_SECONDS = 86400
ALONE = "operator of this machine"


Parts = ParamSpec("Parts")
View = TypeVar("View")
Page = Callable[Concatenate[HttpRequest, Visit, Parts], HttpResponse]


def chosen(request: HttpRequest) -> PersonId | None:
    """Whom the visitor of a demo chose to be; None when nobody, or when the cookie was not written here."""
    value: str | None = request.get_signed_cookie(COOKIE, default=None, salt=SALT, max_age=A_DAY_IN_SECONDS)
    return value


def remember(response: HttpResponse, person: PersonId) -> HttpResponse:
    """Keep the choice for a day, in a cookie that is signed and that no script can read."""
    response.set_signed_cookie(
        COOKIE, person, salt=SALT, max_age=A_DAY_IN_SECONDS, httponly=True, samesite="Lax"
    )
    return response


def asked_by_somebody(page: Page[Parts]) -> Callable[Concatenate[HttpRequest, Parts], HttpResponse]:
    """A page of a home, for whoever asks; the way to say who one is for nobody."""

    @wraps(page)
    def answer(request: HttpRequest, /, *parts: Parts.args, **named: Parts.kwargs) -> HttpResponse:
        asked = who_asks(request)
        return asked if isinstance(asked, HttpResponse) else page(request, asked, *parts, **named)

    return answer


def who_asks(request: HttpRequest) -> Visit | HttpResponse:
    """The visit of whoever asks, or where to say who that is; a new home first asks whose it is."""
    context = opened().context()
    if context.mode is Mode.ORGANISATION:
        return signed_in.asked_by(request)
    if context.mode is Mode.ALONE:
        return visit(context)
    if context.mode is None:
        return HttpResponseRedirect("/welcome")
    person = chosen(request)
    asked = visit(opened().context(person)) if person else None
    if asked is None or asked.me not in asked.chart.people:
        return HttpResponseRedirect("/who")
    return asked


def shell_of(asked: Visit, current: str) -> Shell:
    """The frame around a page for this visitor."""
    context = asked.context
    leads = context.actor.operator or asked.people != (asked.me,)
    return Shell(
        today=context.today,
        viewer="You" if context.actor.operator else asked.name_of(asked.me),
        role=ALONE if context.actor.operator else role_of(asked, asked.me or ""),
        demo=context.demo,
        solo=context.mode is Mode.ALONE,
        signed_in=context.mode is Mode.ORGANISATION,
        current=current,
        places=PLACES if leads or is_the_house(asked) else MY_PLACES,
        beneath=tuple(_beneath(asked)),
        glass=tuple(
            (asked.name_of(each.subject), each.subject, each.ends_at)
            for each in open_now(asked)
            if each.ends_at is not None
        ),
    )


def _beneath(asked: Visit) -> Iterator[Place]:
    yield from BENEATH
    if asked.me is not None or asked.context.actor.operator:
        yield RECEIPTS
    if asked.gate.allows(Verb.WRITE, Noun.IMPORT):
        yield IMPORTS
    if answers_for_accounts(asked):
        yield ACCOUNTS


def or_absent(view: View | None) -> View:
    """The view, or the page for what does not exist: what may not be seen looks just like it."""
    if view is None:
        raise Http404
    return view
