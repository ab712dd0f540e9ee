"""What a person writes by hand: which kinds, in which groups, and which fields each of them has."""

from __future__ import annotations

from datumline.domain.evidence.kinds import Kind

GROUPS: dict[str, tuple[Kind, ...]] = {
    "behaviour": (Kind.OCCURRENCE, Kind.PEER_REPORT, Kind.RECOGNITION, Kind.DECISION, Kind.TRADE_OFF),
    "conversations": (Kind.WRITTEN_NOTE, Kind.SBI, Kind.PERSONAL_CONVERSATION, Kind.FORMAL_REVIEW),
    "delivery": (
        Kind.COMMITMENT,
        Kind.DELIVERY,
        Kind.RESCHEDULE,
        Kind.RISK_FLAG,
        Kind.INCIDENT,
        Kind.METRIC_READING,
    ),
    "reach": (
        Kind.ARTIFACT,
        Kind.CITATION,
        Kind.OWNERSHIP,
        Kind.UNBLOCKED,
        Kind.MENTORSHIP,
        Kind.DIRECTION,
        Kind.CROSS_TEAM_PROJECT,
        Kind.CUSTOMER_IMPACT,
    ),
    "judgement": (Kind.ASSESSMENT,),
}
BY_HAND = tuple(kind for kinds in GROUPS.values() for kind in kinds)

_EVERY = ("happened", "title", "text", "links")
_THREAD = ("concern", "tag", "remediation", "remediated_on")
_SPEAKS = ("principles",)
_ALWAYS_TOLD = frozenset({Kind.PEER_REPORT})  # always told by somebody else: nothing to ask
_IN_A_CONCERN = frozenset(
    {
        Kind.OCCURRENCE,
        Kind.PEER_REPORT,
        Kind.WRITTEN_NOTE,
        Kind.SBI,
        Kind.PERSONAL_CONVERSATION,
        Kind.COMMITMENT,
        Kind.INCIDENT,
        Kind.ASSESSMENT,
        Kind.DECISION,
    }
)
_LATER = frozenset(
    {Kind.DELIVERY, Kind.RESCHEDULE, Kind.RISK_FLAG, Kind.REPLY}
)  # about another entry, and no more
# Left open, these fields say that there is none: the form asks for a day only where there was one.
NONE_WHEN_OPEN = frozenset({(Kind.COMMITMENT, "delivered")})


def fields_of_form(kind: Kind) -> tuple[str, ...]:
    """The fields that a form for this kind has besides the kind's own amounts, in their order."""
    if kind in _LATER:
        return ("happened", "text", "links")
    first_hand = () if kind in _ALWAYS_TOLD else ("first_hand",)
    thread = _THREAD if kind in _IN_A_CONCERN else ()
    reach = ("dimension",) if kind in GROUPS["reach"] else ()
    return (*_EVERY, *first_hand, *thread, *_SPEAKS, *reach)
