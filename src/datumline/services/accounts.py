"""Accounts: who may sign in, by whose invitation, and until when a session holds.

Accounts are made by invitation only. An invitation and a new password are the same thing: a link that works
once, bound to the address that it was made for.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.services.access import absent, note_reading
from datumline.services.context import Context, Mode
from datumline.services.outgoing import Outgoing, UndeliveredError
from datumline.services.people import email_of
from datumline.services.visit import Visit
from datumline.store import accounts, people
from datumline.store.accounts import Known, Link
from datumline.store.models import Account

__all__ = [
    "INVITE",
    "RESET",
    "Account",
    "Link",
    "Offered",
    "Standing",
    "State",
    "account",
    "account_at",
    "is_address",
    "offer_link",
    "open_link",
    "organisation",
    "reset_offered",
    "send",
    "stamp",
    "standing_of",
    "standings",
    "switch",
    "unsaved",
    "use_link",
]

INVITED_FOR = timedelta(days=7)
RESET_FOR = timedelta(hours=1)
INVITE, RESET = "invite", "reset"


class State(StrEnum):
    """Where somebody's account stands."""

    NONE = "none"
    INVITED = "invited"
    OPEN = "open"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Somebody on file and their account.

    Attributes:
        address: the account's; without an account the one on file, to which an invitation would go.
        last: when they last signed in.
        invitable, switchable: whether the one who asks may make a link, and disable or enable.
    """

    person: PersonId
    name: str
    address: str
    state: State
    last: datetime | None = None
    invitable: bool = False
    switchable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A link that was made. `secret` is empty where whoever asked for it is not to have it.

    Attributes:
        purpose: `invite` or `reset`.
        ends_at: until when it works; None where none was made, because there is no way to hand it over.
        mailed: whether it is on its way to the address.
        undelivered: why it is not, where a server is configured.
    """

    name: str
    address: str
    purpose: str
    secret: str = ""
    ends_at: datetime | None = None
    mailed: bool = False
    undelivered: str = ""


def standings(asked: Visit) -> tuple[Standing, ...]:
    """Everybody active of whose account the one who asks may know, by name."""
    known = {each.person: each for each in accounts.all_accounts()}
    people = sorted(asked.chart.people.values(), key=lambda each: (each.name.casefold(), each.id))
    return tuple(
        _standing(asked, each.id, known.get(each.id))
        for each in people
        if not each.provisional
        and (asked.chart.is_active(each.id) or each.id in known)
        and asked.gate.allows(Verb.READ, Noun.ACCOUNT, each.id)
    )


def standing_of(asked: Visit, person: PersonId) -> Standing:
    """One person's. Raises Problem for nobody of whose account the one who asks may know."""
    found = asked.chart.people.get(person)
    if found is None or not asked.gate.allows(Verb.READ, Noun.ACCOUNT, person):
        raise absent("such person")
    return _standing(asked, person, accounts.of_person(person))


def _answered_for(asked: Visit, person: PersonId, verb: Verb) -> Standing:
    """One person's, where the one who asks answers for it; else it is as if there were nobody."""
    found = standing_of(asked, person)
    if not asked.gate.allows(verb, Noun.ACCOUNT, person):
        raise absent("such person")
    return found


def _standing(asked: Visit, person: PersonId, known: Known | None) -> Standing:
    found = asked.chart.people[person]
    address = known.email if known else email_of(found)
    writes = asked.gate.allows(Verb.WRITE, Noun.ACCOUNT, person)
    state = _state(known)
    here = asked.chart.is_active(person) and not found.provisional
    return Standing(
        person=person,
        name=found.name,
        address=address,
        state=state,
        last=known.last if known else None,
        invitable=writes and here and bool(address) and state is not State.DISABLED,
        switchable=known is not None and asked.gate.allows(Verb.AMEND, Noun.ACCOUNT, person),
    )


def _state(known: Known | None) -> State:
    if known is None:
        return State.NONE
    if known.disabled:
        return State.DISABLED
    return State.INVITED if known.invited else State.OPEN


def offer_link(asked: Visit, person: PersonId, outgoing: Outgoing, base: str) -> Offered:
    """Invite somebody on file, or let somebody who has an account set a new password.

    The account's address is the first one on file from then on. An invitation is shown to whoever made it.
    Once an account is in use its link would let them in as somebody else: it leaves by mail and is shown to
    nobody but the operator of the machine; where there is no mail, none is made for anybody else.
    Raises Problem when this is not theirs to do, or nobody signs in here.
    """
    standing = _answered_for(asked, person, Verb.WRITE)
    if asked.context.mode is not Mode.ORGANISATION:
        raise Problem(
            "nobody signs in here", expected="a home of an organisation; `datumline serve` sets one up"
        )
    if not standing.invitable:
        raise Problem(
            f"{standing.name} cannot be invited",
            expected="somebody active with an e-mail address on file, and not disabled, whom you may invite",
        )
    now = asked.context.clock()
    purpose = RESET if standing.state is State.OPEN else INVITE
    mails, operates = outgoing.configured and bool(base), asked.context.actor.operator
    if purpose == RESET and not (mails or operates):
        return Offered(name=standing.name, address=standing.address, purpose=purpose)
    known = _account_at(asked, person, now)
    ends_at = now + (RESET_FOR if purpose == RESET else INVITED_FOR)
    secret = accounts.make_link(known, email=known.email, purpose=purpose, ends_at=ends_at, now=now)
    note_reading(asked.context, person, Noun.ACCOUNT, f"{purpose} link made")
    offered = Offered(
        name=standing.name, address=known.email, purpose=purpose, secret=secret, ends_at=ends_at
    )
    sent = _mailed(offered, outgoing, base) if mails else offered
    hidden = purpose == RESET and (sent.mailed or not operates)
    return replace(sent, secret="") if hidden else sent


