"""Who may see what: the one table (spec 90 and its rules M1 to M12). Data, no rules.

Read a cell as a list of rights. `R` read, `W` write or append, `A` approve or decide, `m` metadata only; the
other verbs are spelled out. `R:cited` is a right under a condition, `R:mine+fresh` under two. `-` is nothing,
and what is not in the table is nothing too. `access_rules` parses this text; the page, the query filter and
the tests are generated from it.
"""

from __future__ import annotations

COLUMNS = (
    "self manager skip-level former-manager peer-manager panelist hr-partner admin candidate member operator"
)

MATRIX = """
entry                | R W amend:mine reply dispute acknowledge redact | R W amend:mine amend:sourced redact A:not-mine | R W amend:mine A:not-mine | R:mine | R:cited | R:cited | R redact A:not-mine | m | - | - | R W amend redact A
feedback-note        | R reply dispute acknowledge redact | R W amend:mine redact A:not-mine | R A:not-mine | R:mine | R:cited | R:cited | R:in-case redact:in-case A:in-case+not-mine | m | - | - | R W amend redact A
person               | R W | R | R | R | R | R | R W:uncharged amend:uncharged | R W amend | - | R | R W amend
position             | R | R | R | - | - | - | R W:uncharged amend:uncharged | R W amend | - | - | R W amend
private-note         | - | R:mine+fresh+in-line W:mine amend:mine | - | - | - | - | - | - | - | - | R:mine+fresh W:mine amend:mine
plan                 | R:issued reply:issued acknowledge:issued | R W amend:mine | R A:not-mine | R:mine | - | - | R W A:not-mine | m | - | - | R W amend A
packet               | R:submitted W amend:mine | R W amend:mine | R A:not-mine | R:running W:running | R:in-session | R:in-session | R | m | - | - | R W amend A
verdict              | R | R W | R A:not-mine | - | - | R:cited | R A:not-mine | m | - | - | R W A
signal               | R | R | R | - | - | R:cited | R | m | - | - | R
signal-log           | R | R W | R W | - | R:cited | R:cited | R | m | - | - | R W
concern              | R | R W | R | - | - | - | R:in-case | m | - | - | R W
diagnosis            | R:shared | R W | R | - | - | - | R:in-case | m | - | - | R W
fairness-report      | - | R:mine | R:mine | - | - | - | R | m | - | - | R
growth-document      | R W amend:mine reply dispute acknowledge redact | R W amend:mine redact A:not-mine | R A:not-mine | R:mine | - | - | R redact A:not-mine | m | - | - | R W amend redact A
visibility-plan      | R W sign redact | R W sign redact A:not-mine | R A:not-mine | - | - | - | R redact A:not-mine | m | - | - | R W sign redact A
coaching-plan        | R:issued acknowledge:issued | R W | R | - | - | - | R:in-case | m | - | - | R W
compensation         | R | R | R | - | - | - | R W | m | - | - | R W
calibration          | - | R W | R W | - | R:in-session W:in-session | R:in-session W:in-session | R W | m | - | - | R W
calibration-decision | R | R | R A:not-mine | - | R:in-session | R:in-session | R W | m | - | - | R W A
session              | - | - | - | - | R:in-session W:in-session | R:in-session W:in-session | R W | m | - | - | R W
exemplar             | R W | R:consented | R:consented | - | R:consented | R:consented | R:consented | m | - | R:consented | R W
inbox-suggestion     | R W | R W | - | - | - | - | - | m | - | - | R W
story                | R W amend | R:linked | - | - | - | R:linked | - | - | R W amend | - | R:mine W:mine amend:mine
rehearsal            | R W amend | R:linked | - | - | - | R:linked | - | - | R W amend | - | R:mine W:mine amend:mine
pack                 | - | - | - | - | - | - | R A:not-mine | R W A:not-mine | R | R | R W A
import               | - | - | - | - | - | - | R W | R W | - | - | R W
job                  | - | - | - | - | - | - | - | R W | - | - | R W
account              | R | - | - | - | - | - | R W:uncharged | R W amend | - | - | R W amend
access-log           | R | R:mine | - | - | - | R:mine | R:not-mine | m | - | - | R
leave-cover          | R W amend | R W amend | R | - | - | - | R W amend | R W amend | - | - | R W amend
conflict             | R W amend:mine | R | R | - | - | - | R | m | - | - | R W amend
break-glass          | R | R | R | - | - | - | R W A:not-mine | R W A:not-mine | - | - | R W A
"""  # noqa: E501 - a table reads along its rows

# Who stands in on leave has the manager's column, but for these rows (M6): no private notes, no passing on.
NOT_FOR_COVER = frozenset({"private-note", "leave-cover"})

# Two more columns, for rows where they have something. A record opened by break-glass is read, never written
# (M7); the auditor reads what was done with records, and of their content that and when.
FURTHER_COLUMNS = "break-glass auditor"
FURTHER = """
entry                | R | m
feedback-note        | R | m
person               | R | -
position             | R | m
private-note         | R | m
plan                 | R | m
packet               | R | m
verdict              | R | m
signal               | R | m
signal-log           | R | m
concern              | R | m
diagnosis            | R | m
growth-document      | R | m
visibility-plan      | R | m
coaching-plan        | R | m
calibration          | R | m
calibration-decision | R | m
conflict             | R | R
break-glass          | R | R
access-log           | - | R
leave-cover          | R | R
"""

# Which noun an entry of the ledger is, by the audience of its stream and, in a shared stream, by its kind.
AUDIENCES = {
    "shared": "entry",
    "private": "private-note",
    "case": "plan",
    "panel": "packet",
    "organisation": "pack",
}
SHARED_KINDS = {
    "written-note": "feedback-note",
    "sbi": "feedback-note",
    "personal-conversation": "feedback-note",
    "peer-report": "feedback-note",
    "checkpoint": "feedback-note",
    "growth-update": "growth-document",
    "growth-answer": "growth-document",
    "quarterly-review": "growth-document",
    "prediction": "growth-document",
    "criteria-recall": "growth-document",
    "visibility-plan": "visibility-plan",
    "signature": "visibility-plan",
    "self-audit": "visibility-plan",
    "visibility-choice": "visibility-plan",
    "stretch-check": "visibility-plan",
    "profile": "person",
    "position": "position",
    "identity-resolved": "person",
    "leave-cover": "leave-cover",
    "conflict": "conflict",
    "break-glass": "break-glass",
    "break-glass-opened": "break-glass",
    "break-glass-closed": "break-glass",
    "break-glass-reviewed": "break-glass",
    "stream-opened": "person",
}
