"""Receipts leave the house: by mail with every share where a server is configured, else by download.

One receipt for the end of a shared stream covers every entry before it. What is kept is up to which entry
somebody outside holds one; what came later is still to be handed out.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from datumline.domain.evidence.entry import EntryId
from datumline.domain.evidence.receipt import Receipt, receipt_for
from datumline.domain.people.person import Person, PersonId
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.context import Context
from datumline.services.entries import found
from datumline.services.job_running import Task, Work
from datumline.services.jobs import JobQueue, ask_of_itself
from datumline.services.ledger import receipt_of_entry, signer_of
from datumline.services.outgoing import Attachment, Outgoing
from datumline.services.people import email_of
from datumline.services.visit import Visit, visit
from datumline.store import handed_out
from datumline.store.handed_out import Due, Held

KIND = "receipts"
EVERY_MINUTES = 10
MEDIA_TYPE = "application/json"
SUBJECT = "Datumline: a receipt for your record"
TEXT = """Hello {name},

{entries} in your record since you last received a receipt. The attached file proves
where and when they were written: as long as you keep it, nobody can change, remove or re-date
them unseen. It says nothing of what they say.

To check it, take a later proof of your record and the verifier from Datumline, under "Receipts"{place},
and run

    python3 verify.py RECEIPT PROOF
"""


Files = tuple[tuple[str, bytes], ...]  # file name and content, each


def waiting_for(asked: Visit) -> int:
    """How many entries no receipt covers that the one who asks holds."""
    return sum(each.entries for each in _due(asked))


def take_home(asked: Visit) -> Files:
    """A receipt for the end of each stream with such entries; from now on these count as held outside."""
    due = _due(asked)
    files = _files(asked.context, due)
    _note(asked.context, due, "download")
    return files


def of_entry(asked: Visit, entry: EntryId) -> tuple[str, bytes] | None:
    """The receipt of an entry that the one who asks may read, to take along; None when there is none."""
    thread = found(asked, entry)
    if thread is None:
        return None
    receipt = receipt_of_entry(asked.context, thread.entry.id)
    taken(asked, thread.entry.subject, receipt)
    return _file(receipt)


def taken(asked: Visit, about: PersonId | None, receipt: Receipt) -> None:
    """Note that the receipt of an entry left the house, when the one who took it keeps such receipts."""
    whose = _whose(asked)
    if whose is None or about in whose:
        handed_out.hand_out(receipt.stream, receipt.seq, way="download", at=asked.context.clock())


def held_by(asked: Visit, most: int, person: PersonId | None = None) -> list[Held]:
    """The receipts that the one who asks was given, the latest first; of one person's record, where named."""
    whose = _whose(asked)
    if person is not None:
        names = asked.chart.known_as(person)
        whose = names if whose is None else [each for each in names if each in whose]
    return handed_out.held(whose, most=most)


def again(asked: Visit, entry: EntryId) -> tuple[str, bytes] | None:
    """A receipt that the one who asks was given, once more; None when they were given none for that entry."""
    given = handed_out.held(_whose(asked), most=1, entry=entry)
    return next((_file(receipt_for(each.end, signer_of(asked.context.home))) for each in given), None)


def _due(asked: Visit) -> list[Due]:
    return handed_out.due(_whose(asked))


def _whose(asked: Visit) -> Collection[PersonId] | None:
    """Whose receipts the one who asks keeps: the own, under every name; None for all, by a person alone."""
    if asked.context.actor.operator:
        return None
    return asked.chart.known_as(asked.me) if asked.me else ()


def ask_if_due(context: Context, queue: JobQueue, outgoing: Outgoing) -> None:
    """Every few minutes, where there is mail and something that no receipt outside covers."""
    if not outgoing.configured or not handed_out.due():
        return
    now = context.clock()
    slot = now.replace(minute=now.minute // EVERY_MINUTES * EVERY_MINUTES)
    ask_of_itself(queue, KIND, {}, at=now, once=f"{KIND}:{slot:%Y-%m-%dT%H:%M}")


def _send_all(work: Work) -> Mapping[str, Json]:
    """One letter to each person; that it was handed over is noted at once, so that a second run goes on.

    A worker that dies between the two sends that letter again, under the same number: better than never.
    """
    asked = visit(work.context)
    due = handed_out.due()
    owners = {each.subject: asked.chart.same_as.get(each.subject, each.subject) for each in due}
    by_person = sorted(due, key=lambda each: (owners[each.subject], each.end.stream))
    sent, unreachable = 0, 0
    refused: list[Json] = []
    groups = [
        (person, list(group)) for person, group in groupby(by_person, lambda each: owners[each.subject])
    ]
    for done, (person, streams) in enumerate(groups, 1):
        whom = asked.chart.people.get(person)
        address = email_of(whom) if whom and not whom.provisional else ""
        if not address or not asked.chart.is_active(person) or whom is None:
            unreachable += 1
        else:
            try:
                _send(work, whom, address, streams)
                sent += 1
            except Problem as problem:
                refused.append(f"{whom.name}: {problem}")
        work.progress(done, len(groups))
    return {"sent": sent, "unreachable": unreachable, "refused": refused}


def _send(work: Work, person: Person, address: str, streams: Sequence[Due]) -> None:
    entries = sum(each.entries for each in streams)
    said = "1 entry landed" if entries == 1 else f"{entries} entries landed"
    files = _files(work.context, streams)
    place = f" ({work.address}/receipts)" if work.address else ""
    work.outgoing.send(
        to=address,
        subject=SUBJECT,
        text=TEXT.format(name=person.name, entries=said, place=place),
        attachments=[
            Attachment(name=name, media_type=MEDIA_TYPE, content=content) for name, content in files
        ],
        number=f"receipt-{streams[0].end.hash[:32]}",
    )
    _note(work.context, streams, "mail")


def _note(context: Context, due: Sequence[Due], way: str) -> None:
    for each in due:
        handed_out.hand_out(each.end.stream, each.end.seq, way=way, at=context.clock())


def _files(context: Context, due: Sequence[Due]) -> Files:
    return tuple(_file(_receipt(context, each)) for each in due)


def _receipt(context: Context, due: Due) -> Receipt:
    return receipt_for(due.end, signer_of(context.home))


def _file(receipt: Receipt) -> tuple[str, bytes]:
    """As `datumline ledger receipt` writes it, which is what the offline verifier takes."""
    content = json.dumps(receipt.document(), indent=2, ensure_ascii=False).encode() + b"\n"
    return f"receipt-{receipt.stream[:8]}-{receipt.seq}.json", content


TASKS: Mapping[str, Task] = {KIND: Task(run=_send_all)}
