"""Documents: composed from a record, laid out, measured, and put together until they keep to their budget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from datumline.domain.bar_raiser.signal_log import Material, signal_log
from datumline.domain.documents.document import Document
from datumline.domain.documents.page_budget import Fit
from datumline.domain.people.access_words import Noun
from datumline.domain.period import AsOf
from datumline.domain.verdict import Verdict
from datumline.rendering.pdf import Rendered, render
from datumline.services.access import absent, note_reading
from datumline.services.context import Context
from datumline.services.people import find_person
from datumline.services.record import PersonRecord, read_record
from datumline.services.verdicts import NON_NEGOTIABLES, judge_record
from datumline.services.visit import visit

Compose = Callable[[int], Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished document. `grouped` says how many of its oldest matters were put together to keep to it."""

    document: Document
    rendered: Rendered
    grouped: int

    def account(self) -> dict[str, object]:
        """What a script needs to know: how long it is, whether that fits, what was used and what was not."""
        document = self.document
        left_out = [
            (each.to_fit, {"why": each.why, "entries": list(each.entries)}) for each in document.left_out
        ]
        return {
            "document": document.kind,
            "title": document.title,
            "as_of": document.at.as_of,
            "known_at": document.at.known_at,
            "pack": {"name": document.pack.name, "version": document.pack.version},
            "pages": self.rendered.pages,
            "budget": {"least": document.budget.least, "most": document.budget.most},
            "fits": self.rendered.fit is Fit.FITS,
            "used": document.used,
            "available": document.available,
            "cut": [said for to_fit, said in left_out if to_fit],
            "left_out": [said for to_fit, said in left_out if not to_fit],
        }


def signal_log_about(context: Context, person: str, at: AsOf, *, group: bool = True) -> Made:
    """The signal log of somebody named, as of a day as known at a time.

    Raises Problem for nobody of that name, or a record that the one who asks may not read.
    """
    record = read_record(visit(context), find_person(context, person, Noun.ENTRY).id, at)
    return make_signal_log(record, judge_record(record, NON_NEGOTIABLES).verdict, group=group)


def make_signal_log(record: PersonRecord, verdict: Verdict, *, group: bool = True) -> Made:
    """The signal log of a record, with the verdict on the non-negotiables that was given on it.

    Raises Problem, as for nobody, when the reader may not see one. With `group` the oldest matters are put
    together, as few as it takes, when the page does not hold them all.
    """
    asked = record.visit
    if not asked.sees(record.person.id, Noun.SIGNAL_LOG):
        raise absent("such document")
    note_reading(asked.context, record.person.id, Noun.SIGNAL_LOG, "signal-log")
    material = Material(
        person=record.person,
        place=record.place,
        manager=asked.name_of(record.chart.manager_of(record.person.id)),
        entries=record.evidence,
        commitments=record.commitments,
        disputes=frozenset(record.disputes),
        signals=record.signals,
        verdict=verdict,
    )
    most = len(record.evidence) if group else 0
    return fitted(lambda count: signal_log(material, record.policy, group=count), most=most)


def fitted(compose: Compose, *, most: int) -> Made:
    """The document with the fewest matters put together that keeps to its budget.

    `compose(n)` puts the n oldest together. When not even `most` suffices, the one that comes closest is
    returned, and it says that it is too long.
    """
    made = _made(compose, 0)
    if made.rendered.fit is not Fit.TOO_LONG or most == 0:
        return made
    best, low, high = _made(compose, most), 0, most
    while high - low > 1 and best.rendered.fit is not Fit.TOO_LONG:
        middle = (low + high) // 2
        tried = _made(compose, middle)
        if tried.rendered.fit is Fit.TOO_LONG:
            low = middle
        else:
            best, high = tried, middle
    return best


def _made(compose: Compose, grouped: int) -> Made:
    document = compose(grouped)
    return Made(document=document, rendered=render(document), grouped=grouped)
