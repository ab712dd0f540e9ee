"""Who may see what, in words: the very table that decides, for one place in the organisation at a time."""

from __future__ import annotations

from dataclasses import dataclass

from datumline.domain.people.access_page import MEANINGS
from datumline.domain.people.access_rules import RELATIONS, rules
from datumline.domain.people.access_words import Noun, Relation, Verb

PLACES: dict[Relation, tuple[str, str]] = {
    Relation.SELF: ("Yourself", "What you may do with what is about you."),
    Relation.MANAGER: ("Manager", "Of the people who report to you today. It ends with the line, at once."),
    Relation.SKIP_LEVEL: ("Manager's manager", "Of the people who report to those who report to you."),
    Relation.FORMER_MANAGER: (
        "Former manager",
        "For some days after the line went to somebody else, and then nothing.",
    ),
    Relation.PEER_MANAGER: ("Peer manager", "In an open session, of the people on its table."),
    Relation.PANELIST: ("Panel, bar raiser", "In an open session, of the people on its table."),
    Relation.HR_PARTNER: ("HR partner", "Of the unit that you serve, never of your own record."),
    Relation.ADMIN: ("Administrator", "That and when, never what; and what keeps the installation running."),
    Relation.CANDIDATE: ("Candidate", "Of your own rehearsal and stories."),
    Relation.MEMBER: ("Everybody here", "Of everybody in the organisation."),
    Relation.OPERATOR: ("Alone on a machine", "Where nobody signs in, the operator holds everything."),
    Relation.COVER: (
        "Leave cover",
        "In a manager's place, from one day to another; nothing of it is passed on.",
    ),
    Relation.BREAK_GLASS: (
        "Break-glass",
        "Of one record, for some minutes, with a reason that its person sees; read-only and reviewed.",
    ),
    Relation.AUDITOR: ("Auditor", "What was done with records; of what they say, that and when."),
}
DOES: dict[Verb, str] = {
    Verb.READ: "read it",
    Verb.WRITE: "write it",
    Verb.AMEND: "correct or retract it",
    Verb.REPLY: "reply to it",
    Verb.DISPUTE: "dispute it",
    Verb.ACKNOWLEDGE: "acknowledge it",
    Verb.SIGN: "sign it",
    Verb.APPROVE: "approve or decide it",
    Verb.REDACT: "ask for words of it to be struck, or grant that",
    Verb.METADATA: "see that it is there and since when, never what it says",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """What one may do, and under which conditions."""

    does: str
    only_if: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRow:
    """One thing and every right to it; none for no access."""

    what: str
    rights: tuple[Right, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPage:
    """The page for one place."""

    place: str
    name: str
    meaning: str
    places: tuple[tuple[str, str, str, str], ...]
    rows: tuple[AccessRow, ...]
    nothing: tuple[str, ...]


def access_page(place: str) -> AccessPage | None:
    """The rights of one place; None for a place that the table does not have."""
    if place not in RELATIONS:
        return None
    relation = Relation(place)
    held = [rule for rule in rules() if rule.relation is relation]
    rows = [
        AccessRow(
            what=_words(noun),
            rights=tuple(
                Right(does=DOES[rule.verb], only_if=tuple(MEANINGS[each] for each in rule.conditions))
                for rule in held
                if rule.noun is noun
            ),
        )
        for noun in Noun
    ]
    name, meaning = PLACES[relation]
    return AccessPage(
        place=place,
        name=name,
        meaning=meaning,
        places=tuple((each, f"/access?as={each}", PLACES[each][0], "") for each in RELATIONS),
        rows=tuple(row for row in rows if row.rights),
        nothing=tuple(row.what for row in rows if not row.rights),
    )


def _words(noun: Noun) -> str:
    return noun.replace("-", " ").capitalize()
