"""What the fields of an entry are called on a page, and what helps to fill them in."""

from __future__ import annotations

from typing import NamedTuple

from datumline.domain.evidence.acts import Act
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.redaction import Basis


class Words(NamedTuple):
    """A field's label, the help below it, and how a fault names it."""

    label: str
    hint: str = ""
    named: str = ""

    @property
    def what(self) -> str:
        """The field in a sentence such as "Write …"."""
        return self.named or f"“{self.label}”"


GENERAL = {
    "happened": Words(
        "Happened on", "The day on which it happened. You say it.", "the day on which it happened"
    ),
    "title": Words("In one line", "What happened, so that it can be told from other entries.", "a line"),
    "text": Words("In more words", "Facts first: what you saw, when, and what it led to.", "what happened"),
    "links": Words("Links", "One address on each line: the change, the document, the ticket.", "the links"),
    "first_hand": Words(
        "How do you know?", "What a peer told is reported: no negative claim rests on it alone."
    ),
    "concern": Words("Concern", "The name of the thread it belongs to, if any. Use the same name each time."),
    "tag": Words("Where the matter stands"),
    "remediation": Words("What was done about it"),
    "remediated_on": Words("Done on", "", "the day on which it was done"),
    "principles": Words("Principles it speaks of", "Suggested ones are marked; you decide.", "principles"),
    "dimension": Words("Dimension of the level rubric"),
    "audience": Words("Who reads it", "", "who reads it"),
    "reason": Words("Reason", "It stands in the record beside what it is about.", "the reason"),
}
# Fields of one kind; a kind's own words come first.
AMOUNTS = {
    "work": Words("What was promised", "", "what was promised"),
    "due": Words("Due on", "", "the day on which it is due"),
    "delivered": Words("Delivered on", "Leave it open if it has not been delivered.", "the day of delivery"),
    "scope_note": Words("Note on scope", "What was in it and what was not."),
    "kind_of_work": Words("Kind of work", "Such as schema changes or reports: what a diagnosis compares."),
    "team_goal": Words("Was it a goal of the whole team?"),
    "commitment": Words("Which commitment", "", "a commitment"),
    "from": Words("From", "", "the first day"),
    "to": Words("To", "", "the last day"),
    "avoidable": Words("Could it have been avoided?"),
    "severity": Words("Severity"),
    "role": Words("Part that the person played", "Such as commander, responder, author of the change."),
    "system": Words("System"),
    "name": Words("Name of the figure", "", "the name of the figure"),
    "before": Words("Value before", "A number such as 12.5.", "the value before"),
    "after": Words("Value after", "A number such as 9.", "the value after"),
    "unit": Words("Unit"),
    "how_collected": Words("How it was collected"),
    "better": Words("Which way is better", "lower or higher: then the figure is tracked."),
    "organisation": Words("Is it a figure of the whole organisation?"),
    "artifact": Words("Name of the artifact", "Such as the title of the design document.", "the artifact"),
    "type": Words("Type", "Such as design document, RFC, retrospective, migration.", "the type"),
    "status": Words("Status"),
    "reviewed_by_team": Words("Reviewed by the team?"),
    "first_review_passed": Words("Passed its first review?"),
    "adopted_by": Words("Adopted by", "One team on each line.", "the teams"),
    "organisation_wide": Words("For the whole organisation?"),
    "by": Words("Used by"),
    "by_team": Words("Their team"),
    "own_team": Words("Is that the person's own team?"),
    "of": Words("What is owned", "", "what is owned"),
    "services": Words("Services", "One on each line.", "the services"),
    "end_to_end": Words("From end to end?"),
    "whom": Words("Whom", "", "whom"),
    "followers": Words("How many engineers follow it", "", "how many follow it"),
    "outcome": Words("Outcome"),
    "owned": Words("Did the person own it?"),
    "teams": Words("Teams", "One on each line.", "the teams"),
    "measured": Words("Was it measured?"),
    "who": Words("Which customers"),
    "how_measured": Words("How it was measured"),
    "with_data": Words("Decided with data?"),
    "options": Words("Options that were weighed", "One on each line.", "the options"),
    "data": Words("Data that it rests on"),
    "blamed_on": Words("Blamed on", "If a bad outcome was put down to something else."),
    "dimension": Words("What is assessed", "For a formal plan: plan.", "what is assessed"),
    "condition": Words(
        "Condition", "Such as strong_since, dropped_on, delivering, mismatch.", "the condition"
    ),
    "answer": Words("Answer", "", "the answer"),
    "relies_on": Words("Rests on the entry"),
    "cycle": Words("Review cycle"),
    "event": Words("What happens in the case"),
    "about": Words("Answers"),
    "until": Words("Until"),
    "terms": Words("What is agreed"),
    "because": Words("The reason"),
    "override": Words("Against the table, because"),
    "levels": Words("What was found on three levels"),
    "impact": Words("Impact"),
    "week_of": Words("The week of"),
    "expectation": Words("What is expected"),
    "area": Words("Area"),
    "result": Words("Result"),
    "note": Words("The note"),
    "on": Words("On", "", "the day"),
    "month": Words("First day of the month", "", "the month"),
    "shipped": Words("Shipped", "One line each."),
    "blocked": Words("Blocked", "One line each."),
    "learned": Words("Learned", "One line each."),
    "asked": Words("Asked", "One line each: what you ask of your manager."),
    "update": Words("The update"),
    "quarter": Words("First day of the quarter", "", "the quarter"),
    "stands": Words("Where the person stands", "", "where the person stands"),
    "progress": Words("Progress", "Against the visibility plan.", "the progress"),
    "risk": Words("Calibration risk", "", "the risk"),
    "focus": Words("Focus of the next quarter", "", "the focus"),
    "concerns": Words("Concerns that it names", "One on each line."),
    "cites": Words("Entries that it rests on", "One id on each line."),
    "sure": Words("How sure, in percent", "", "how sure"),
    "level": Words("Level", "", "the level"),
    "recalled": Words("Criteria recalled", "", "how many"),
    "plan": Words("The plan"),
    "choice": Words("What was chosen", "", "what was chosen"),
    "project": Words("The project", "", "the project"),
    "verdict": Words("Verdict"),
}
OWN = {
    (Kind.DIAGNOSIS, "type"): Words("Type of problem"),
    (Kind.DECISION, "owned"): Words("Did the person own the outcome?"),
    (Kind.RESCHEDULE, "from"): Words("Moved from", "The date that stood.", "the date that stood"),
    (Kind.RESCHEDULE, "to"): Words(
        "Moved to", "Counts when the manager writes it before the old date.", "the new date"
    ),
    (Kind.DELIVERY, "delivered"): Words("Delivered on", "", "the day of delivery"),
    (Kind.MENTORSHIP, "outcome"): Words("What came of it"),
}
GROUPS = {
    "behaviour": "What somebody did",
    "conversations": "What was said and written down",
    "delivery": "Promises, incidents and figures",
    "reach": "What reaches further",
    "judgement": "What is weighed",
}
HELP = {
    Kind.OCCURRENCE: "something that happened once, on a day",
    Kind.PEER_REPORT: "what a colleague told you",
    Kind.RECOGNITION: "something done well",
    Kind.DECISION: "a decision, its options and its outcome",
    Kind.TRADE_OFF: "a choice between two goods, with data or without",
    Kind.WRITTEN_NOTE: "what you and the person wrote down together",
    Kind.SBI: "situation, behaviour, impact, ask, commit: in the composer",
    Kind.PERSONAL_CONVERSATION: "a talk about the matter itself, face to face",
    Kind.FORMAL_REVIEW: "the review of a cycle",
    Kind.COMMITMENT: "a promise with a date",
    Kind.DELIVERY: "a promise was kept, or came late",
    Kind.RESCHEDULE: "a promise was moved",
    Kind.RISK_FLAG: "somebody said before the day that it is at risk",
    Kind.INCIDENT: "an outage, and the part played in it",
    Kind.METRIC_READING: "a figure before and after",
    Kind.ARTIFACT: "a document, a migration, an integration",
    Kind.CITATION: "somebody used an artifact of theirs",
    Kind.OWNERSHIP: "a service or a system owned",
    Kind.UNBLOCKED: "somebody could go on because of them",
    Kind.MENTORSHIP: "what became of somebody they taught",
    Kind.DIRECTION: "engineers who follow a direction they set",
    Kind.CROSS_TEAM_PROJECT: "work across teams",
    Kind.CUSTOMER_IMPACT: "a customer noticed, measured or not",
    Kind.ASSESSMENT: "your answer to a condition of a verdict",
}
AUDIENCES = {
    "shared": "The person and the line above, from the moment it is saved",
    "private": "Only me: no evidence until it is published, and it expires",
    "case": "The line above and HR, until a plan is issued",
}
ACTS = {
    Act.ACKNOWLEDGE: Words("I have read this", "It says that you have read the entry, not that you agree."),
    Act.REPLY: Words("Reply", "Your words stand beside the entry wherever it is shown."),
    Act.DISPUTE: Words("Dispute", "You say that it is wrong. The dispute travels with the entry."),
    Act.PUBLISH: Words(
        "Publish", "It becomes an entry of today that the person reads. The note is put away."
    ),
    Act.CORRECT: Words("Correct", "All that it says is replaced; what it said before stays in the record."),
    Act.RETRACT: Words("Retract", "No verdict and no figure reads it any more; it stays in the record."),
    Act.REDACT: Words(
        "Ask to strike words", "A second person grants it. Where the words stood stays visible."
    ),
    Act.GRANT: Words("Grant", "The words are removed for ever, here and in the corrections."),
    Act.DECLINE: Words("Decline", "The words stay. The reason is for who asked to read."),
}
DONE = {
    Act.ACKNOWLEDGE: "It is on record that you have read this.",
    Act.REPLY: "Your reply stands beside the entry.",
    Act.DISPUTE: "Your dispute stands beside the entry wherever it is shown.",
    Act.PUBLISH: "Published as an entry of today; the private note is put away.",
    Act.CORRECT: "Corrected. This is what stands now.",
    Act.RETRACT: "Retracted.",
    Act.REDACT: "Your request is on record and waits for a second person.",
    Act.GRANT: "The words are struck.",
    Act.DECLINE: "Declined. The words stay.",
}
BASES = {
    Basis.WRONG_PERSON: "It is about somebody else",
    Basis.THIRD_PERSON: "It names somebody who need not be named",
    Basis.SENSITIVE: "Health, belief or family: nothing that work needs",
    Basis.CONFIDENTIAL: "It holds a password, or what belongs to a customer",
    Basis.LEGAL: "An authority or a court demands it",
}
FIELD_NAMES = {"title": "The line", "text": "The text", "links": "The links", "remediation": "What was done"}


def words_of(kind: Kind, name: str) -> Words:
    """What an amount field of a kind is called."""
    return OWN.get((kind, name)) or AMOUNTS[name]


def field_name(name: str) -> str:
    """What a field is called where its words are to be struck."""
    return FIELD_NAMES.get(name) or (AMOUNTS | GENERAL)[name].label
