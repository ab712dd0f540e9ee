"""The quarterly review: pages by the manager, the engineer's own word, and a draft to begin from."""

from __future__ import annotations

from dataclasses import dataclass

from datumline.domain.citation import EntryId
from datumline.domain.documents.document import Claim, Document, Section
from datumline.domain.documents.page_budget import PageBudget
from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import NO_EVIDENCE, Kind
from datumline.domain.growth.first_heard import concerns_of, named_since
from datumline.domain.growth.growth_document import REVIEW_PARTS, footer, quarter_words
from datumline.domain.growth.material import (
    REACH,
    Material,
    cited,
    listed,
    omitted,
    said,
    sentence,
    subtitle,
)
from datumline.domain.growth.monthly import updates_of
from datumline.domain.period import Window, quarter_of
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import short_day_words

MOST_NAMED = 6  # entries that a draft names one by one in each part; a layout of a page, no policy


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDraft:
    """A draft of the parts, each sentence from an entry, and the entries that it rests on."""

    progress: str
    risk: str
    focus: str
    concerns: tuple[str, ...]
    cites: tuple[EntryId, ...]


def review_draft(material: Material, window: Window) -> ReviewDraft:
    """What the months and the evidence of a quarter hold, to be written over."""
    inside = material.within(window)
    done = [entry for entry in inside if entry.kind in REACH][-MOST_NAMED:]
    updates = [each for each in updates_of(inside) if each.month in window]
    shipped = [bullet for update in reversed(updates) for bullet in update.bullets["shipped"]]
    asked = [
        bullet
        for update in reversed(updates)
        for bullet in (*update.bullets["blocked"], *update.bullets["asked"])
    ]
    trouble = [e for e in inside if e.concern and e.kind not in NO_EVIDENCE and e.author != e.subject]
    lines = [f"{short_day_words(e.occurred_on)}: {sentence(e).text.partition(': ')[2]}" for e in done]
    return ReviewDraft(
        progress="\n".join([*(f"{bullet.rstrip('.')}." for bullet in shipped), *lines]),
        risk="\n".join(sentence(entry).text for entry in trouble[-MOST_NAMED:]),
        focus="\n".join(f"{bullet.rstrip('.')}." for bullet in asked),
        concerns=tuple(dict.fromkeys(entry.concern for entry in trouble if entry.concern)),
        cites=tuple(dict.fromkeys([*(u.entry.id for u in updates), *(e.id for e in (*done, *trouble))])),
    )


def quarterly_document(material: Material, review: Entry, policy: Policy) -> Document:
    """A quarterly review laid out, with the engineer's replies and what it named for the first time."""
    say, on = policy.phrases.say, material.at.as_of
    cites = review.amounts.get("cites")
    known = {entry.id: entry for entry in material.entries}
    rests = [known[each] for each in map(str, cites if isinstance(cites, list) else []) if each in known]
    replies = [e for e in material.entries if e.kind is Kind.REPLY and e.amounts.get("to") == review.id]
    sections = (
        *(
            Section(
                title=say(f"review.{part}"),
                blocks=listed(_lines(review, part), say("document.packet.nothing")),
            )
            for part in REVIEW_PARTS
        ),
        Section(title=say("review.reply"), blocks=listed(map(_whole, replies), say("review.no-reply"))),
        Section(
            title=say("review.heard"),
            blocks=listed(_first(material, review, policy), say("document.growth.none-heard")),
        ),
        Section(
            title=say("review.rests"), blocks=listed(map(sentence, rests), say("document.packet.nothing"))
        ),
    )
    available = [e for e in material.within(_window(review)) if e.kind not in NO_EVIDENCE]
    used = cited(sections) & {each.id for each in available}
    return Document(
        kind="quarterly-review",
        title=say("document.quarter.title", name=material.person.name, quarter=quarter_words(review)),
        subtitle=subtitle(material, policy),
        at=material.at,
        pack=policy.ref,
        budget=PageBudget(
            least=policy.whole("growth.quarterly.least", on), most=policy.whole("growth.quarterly.most", on)
        ),
        sections=sections,
        footer=footer(len(used), len(available), policy),
        used=len(used),
        available=len(available),
        left_out=omitted(available, used, policy),
    )


def _window(review: Entry) -> Window:
    day = review.amounts["quarter"]
    return quarter_of(review.occurred_on if isinstance(day, str) or day is None else day)  # type: ignore[arg-type]


def _lines(review: Entry, part: str) -> list[Claim]:
    text = str(review.amounts.get(part) or "")
    return [said(line.strip(), review.id) for line in text.splitlines() if line.strip()]


def _whole(reply: Entry) -> Claim:
    return said(f"{short_day_words(reply.occurred_on)}: {reply.text}", reply.id)


def _first(material: Material, review: Entry, policy: Policy) -> list[Claim]:
    return [
        said(
            policy.phrases.say("document.growth.first-heard", concern=each, on=review.occurred_on), review.id
        )
        for each in concerns_of(review)
        if named_since(material.entries, each, before=review.occurred_on, zone=material.zone) is None
    ]