def _account_at(asked: Visit, person: PersonId, now: datetime) -> Known:
    """The person's account at the first address on file, made where there is none."""
    address = email_of(asked.chart.people[person])
    known = accounts.of_person(person)
    if known is None:
        return accounts.make(email=address, person=person, at=now)
    if address and accounts.address_of(address) != known.email:
        accounts.move(known.id, address)
        return accounts.of_person(person) or known
    return known


def _mailed(offered: Offered, outgoing: Outgoing, base: str) -> Offered:
    try:
        send(offered, outgoing, base)
    except (Problem, UndeliveredError) as wrong:
        return replace(offered, undelivered=str(wrong))
    return replace(offered, mailed=True)


def send(offered: Offered, outgoing: Outgoing, base: str) -> None:
    """Send a link to its address. Raises Problem for one that never takes it, UndeliveredError for later."""
    outgoing.send(to=offered.address, subject=SUBJECTS[offered.purpose], text=letter(offered, base))


SUBJECTS = {INVITE: "Your account on Datumline", RESET: "A new password for Datumline"}
WORDS = {
    INVITE: "you were invited to Datumline. This link lets you set your password, once, until {end}:",
    RESET: "this link lets you set a new password for Datumline, once, until {end}:",
}
CLOSING = "If you did not expect this, leave it: nothing changes unless the link is opened."


def letter(offered: Offered, base: str) -> str:
    """The text of the mail with a link."""
    words = WORDS[offered.purpose].format(end=f"{offered.ends_at:%Y-%m-%d %H:%M} UTC")
    return f"Hello {offered.name},\n\n{words}\n\n{base}/links/{offered.secret}\n\n{CLOSING}\n"


def switch(asked: Visit, person: PersonId, *, disabled: bool) -> Standing:
    """Let somebody sign in no more, or again; their sessions end at the next request. Raises Problem."""
    standing = _answered_for(asked, person, Verb.AMEND)
    known = accounts.of_person(person)
    if known is None or not standing.switchable:
        raise Problem(f"{standing.name} has no account", expected="somebody who was invited before")
    accounts.set_disabled(known.id, disabled=disabled)
    note_reading(asked.context, person, Noun.ACCOUNT, "disabled" if disabled else "enabled")
    return standing_of(asked, person)


def reset_offered(context: Context, email: str) -> Offered | None:
    """A link for a new password, to be sent to an address; None where nobody who may sign in has it."""
    now = context.clock()
    known = accounts.of_address(email)
    if known is None or known.disabled:
        return None
    ends_at = now + RESET_FOR
    secret = accounts.make_link(known, email=known.email, purpose=RESET, ends_at=ends_at, now=now)
    person = people.known_now().chart(context.at()).people.get(known.person)
    name = person.name if person else known.email
    return Offered(name=name, address=known.email, purpose=RESET, secret=secret, ends_at=ends_at)


def open_link(context: Context, secret: str) -> Link | None:
    """What a link leads to; None when it was used, has ended, or the person has another address by now.

    An invitation ends too when its account is in use by another way: others have seen it.
    """
    link = accounts.open_link(secret, context.clock())
    if link is None or (link.purpose == INVITE and not link.account.invited):
        return None
    person = people.known_now().chart(context.at()).people.get(link.account.person)
    fits = person is not None and accounts.address_of(email_of(person)) == link.account.email
    return link if fits else None


def use_link(context: Context, secret: str, password: str) -> Account | None:
    """Set the password that a link is for, once. None when it leads nowhere."""
    if open_link(context, secret) is None:
        return None
    known = accounts.use_link(secret, password, context.clock())
    return None if known is None else accounts.by_number(known.id)


def account(number: int) -> Account | None:
    """The account of a session."""
    return accounts.by_number(number)


def unsaved(email: str) -> Account:
    """An account that is not there yet, for judging a password that is chosen for it."""
    return Account(email=accounts.address_of(email))


def is_address(text: str) -> bool:
    """Whether a text is an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def organisation() -> str:
    """Who signs in here; empty for nobody yet."""
    return accounts.organisation()


def account_at(email: str) -> Account | None:
    """The account of an address, if it may sign in."""
    known = accounts.of_address(email)
    return None if known is None or known.disabled else accounts.by_number(known.id)


def stamp(signed_in: Account, asked: Visit) -> str:
    """What a session rests on. When it is another one than at sign-in, the session is over.

    The account and its password, and the person's role, manager, unit, and whether they are here, on the day.
    """
    person = signed_in.person or ""
    place = asked.chart.place_of(person)
    rests_on = [
        signed_in.id,
        signed_in.email,
        signed_in.password,
        signed_in.disabled,
        person in asked.chart.people and asked.chart.is_active(person),
        place.role,
        place.manager,
        place.unit,
    ]
    return hashlib.sha256(json.dumps(rests_on).encode()).hexdigest()
