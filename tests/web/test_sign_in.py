"""Sign-in: who gets in, what a session rests on, when it is over, and what nobody can tell from outside.

The numbers are those of the attack matrix.
"""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.services import accounts as room
from datumline.services.context import Mode
from datumline.services.visit import visit
from datumline.store import accounts
from datumline.store.ledger import place
from datumline.store.models import Account, AccountLink
from datumline.web import installed, signed_in
from datumline.web.signed_in import BEGAN, IDLE_SECONDS, LONGEST_SECONDS, SEEN, SEEN_SALT
from support.homes import DATABASE_URL, HOME, Home
from support.mailbox import mailbox
from support.page_world import HANA, INES, LENA, MONA, NILS, TODAY, VERA, World, at_noon, small_world
from support.signing_in import PASSWORD, account_of
from support.signing_in import signed_in as signed
from support.totp import code_of

ANOTHER = "nine copper kettles"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - a test's own
UNKNOWN = "nobody@firm.example"
HOST = {"host": "localhost"}


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The small organisation, where everybody signs in; Vera administers it."""
    home = Home(folder=tmp_path / "home", database_url=None)
    monkeypatch.setenv(HOME, str(home.folder))
    monkeypatch.delenv(DATABASE_URL, raising=False)
    installed.opened.cache_clear()
    try:
        world = small_world(home, mode=Mode.ORGANISATION)
        _position(VERA, {"role": "director, admin"})
        yield world
    finally:
        connections.close_all()


def browser(*, strict: bool = False) -> Client:
    return Client(headers=HOST, enforce_csrf_checks=strict)


def post(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {"once": "a1"} | fields)


def _position(person: str, said: dict[str, Any]) -> None:
    draft = Draft(kind=Kind.POSITION, author="import:people", subject=person, occurred_on=TODAY, amounts=said)
    place([draft], clock=at_noon(date(2026, 6, 30)))


def _link(person: str, asker: str | None = VERA) -> str:
    """A link by somebody; None is the operator of the machine."""
    opened = installed.opened()
    return room.offer_link(visit(opened.context(asker)), person, opened.outgoing, "").secret


def _words(answer: Any) -> str:
    """A page without what is random in every form."""
    return re.sub(r'(csrfmiddlewaretoken|once)" value="[^"]*"', r"\1", answer.content.decode())


# Who gets in


def test_nobody_in_particular_is_asked_to_sign_in() -> None:
    answer = browser().get(f"/people/{INES}?as_of=2026-04-30")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/sign-in?next=%2Fpeople%2F{INES}%3Fas_of%3D2026-04-30"


def test_who_signed_in_sees_what_their_place_lets_them_see() -> None:
    page = signed(browser(), MONA).get("/people").content.decode()
    assert "Ines Okafor" in page
    assert "Lena Brandt" not in page
    assert "You are working alone" not in page


def test_the_address_is_the_same_in_any_letters() -> None:
    account_of(MONA)
    assert post(browser(), "/sign-in", email=" MONA@Firm.Example ", password=PASSWORD).status_code == 303


def test_there_is_no_choice_of_role_and_no_way_to_sign_up() -> None:
    for address in ("/who", "/welcome", "/accounts/signup/", "/signup", "/sign-up", "/accounts/login/"):
        assert browser().get(address).status_code in {404, 303}, address
    assert browser().get("/who").status_code == 404


def test_a_signed_in_page_costs_two_queries_more() -> None:
    client = signed(browser(), MONA)
    client.get("/people")
    with CaptureQueriesContext(connection) as spent:
        assert client.get("/people").status_code == 200
    ours = [each["sql"] for each in spent if "account" in each["sql"] or "session" in each["sql"]]
    assert len(ours) == 2, ours
    assert not any(re.match("INSERT|UPDATE|DELETE", each["sql"]) for each in spent)


# The attack matrix A36: three live sessions


def _three(person: str) -> list[Client]:
    clients = [signed(browser(), person) for _ in range(3)]
    assert all(each.get("/people").status_code == 200 for each in clients)
    return clients


def _over(clients: list[Client], why: str = "changed") -> bool:
    answers = [each.get("/people") for each in clients]
    return all(
        each.status_code == 303 and each.headers["Location"].startswith(f"/sign-in?why={why}")
        for each in answers
    )


@pytest.mark.parametrize(
    "said", [{"role": "engineer"}, {"manager": NILS}, {"unit": "people"}, {"active": False}], ids=str
)
def test_another_place_ends_every_session_at_the_next_request(said: dict[str, Any]) -> None:
    clients = _three(MONA)
    _position(MONA, said)
    assert _over(clients)
    assert Session.objects.count() == 0
    page = clients[0].get("/sign-in?why=changed").content.decode()
    assert "because your account or your place in the organisation changed" in page


def test_to_be_disabled_ends_every_session_at_the_next_request() -> None:
    clients, admin = _three(MONA), signed(browser(), VERA)
    assert post(admin, f"/accounts/{MONA}/disable").status_code == 303
    assert _over(clients)
    assert post(browser(), "/sign-in", email="mona@firm.example", password=PASSWORD).status_code == 422
    assert post(admin, f"/accounts/{MONA}/enable").status_code == 303
    assert _over(clients, why="") or all(each.get("/people").status_code == 303 for each in clients)


def test_a_new_password_ends_every_other_session() -> None:
    first, *others = _three(MONA)
    assert post(first, "/account/password", password=ANOTHER, again=ANOTHER).status_code == 303
    assert first.get("/people").status_code == 200
    assert _over(others)


def test_somebody_elses_place_ends_nobodys_session() -> None:
    clients = _three(MONA)
    _position(LENA, {"role": "staff-engineer"})
    assert all(each.get("/people").status_code == 200 for each in clients)


def test_one_can_end_ones_own_sessions_and_nobody_elses() -> None:
    first, second, third = _three(MONA)
    other = signed(browser(), NILS)
    page = first.get("/account").content.decode()
    called = re.findall(r"/account/sessions/([0-9a-f]{32})/end", page)
    assert len(set(called)) == 3
    numbers = [str(each) for each in UserSession.objects.values_list("pk", flat=True)]
    for said in (*called, *numbers, "é"):
        assert post(other, f"/account/sessions/{said}/end").status_code == 404, said
    for said in numbers:
        assert post(first, f"/account/sessions/{said}/end").status_code == 404, said
    assert post(first, "/account/sessions/others/end").status_code == 303
    assert first.get("/people").status_code == 200
    assert second.get("/people").status_code == third.get("/people").status_code == 303
    assert other.get("/people").status_code == 200


# The attack matrix A37: forged forms


@pytest.mark.parametrize(
    "address",
    [
        "/sign-in", "/sign-in/second", "/sign-in/passkey", "/sign-in/again", "/sign-in/elsewhere",
        "/sign-out",
        "/forgotten", "/links/x", "/account/password", "/account/app", "/account/app/drop", "/account/codes",
        "/account/keys", "/account/keys/1/drop", "/account/sessions/1/end", "/account/sessions/others/end",
        f"/accounts/{MONA}/link", f"/accounts/{MONA}/disable", f"/accounts/{MONA}/enable", "/welcome",
    ],
)  # fmt: skip
def test_a_form_without_the_pages_token_is_refused(address: str) -> None:
    client = browser(strict=True)
    client.cookies = signed(browser(), VERA).cookies
    assert client.post(address, {"once": "a1"}).status_code == 403
    assert client.get("/people").status_code == 200


def test_to_look_at_an_act_does_nothing() -> None:
    client = signed(browser(), VERA)
    for address in (
        "/sign-out",
        f"/accounts/{MONA}/disable",
        "/account/sessions/others/end",
        "/account/app/drop",
    ):
        assert client.get(address).status_code == 405
    assert client.get("/people").status_code == 200


# The attack matrix A38: being led elsewhere


@pytest.mark.parametrize(
    "next_",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/\n/evil.example"],
)
def test_nobody_is_sent_elsewhere_after_sign_in(next_: str) -> None:
    account_of(MONA)
    answer = post(browser(), "/sign-in", email="mona@firm.example", password=PASSWORD, next=next_)
    assert answer.headers["Location"] == "/"


def test_one_comes_back_to_where_one_was() -> None:
    account_of(MONA)
    said = {"email": "mona@firm.example", "password": PASSWORD, "next": f"/people/{INES}"}
    assert post(browser(), "/sign-in", **said).headers["Location"] == f"/people/{INES}"


def test_another_host_is_not_answered() -> None:
    account_of(MONA)
    answer = Client(headers={"host": "evil.example"}).post(
        "/forgotten", {"email": "mona@firm.example", "once": "a1"}
    )
    assert answer.status_code == 400


def test_no_page_may_stand_in_a_frame() -> None:
    answer = browser().get("/sign-in")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


# The attack matrix A39: what can be told from outside


def test_an_unknown_address_and_a_wrong_password_and_a_disabled_account_read_the_same() -> None:
    accounts.set_disabled(account_of(NILS).id, disabled=True)
    account_of(MONA)
    tries = (("mona@firm.example", ANOTHER), (UNKNOWN, ANOTHER), ("nils@firm.example", ANOTHER))
    answers = [post(browser(), "/sign-in", email=email, password=word) for email, word in tries]
    pages = {_words(answer).replace(email, "") for answer, (email, _) in zip(answers, tries, strict=True)}
    assert {answer.status_code for answer in answers} == {422}
    assert len(pages) == 1


def test_a_disabled_account_with_its_password_gets_no_session_and_the_same_words() -> None:
    accounts.set_disabled(account_of(NILS).id, disabled=True)
    client = browser()
    answer = post(client, "/sign-in", email="nils@firm.example", password=PASSWORD)
    assert "do not belong together" in _words(answer)
    assert client.get("/people").status_code == 303


def test_to_ask_for_a_link_reads_and_writes_the_same_for_every_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account_of(MONA)
    spent = []
    for name, value in (
        ("DATUMLINE_SMTP_URL", "smtp://127.0.0.1:9"),
        ("DATUMLINE_MAIL_FROM", "datumline@firm.example"),
        ("DATUMLINE_ADDRESS", "https://firm.example"),
    ):
        monkeypatch.setenv(name, value)
    for email in ("mona@firm.example", UNKNOWN):
        with CaptureQueriesContext(connection) as queries:
            answer = post(browser(), "/forgotten", email=email)
        assert answer.headers["Location"] == "/forgotten/asked"
        ours = [
            each["sql"]
            for each in queries
            if "account_link" in each["sql"] or 'FROM "account"' in each["sql"] or "job" in each["sql"]
        ]
        spent.append([each.partition(" ")[0] for each in ours])
    assert spent == [["INSERT"], ["INSERT"]]


def test_the_same_work_is_done_for_an_unknown_address() -> None:
    """As many password hashes are computed; measured in calls, which no busy machine can blur."""
    from django.contrib.auth import hashers  # noqa: PLC0415 - looked into, not used

    account_of(MONA)
    counted: list[int] = []
    hasher = type(hashers.get_hasher())
    plain = hasher.encode
    calls = 0

    def encode(self: Any, *args: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        return plain(self, *args, **more)

    hasher.encode = encode  # type: ignore[method-assign]
    try:
        for email in ("mona@firm.example", UNKNOWN):
            calls = 0
            post(browser(), "/sign-in", email=email, password=ANOTHER)
            counted.append(calls)
    finally:
        hasher.encode = plain  # type: ignore[method-assign]
    assert counted[0] == counted[1] == 1


def test_a_thousand_guesses_are_not_answered() -> None:
    account_of(MONA)
    client = browser()
    for n in range(1000):
        assert post(client, "/sign-in", email="mona@firm.example", password=f"guess {n}").status_code == 422
        if n == 8:
            break
    answer = post(client, "/sign-in", email="mona@firm.example", password=PASSWORD)
    assert answer.status_code == 422
    assert "Too many tries" in answer.content.decode()
    unknown = browser()
    for n in range(6):
        answer = post(unknown, "/sign-in", email=UNKNOWN, password=f"guess {n}")
    assert "Too many tries" in answer.content.decode()


# The attack matrix A40: links are bound, and work once


def test_a_link_sets_the_password_once_and_signs_in() -> None:
    secret = _link(LENA)
    client = browser()
    assert "lena@firm.example" in client.get(f"/links/{secret}").content.decode()
    assert post(client, f"/links/{secret}", password=ANOTHER, again=ANOTHER).status_code == 303
    assert client.get("/").status_code == 200
    assert post(browser(), f"/links/{secret}", password=PASSWORD, again=PASSWORD).status_code == 404
    assert post(browser(), "/sign-in", email="lena@firm.example", password=ANOTHER).status_code == 303


def test_a_newer_link_ends_the_older_one() -> None:
    older, newer = _link(LENA), _link(LENA)
    assert browser().get(f"/links/{older}").status_code == 404
    assert browser().get(f"/links/{newer}").status_code == 200


def test_a_link_ends_with_the_address_that_it_was_made_for() -> None:
    secret = _link(LENA)
    said: dict[str, Any] = {"name": "Lena Brandt", "emails": ["lena.brandt@firm.example"], "zone": "UTC"}
    draft = Draft(kind=Kind.PROFILE, author="import:people", subject=LENA, occurred_on=TODAY, amounts=said)
    place([draft], clock=at_noon(TODAY))
    assert post(browser(), f"/links/{secret}", password=ANOTHER, again=ANOTHER).status_code == 404


def test_a_link_of_a_disabled_account_leads_nowhere() -> None:
    secret = _link(LENA)
    known = accounts.of_person(LENA)
    assert known
    accounts.set_disabled(known.id, disabled=True)
    assert browser().get(f"/links/{secret}").status_code == 404


def test_nobody_invites_whom_they_may_not() -> None:
    """Administrators invite anybody but themselves, HR partners their unit, managers and engineers nobody."""
    assert post(signed(browser(), HANA), f"/accounts/{LENA}/link").status_code == 200
    for asker, whom in ((MONA, LENA), (INES, LENA), (VERA, VERA)):
        client = signed(browser(), asker)
        assert post(client, f"/accounts/{whom}/link").status_code == 404
    assert post(signed(browser(), HANA), f"/accounts/{LENA}/disable").status_code == 404
    assert signed(browser(), MONA).get("/accounts").status_code == 404


def test_a_link_for_an_account_in_use_is_shown_to_nobody_who_signs_in() -> None:
    account_of(LENA)
    account_of(MONA)
    for asker, whom in ((VERA, MONA), (HANA, LENA)):
        answer = post(signed(browser(), asker), f"/accounts/{whom}/link")
        assert answer.status_code == 200
        assert "/links/" not in answer.content.decode()
        assert "datumline account reset" in answer.content.decode()
    assert AccountLink.objects.count() == 0
    assert _link(LENA, None)


def test_a_link_for_an_account_in_use_leaves_by_mail_alone() -> None:
    account_of(LENA)
    asked = visit(installed.opened().context(VERA))
    with mailbox() as box:
        made = room.offer_link(asked, LENA, box.outgoing, "https://firm.example")
        (letter,) = box.to("lena@firm.example")
        assert "https://firm.example/links/" in letter.get_content()
        box.answers = lambda _: "550 nobody here"
        lost = room.offer_link(asked, LENA, box.outgoing, "https://firm.example")
    assert (made.mailed, made.secret) == (True, "")
    assert (lost.mailed, lost.secret, bool(lost.undelivered)) == (False, "", True)


def test_an_invitation_ends_when_its_account_is_used_by_another_way() -> None:
    secret = _link(LENA, HANA)
    Account.objects.filter(person=LENA).update(last_login=at_noon(TODAY)())
    assert browser().get(f"/links/{secret}").status_code == 404
    assert post(browser(), f"/links/{secret}", password=ANOTHER, again=ANOTHER).status_code == 404


@pytest.mark.parametrize("role", ["admin", "hr-partner", "engineer, admin"])
def test_an_hr_partner_keeps_off_the_account_of_who_holds_a_duty(role: str) -> None:
    client = signed(browser(), HANA)
    assert f"/accounts/{LENA}/link" in client.get("/accounts").content.decode()
    _position(LENA, {"role": role})
    assert f"/accounts/{LENA}/" not in client.get("/accounts").content.decode()
    account_of(NILS)
    _position(NILS, {"role": role})
    for whom in (LENA, NILS):
        for act in ("link", "disable", "enable"):
            assert post(client, f"/accounts/{whom}/{act}").status_code == 404
    assert post(signed(browser(), VERA), f"/accounts/{LENA}/link").status_code == 200


# The attack matrix A41: sessions begin anew, and end


def test_a_session_begins_under_a_new_number() -> None:
    client = browser()
    client.get("/sign-in/passkey")
    before = client.cookies["datumline-session"].value
    signed(client, MONA)
    assert client.cookies["datumline-session"].value != before
    stolen = browser()
    stolen.cookies["datumline-session"] = before
    assert stolen.get("/people").status_code == 303


def test_cookies_are_for_this_site_and_no_script() -> None:
    client = signed(browser(), MONA)
    for name in ("datumline-session", SEEN, "csrftoken"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name
    assert client.get("/people").headers["Cache-Control"] == "no-store, private"


def test_half_an_hour_without_a_request_ends_a_session() -> None:
    client = signed(browser(), MONA)
    name = signing.Signer(salt=SEEN_SALT).unsign(client.cookies[SEEN].value).partition(".")[0]
    for seconds, ended in ((IDLE_SECONDS - 60, False), (IDLE_SECONDS + 1, True)):
        at = int(time.time()) - seconds
        client.cookies[SEEN] = signing.Signer(salt=SEEN_SALT).sign(f"{name}.{at}")
        assert (client.get("/people").status_code == 303) is ended
    assert Session.objects.count() == 0


@pytest.mark.parametrize("value", ["", "x", "a.1:forged"])
def test_a_session_without_its_own_time_is_over(value: str) -> None:
    client = signed(browser(), MONA)
    client.cookies[SEEN] = value
    assert _over([client], "idle")


def test_the_time_of_another_session_does_not_count() -> None:
    one, other = signed(browser(), MONA), signed(browser(), MONA)
    one.cookies[SEEN] = other.cookies[SEEN].value
    assert _over([one], "idle")


def test_twelve_hours_end_a_session_in_any_case() -> None:
    client = signed(browser(), MONA)
    session = client.session
    session[BEGAN] = time.time() - LONGEST_SECONDS - 1
    session.save()
    assert _over([client], "long")


def test_after_sign_out_nothing_is_left() -> None:
    client = signed(browser(), MONA)
    kept = dict(client.cookies.items())
    client.get("/")
    out = post(client, "/sign-out")
    assert out.headers["Location"] == "/sign-in?why=out"
    assert out.headers["Clear-Site-Data"] == '"cache"'
    assert {name for name in (SEEN, signed_in.LOOKED) if out.cookies[name]["max-age"] == 0} == {
        SEEN,
        signed_in.LOOKED,
    }
    again = browser()
    for name, morsel in kept.items():
        again.cookies[name] = morsel.value
    assert again.get("/people").status_code == 303


def test_a_part_of_a_page_is_not_replaced_by_the_sign_in_page() -> None:
    answer = browser().get("/people", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/sign-in")


# The second step


def _with_app(person: str) -> None:
    TOTP.activate(accounts.by_number(account_of(person).id), SECRET)


def _at_the_second_step(person: str) -> Client:
    client = browser()
    email = account_of(person).email
    answer = post(client, "/sign-in", email=email, password=PASSWORD)
    assert answer.headers["Location"] == "/sign-in/second"
    return client


def test_a_password_alone_is_half_the_way() -> None:
    _with_app(MONA)
    client = _at_the_second_step(MONA)
    assert client.get("/people").status_code == 303
    assert post(client, "/sign-in/second", code=code_of(SECRET, time.time())).status_code == 303
    assert client.get("/people").status_code == 200


@pytest.mark.parametrize(
    "fields", [{}, {"code": ""}, {"code": "000000"}, {"credential": ""}, {"credential": "{}"}]
)
def test_no_answer_is_a_wrong_answer(fields: dict[str, str]) -> None:
    """An absent code equals no absent secret."""
    _with_app(MONA)
    client = _at_the_second_step(MONA)
    assert post(client, "/sign-in/second", **fields).status_code == 422
    assert client.get("/people").status_code == 303


def test_a_code_works_once() -> None:
    _with_app(MONA)
    code = code_of(SECRET, time.time())
    assert post(_at_the_second_step(MONA), "/sign-in/second", code=code).status_code == 303
    assert post(_at_the_second_step(MONA), "/sign-in/second", code=code).status_code == 422


def test_codes_are_not_guessed() -> None:
    _with_app(MONA)
    client = _at_the_second_step(MONA)
    answers = [post(client, "/sign-in/second", code=f"{n:06}").content.decode() for n in range(7)]
    assert "Too many tries" in answers[-1]


def test_a_new_password_by_link_does_not_go_round_the_second_step() -> None:
    _with_app(MONA)
    client = browser()
    answer = post(client, f"/links/{_link(MONA, None)}", password=ANOTHER, again=ANOTHER)
    assert answer.headers["Location"] == "/sign-in/second"
    assert client.get("/people").status_code == 303


def test_what_changes_the_ways_in_asks_once_more_who_it_is() -> None:
    client = signed(browser(), MONA)
    session = client.session
    for each in session["account_authentication_methods"]:
        each["at"] -= 3600
    session.save()
    for address in ("/account/password", "/account/app", "/account/keys", "/account/codes"):
        assert client.get(address).headers["Location"].startswith("/sign-in/again"), address
    assert post(client, "/account/app/drop").headers["Location"].startswith("/sign-in/again")
    assert post(client, "/sign-in/again", password=ANOTHER).status_code == 422
    assert (
        post(client, "/sign-in/again", password=PASSWORD, next="/account/app").headers["Location"]
        == "/account/app"
    )
    assert client.get("/account/app").status_code == 200


def test_one_can_end_one_of_ones_own_sessions() -> None:
    first, second = signed(browser(), MONA), signed(browser(), MONA)
    page = first.get("/account").content.decode()
    for part in page.split('<li class="choice">'):
        if "/account/sessions/" in part and "this one" not in part:
            (called,) = re.findall(r"/account/sessions/([0-9a-f]{32})/end", part)
    assert post(first, f"/account/sessions/{called}/end").headers["Location"] == "/account#sessions"
    assert first.get("/people").status_code == 200
    assert second.get("/people").status_code == 303


def test_a_passkey_is_removed_by_its_owner_and_by_nobody_else() -> None:
    nils, mona = signed(browser(), NILS), signed(browser(), MONA)
    account = accounts.by_number(account_of(NILS).id)
    key = Authenticator.objects.create(user=account, type="webauthn", data={"name": "x", "credential": {}})
    page = nils.get("/account").content.decode()
    (called,) = re.findall(r"/account/keys/([0-9a-f]{32})/drop", page)
    for client, said in ((mona, called), (mona, key.pk), (nils, key.pk)):
        assert post(client, f"/account/keys/{said}/drop").status_code == 404
    assert Authenticator.objects.count() == 1
    assert post(nils, f"/account/keys/{called}/drop").headers["Location"] == "/account"
    assert not Authenticator.objects.exists()


def _answers() -> dict[str, str]:
    """What no passkey answers, by what is wrong with it."""
    b64 = {"id": "QQ", "rawId": "QQ", "type": "public-key"}

    def with_response(**fields: Any) -> str:
        return json.dumps(b64 | {"response": fields})

    data = base64.urlsafe_b64encode(b'{"type": "webauthn.get", "challenge": "QQ", "origin": "x"}').decode()
    nested = base64.urlsafe_b64encode(b"\x81" * 9000).decode()
    return {
        "a long number": "1" * 5000,
        "deep": "[" * 100_000,
        "deep, and short enough": "[" * 16_000,
        "a number": "0",
        "no": "false",
        "a text": '"x"',
        "a list": "[1]",
        "nothing in it": "{}",
        "half": '{"id"',
        "no base64": json.dumps(b64 | {"rawId": "%", "id": "%", "response": {}}),
        "an id that is a number": json.dumps(b64 | {"rawId": 1, "id": 1, "response": {}}),
        "no data": with_response(),
        "no JSON in it": with_response(
            clientDataJSON="QQ",
            authenticatorData="QQ",
            signature="QQ",
            userHandle="QQ",
            attestationObject="QQ",
        ),
        "a list in it": with_response(
            clientDataJSON="W10",
            authenticatorData="QQ",
            signature="QQ",
            userHandle="QQ",
            attestationObject="oA",
        ),
        "short authenticator data": with_response(
            clientDataJSON=data, authenticatorData="", signature="", userHandle="_w", attestationObject=nested
        ),
        "no text": "\x00\ud800".encode("utf-8", "replace").decode(),
    }


@pytest.mark.parametrize("credential", _answers().values(), ids=_answers())
def test_what_is_no_answer_of_a_passkey_is_a_wrong_answer(credential: str) -> None:
    outside, inside = browser(), signed(browser(), MONA)
    outside.get("/sign-in/passkey")
    inside.get("/account/keys")
    answer = post(outside, "/sign-in/passkey", credential=credential)
    assert answer.status_code == 422
    assert "That passkey did not sign you in." in answer.content.decode()
    assert post(inside, "/sign-in/again", credential=credential).status_code == 422
    answer = post(inside, "/account/keys", credential=credential, name="mine")
    assert answer.status_code == 422
    assert "That passkey could not be added." in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_local_is_local() -> None:
    assert signed_in.local("/people?q=a") == "/people?q=a"
    assert signed_in.local("people") == signed_in.local("") == "/"


def test_a_duty_that_answers_for_no_accounts_opens_no_list_of_them() -> None:
    _position(NILS, {"role": "engineering-manager, auditor"})
    client = signed(browser(), NILS)
    assert client.get("/accounts").status_code == 404
    assert 'href="/accounts"' not in client.get("/").content.decode()
    admin = signed(browser(), VERA)
    assert 'href="/accounts"' in admin.get("/").content.decode()
    assert 'data-row="lena brandt"' in admin.get("/accounts?q=lena").content.decode()


def test_what_cannot_be_done_for_somebody_says_why_and_is_no_absence() -> None:
    admin = signed(browser(), VERA)
    account_of(NILS)
    assert post(admin, f"/accounts/{NILS}/disable").status_code == 303
    refused = post(admin, f"/accounts/{NILS}/link")
    assert refused.status_code == 409
    assert "Nils Aho cannot be invited." in refused.content.decode()
    assert post(admin, f"/accounts/{'0' * 8}/link").status_code == 404
