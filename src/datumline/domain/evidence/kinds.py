"""The closed list of what the ledger can hold: every noun of the product on one screen.

A pack may add a subtype with one of these as its parent; nothing else adds a kind. Amount fields are
listed with their type; `!` marks one without which the entry says nothing. Numbers that are not whole are
decimal strings, so that the hashed bytes never hold a float.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache


class Kind(StrEnum):
    """What an entry is."""

    # A behaviour, seen or told
    OCCURRENCE = "occurrence"
    PEER_REPORT = "peer-report"
    RECOGNITION = "recognition"
    # Conversations and what was written for them
    WRITTEN_NOTE = "written-note"
    SBI = "sbi"
    PERSONAL_CONVERSATION = "personal-conversation"
    REPLY = "reply"
    CHECKPOINT = "checkpoint"
    FORMAL_REVIEW = "formal-review"
    # The growth document, and what somebody plans to be seen with
    GROWTH_UPDATE = "growth-update"
    GROWTH_ANSWER = "growth-answer"
    QUARTERLY_REVIEW = "quarterly-review"
    PREDICTION = "prediction"
    CRITERIA_RECALL = "criteria-recall"
    VISIBILITY_PLAN = "visibility-plan"
    SIGNATURE = "signature"
    SELF_AUDIT = "self-audit"
    VISIBILITY_CHOICE = "visibility-choice"
    STRETCH_CHECK = "stretch-check"
    # Delivery
    COMMITMENT = "commitment"
    DELIVERY = "delivery"
    RESCHEDULE = "reschedule"
    RISK_FLAG = "risk-flag"
    INCIDENT = "incident"
    CHANGE_BATCH = "change-batch"
    REVIEW_TURNAROUND = "review-turnaround"
    METRIC_READING = "metric-reading"
    # Reach
    ARTIFACT = "artifact"
    CITATION = "citation"
    OWNERSHIP = "ownership"
    UNBLOCKED = "unblocked"
    DIRECTION = "direction"
    MENTORSHIP = "mentorship"
    CROSS_TEAM_PROJECT = "cross-team-project"
    CUSTOMER_IMPACT = "customer-impact"
    TRADE_OFF = "trade-off"
    DECISION = "decision"
    # Cases and judgement
    ASSESSMENT = "assessment"
    DIAGNOSIS = "diagnosis"
    COACHING_READING = "coaching-reading"
    PLAN_EVENT = "plan-event"
    VERDICT_ISSUED = "verdict-issued"
    # People and the organisation
    PROFILE = "profile"
    POSITION = "position"
    IDENTITY_RESOLVED = "identity-resolved"
    # Who stands in for whom, who is too near to whom, and who opened a record against the table, and why
    LEAVE_COVER = "leave-cover"
    CONFLICT = "conflict"
    BREAK_GLASS = "break-glass"
    BREAK_GLASS_OPENED = "break-glass-opened"
    BREAK_GLASS_CLOSED = "break-glass-closed"
    BREAK_GLASS_REVIEWED = "break-glass-reviewed"
    CYCLE = "cycle"
    PACK_ACTIVATION = "pack-activation"
    SIGNING_KEY = "signing-key"
    # The ledger's own verbs; a correction is an entry of the corrected one's kind that names it
    STREAM_OPENED = "stream-opened"
    RETRACTION = "retraction"
    DISPUTE = "dispute"
    ACKNOWLEDGEMENT = "acknowledgement"
    REDACTION_REQUEST = "redaction-request"
    REDACTION = "redaction"


class Type(StrEnum):
    """The type of one amount field."""

    TEXT = "text"
    DATE = "date"
    FLAG = "true or false"
    COUNT = "whole number"
    DECIMAL = "decimal"
    TEXTS = "list of texts"
    ENTRY = "entry"
    PERSON = "person"
    DOCUMENT = "JSON document"


AMOUNTS: dict[Kind, str] = {
    Kind.REPLY: "to:entry",
    Kind.CHECKPOINT: "note:entry! on:date! outcome:text",
    Kind.GROWTH_UPDATE: "month:date! shipped:texts blocked:texts learned:texts asked:texts",
    Kind.GROWTH_ANSWER: "update:entry!",
    Kind.QUARTERLY_REVIEW: "quarter:date! stands:text! progress:text! risk:text! focus:text! "
    "concerns:texts cites:texts",
    Kind.PREDICTION: "cycle:text! outcome:text! sure:count!",
    Kind.CRITERIA_RECALL: "level:text! recalled:count! of:count!",
    Kind.VISIBILITY_PLAN: "starts:date! artifacts:document!",
    Kind.SIGNATURE: "plan:entry!",
    Kind.SELF_AUDIT: "plan:entry! month:count! states:document!",
    Kind.VISIBILITY_CHOICE: "plan:entry! choice:text!",
    Kind.STRETCH_CHECK: "project:text! facts:document! verdict:text!",
    Kind.COMMITMENT: "work:text! due:date! delivered:date scope_note:text team_goal:flag kind_of_work:text",
    Kind.DELIVERY: "commitment:entry! delivered:date!",
    Kind.RESCHEDULE: "commitment:entry! from:date! to:date!",
    Kind.RISK_FLAG: "commitment:entry!",
    Kind.INCIDENT: "avoidable:flag severity:text role:text system:text",
    Kind.CHANGE_BATCH: "changes:count! defects:count! lines_added:count lines_deleted:count files:count "
    "repository:text",
    Kind.REVIEW_TURNAROUND: "reviews:count! hours:decimal blocked:text repository:text",
    Kind.METRIC_READING: "name:text! before:decimal after:decimal! unit:text how_collected:text "
    "organisation:flag better:text",
    Kind.ARTIFACT: "artifact:text! type:text! status:text reviewed_by_team:flag first_review_passed:flag "
    "adopted_by:texts organisation_wide:flag",
    Kind.CITATION: "artifact:text! by:text by_team:text own_team:flag",
    Kind.OWNERSHIP: "of:text! services:texts end_to_end:flag from:date to:date",
    Kind.UNBLOCKED: "whom:text!",
    Kind.DIRECTION: "followers:count!",
    Kind.MENTORSHIP: "whom:text! outcome:text",
    Kind.CROSS_TEAM_PROJECT: "owned:flag teams:texts",
    Kind.CUSTOMER_IMPACT: "measured:flag who:text how_measured:text",
    Kind.TRADE_OFF: "with_data:flag options:texts data:text",
    Kind.DECISION: "options:texts data:text owned:flag blamed_on:text",
    Kind.ASSESSMENT: "dimension:text! condition:text! answer:text! relies_on:entry",
    Kind.DIAGNOSIS: "type:text! levels:document! impact:text",
    Kind.COACHING_READING: "week_of:date! expectation:text! area:text! result:text!",
    Kind.FORMAL_REVIEW: "cycle:text outcome:text",
    Kind.PLAN_EVENT: "event:text! plan:entry about:entry on:date until:date terms:document outcome:text "
    "because:text override:text",
    Kind.VERDICT_ISSUED: "table:text! verdict:text! facts:document! pack:text!",
    Kind.PROFILE: "name:text! emails:texts handles:texts zone:text provisional:flag",
    Kind.POSITION: "manager:person unit:text team:text level:text role:text start_date:date active:flag",
    Kind.IDENTITY_RESOLVED: "provisional:person!",
    Kind.LEAVE_COVER: "by:person! starts:date! ends:date!",
    Kind.CONFLICT: "with:person! why:text!",
    Kind.BREAK_GLASS: "by:person! basis:text!",
    Kind.BREAK_GLASS_OPENED: "opening:entry! by:person! minutes:count! alone:flag",
    Kind.BREAK_GLASS_CLOSED: "opening:entry! by:person!",
    Kind.BREAK_GLASS_REVIEWED: "opening:entry! by:person!",
    Kind.CYCLE: "name:text! starts:date! ends:date! review_on:date calibration_on:date",
    Kind.PACK_ACTIVATION: "pack:text! version:text! digest:text! effective_from:date!",
    Kind.SIGNING_KEY: "key_id:text! public_key:text!",
    Kind.STREAM_OPENED: "audience:text! owner:text",
    Kind.RETRACTION: "reason:text!",
    Kind.DISPUTE: "reason:text!",
    Kind.REDACTION_REQUEST: "fields:texts! basis:text!",
    Kind.REDACTION: "fields:texts! basis:text! approved_by:person! alone:flag",
}

VERBS = frozenset(
    {Kind.RETRACTION, Kind.DISPUTE, Kind.ACKNOWLEDGEMENT, Kind.REDACTION_REQUEST, Kind.REDACTION}
)
BREAKING_GLASS = frozenset(
    {Kind.BREAK_GLASS, Kind.BREAK_GLASS_OPENED, Kind.BREAK_GLASS_CLOSED, Kind.BREAK_GLASS_REVIEWED}
)
# What is said about the person's place or by the ledger itself is no evidence of their work.
FRAME = (
    VERBS
    | BREAKING_GLASS
    | {
        Kind.PROFILE,
        Kind.POSITION,
        Kind.IDENTITY_RESOLVED,
        Kind.LEAVE_COVER,
        Kind.CONFLICT,
        Kind.CYCLE,
        Kind.PACK_ACTIVATION,
        Kind.SIGNING_KEY,
        Kind.STREAM_OPENED,
        Kind.VERDICT_ISSUED,
    }
)
# What people write to look back and to plan: papers about the work, which prove nothing of it by themselves.
PAPERS = frozenset(
    {
        Kind.CHECKPOINT,
        Kind.DIAGNOSIS,
        Kind.PLAN_EVENT,
        Kind.GROWTH_UPDATE,
        Kind.GROWTH_ANSWER,
        Kind.QUARTERLY_REVIEW,
        Kind.PREDICTION,
        Kind.CRITERIA_RECALL,
        Kind.VISIBILITY_PLAN,
        Kind.SIGNATURE,
        Kind.SELF_AUDIT,
        Kind.VISIBILITY_CHOICE,
        Kind.STRETCH_CHECK,
    }
)
NO_EVIDENCE = FRAME | PAPERS


@cache
def amounts(kind: Kind) -> dict[str, tuple[Type, bool]]:
    """The amount fields of a kind: name to (type, whether the entry needs it)."""
    found: dict[str, tuple[Type, bool]] = {}
    for word in AMOUNTS.get(kind, "").split():
        name, _, spelled = word.partition(":")
        found[name] = (Type[spelled.rstrip("!").upper()], spelled.endswith("!"))
    return found
