"""Sign-in by OpenID Connect, with the pages and a real provider each as a process of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import connections
from playwright.sync_api import Page

from datumline.services.context import Mode
from datumline.store import accounts
from datumline.store.models import Account
from support.databases import DATABASES, new_home
from support.page_world import INES, JENS, LENA, MONA, NILS, small_world
from support.provider import (
    NAME,
    PASSWORD,
    Elsewhere,
    query_of,
    running_provider,
    settings_for,
    with_query,
)
from support.signing_in import account_of
from support.site import free_port, served

pytestmark = pytest.mark.slow
REFUSED = "/sign-in?why=elsewhere"
STRANGER = "stranger@elsewhere.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The pages of the small organisation, and the provider that it trusts."""

    pages: str
    provider: subprocess.Popen[bytes]


@pytest.fixture(scope="module", params=DATABASES)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Mona, Nils (disabled) and Lena (unchecked there) have accounts here; Ines was never invited."""
    folder = tmp_path_factory.mktemp("office")
    with ExitStack() as stack:
        home = stack.enter_context(new_home(request, folder / "home"))
        small_world(home, mode=Mode.ORGANISATION)
        stack.callback(connections.close_all)
        for person in (MONA, NILS, LENA, JENS):
            account_of(person)
        accounts.set_disabled(account_of(NILS).id, disabled=True)
        port = free_port()
        pages = f"http://localhost:{port}"  # another host than the provider's, so that no cookie is shared
        checked = (
            "mona@firm.example",
            "nils@firm.example",
            "jens@firm.example",
            "ines@firm.example",
            STRANGER,
        )
        there, process = stack.enter_context(
            running_provider(folder, pages, checked=checked, unchecked=["lena@firm.example"])
        )
        stack.enter_context(served(home, port=port, **settings_for(there)))
        yield Office(pages=pages, provider=process)


def browser(office: Office) -> Elsewhere:
    return Elsewhere(pages=office.pages)


@pytest.mark.browser
def test_the_whole_way_in_a_browser_and_back_to_where_one_was(page: Page, office: Office) -> None:
    for _ in range(2):  # the second time the address is joined to the account already
        page.context.clear_cookies()
        page.goto(f"{office.pages}/people/{INES}")
        page.get_by_role("button", name=f"Sign in with {NAME}").click()
        page.get_by_label("Email").fill("mona@firm.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign In").click()
        page.wait_for_url(f"{office.pages}/people/{INES}")
        assert page.locator("h1").inner_text() == "Ines Okafor"
        assert "Mona Reyes-Tan" in page.locator(".whoami").inner_text()
    assert SocialAccount.objects.filter(user__person=MONA).count() == 1


def test_what_is_asked_for_is_bound_to_this_sign_in(office: Office) -> None:
    first, second = (query_of(browser(office).sent_to()) for _ in range(2))
    assert first["code_challenge_method"] == "S256"
    assert (first["response_type"], set(first["scope"].split())) == ("code", {"openid", "profile", "email"})
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 16
        assert first[name] != second[name]


def test_who_was_invited_gets_in_and_the_session_is_like_any_other(office: Office) -> None:
    jens = browser(office)
    assert jens.signs_in("jens@firm.example") == "/"
    assert jens.is_in
    accounts.set_disabled(account_of(JENS).id, disabled=True)
    try:
        ended = jens.get(f"{office.pages}/people")
        assert ended.headers["Location"].startswith("/sign-in?why=changed")
        assert jens.signs_in("jens@firm.example") in {"/sign-in?why=refused", REFUSED}
        assert not jens.is_in
    finally:
        accounts.set_disabled(account_of(JENS).id, disabled=False)


@pytest.mark.parametrize(
    "email", [STRANGER, "ines@firm.example", "lena@firm.example", "nils@firm.example"],
    ids=["unknown", "never invited", "unchecked there", "disabled"],
)  # fmt: skip
def test_anybody_else_reads_one_line_and_leaves_nothing(office: Office, email: str) -> None:
    before = (Account.objects.count(), _signed_in())
    visitor = browser(office)
    ended = visitor.signs_in(email)
    assert ended in {REFUSED, "/sign-in?why=refused"}
    said = visitor.get(f"{office.pages}{ended}").text
    assert said.count('role="status"') == 1
    assert not visitor.is_in
    assert (Account.objects.count(), _signed_in()) == before


def _signed_in() -> int:
    """Sessions of somebody; those of nobody hold a state only."""
    return sum("_auth_user_id" in each.get_decoded() for each in Session.objects.all())


def test_a_state_of_nobody_or_of_another_browser_opens_nothing(office: Office) -> None:
    mona, victim = browser(office), browser(office)
    back = mona.come_back(mona.sent_to(), "mona@firm.example")
    victim.sent_to()
    for visitor, address in (
        (victim, back),  # somebody else's sign-in, slipped in
        (victim, with_query(back, state=query_of(victim.sent_to())["state"])),  # the code with an own state
        (mona, with_query(back, state="x" * 16)),
        (mona, with_query(back, state="")),
    ):
        assert visitor.arrives(address) == REFUSED
        assert not visitor.is_in


def test_the_same_answer_works_once(office: Office) -> None:
    mona = browser(office)
    back = mona.come_back(mona.sent_to(), "mona@firm.example")
    assert mona.arrives(back) == "/"
    mona.http.cookies.clear()
    assert mona.arrives(back) == REFUSED
    assert not mona.is_in


@pytest.mark.parametrize("nonce", ["another", ""])
def test_a_word_given_in_answer_to_another_question_is_refused(office: Office, nonce: str) -> None:
    """The provider signs the nonce that it was asked with; state, code and verifier are all in order here."""
    mona = browser(office)
    back = mona.come_back(with_query(mona.sent_to(), nonce=nonce), "mona@firm.example")
    assert mona.arrives(back) == REFUSED
    assert not mona.is_in


def test_a_code_that_the_provider_did_not_give_and_a_sign_in_that_was_left(office: Office) -> None:
    mona = browser(office)
    for changed in ({"code": "forged"}, {"code": "", "error": "access_denied"}):
        back = mona.come_back(mona.sent_to(), "mona@firm.example")
        assert mona.arrives(with_query(back, **changed)) == REFUSED
        mona.http.cookies.clear()


@pytest.mark.parametrize("next_", ["//evil.example", "https://evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_on_to_another_place(office: Office, next_: str) -> None:
    mona = browser(office)
    assert mona.arrives(mona.come_back(mona.sent_to(next=next_), "mona@firm.example")) == "/"


def test_a_provider_that_does_not_answer_leaves_the_password(office: Office) -> None:
    """The last of these: nobody signs in there afterwards."""
    visitor = browser(office)
    back = visitor.come_back(visitor.sent_to(), "mona@firm.example")
    office.provider.terminate()
    office.provider.wait(timeout=10)
    assert visitor.arrives(back) == "/sign-in?why=unreachable"
    assert not visitor.is_in
    page = visitor.http.get(f"{office.pages}/sign-in", timeout=10).text
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    answer = visitor.post(f"{office.pages}/sign-in/elsewhere", csrfmiddlewaretoken=token)
    assert answer.headers["Location"] == "/sign-in?why=unreachable"
    assert "does not answer" in visitor.get(f"{office.pages}/sign-in?why=unreachable").text
    assert requests.codes.ok == visitor.get(f"{office.pages}/sign-in").status_code
