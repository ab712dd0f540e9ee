"""The words of the access matrix: what there is, what can be done with it, and who stands how to whom."""

from __future__ import annotations

from enum import StrEnum


class Noun(StrEnum):
    """Everything that somebody may ask for. Each has a row in the matrix."""

    # Kept in the ledger, in the streams of a person
    ENTRY = "entry"
    FEEDBACK_NOTE = "feedback-note"
    PERSON = "person"
    POSITION = "position"
    PRIVATE_NOTE = "private-note"
    PLAN = "plan"
    PACKET = "packet"
    # Derived from streams
    VERDICT = "verdict"
    SIGNAL = "signal"
    SIGNAL_LOG = "signal-log"
    CONCERN = "concern"
    DIAGNOSIS = "diagnosis"
    FAIRNESS_REPORT = "fairness-report"
    # Handled by two people or more
    GROWTH_DOCUMENT = "growth-document"
    VISIBILITY_PLAN = "visibility-plan"
    COACHING_PLAN = "coaching-plan"
    COMPENSATION = "compensation"
    CALIBRATION = "calibration"
    CALIBRATION_DECISION = "calibration-decision"
    SESSION = "session"
    EXEMPLAR = "exemplar"
    INBOX_SUGGESTION = "inbox-suggestion"
    # One person's own workspace
    STORY = "story"
    REHEARSAL = "rehearsal"
    # The organisation and its workings
    PACK = "pack"
    IMPORT = "import"
    JOB = "job"
    ACCESS_LOG = "access-log"
    ACCOUNT = "account"
    # Who may act in whose place, who is too near to whom, and who opened a record against the table
    LEAVE_COVER = "leave-cover"
    CONFLICT = "conflict"
    BREAK_GLASS = "break-glass"


class Verb(StrEnum):
    """What can be done.

    `amend` is to correct or retract; `redact` to ask that words be struck, which a second person approves;
    `metadata` is that and when, never what.
    """

    READ = "read"
    WRITE = "write"
    AMEND = "amend"
    REPLY = "reply"
    DISPUTE = "dispute"
    ACKNOWLEDGE = "acknowledge"
    REDACT = "redact"
    SIGN = "sign"
    APPROVE = "approve"
    METADATA = "metadata"


class Relation(StrEnum):
    """How the actor stands to the subject on the day. Relations, not labels (spec 90)."""

    SELF = "self"
    MANAGER = "manager"
    SKIP_LEVEL = "skip-level"
    FORMER_MANAGER = "former-manager"
    PEER_MANAGER = "peer-manager"
    PANELIST = "panelist"
    HR_PARTNER = "hr-partner"
    ADMIN = "admin"
    CANDIDATE = "candidate"
    MEMBER = "member"
    OPERATOR = "operator"
    COVER = "cover"  # stands in for the manager, between two days (M6)
    BREAK_GLASS = "break-glass"  # opened the record for some minutes, with a reason that all can see (M7)
    AUDITOR = "auditor"
    CONFLICTED = "conflicted"  # not a column: takes away what a seat in a session gives (M3)


class Condition(StrEnum):
    """What must hold besides the relation.

    The first three are about the actor, the next two about the days, `uncharged` about the subject; the rest
    is for whoever asks to say of the thing.
    """

    MINE = "mine"  # the actor wrote it
    NOT_MINE = "not-mine"  # the actor neither wrote it nor is its subject
    SOURCED = "sourced"  # a connector wrote it
    FRESH = "fresh"  # a private note that has not expired (M12)
    IN_LINE = "in-line"  # written since the line to the actor began (M12)
    ISSUED = "issued"  # a plan that the person has been given
    SUBMITTED = "submitted"  # a packet that has been handed in
    RUNNING = "running"  # a packet whose session is not closed
    CITED = "cited"  # cited in a packet of a session that is open and that the actor sits in
    IN_SESSION = "in-session"  # on the table of a session that is open and that the actor sits in
    IN_CASE = "in-case"  # part of a case that the HR partner handles
    SHARED = "shared"  # published to its subject
    CONSENTED = "consented"  # its author agreed to be an example
    UNCHARGED = "uncharged"  # an account whose person holds no duty
    LINKED = "linked"  # the owner handed out a link that has not expired
