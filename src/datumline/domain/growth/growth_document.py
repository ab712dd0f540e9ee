"""The growth document whole: the last review first, then plan, months, reviews, and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from datumline.domain.citation import EntryId
from datumline.domain.documents.document import Block, Claim, Document, Note, Paragraph, Section
from datumline.domain.documents.page_budget import PageBudget
from datumline.domain.evidence.agreed import agreed
from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.plan_versions import plans_of
from datumline.domain.growth.first_heard import heard
from datumline.domain.growth.material import (
    SAID,
    Material,
    cited,
    headline,
    listed,
    omitted,
    said,
    sentence,
    subtitle,
)
from datumline.domain.growth.monthly import HEADINGS, Update, updates_of
from datumline.domain.period import MONTHS_IN_QUARTER
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import MONTHS, short_day_words
from datumline.domain.visibility.artifacts import Artifact, told
from datumline.domain.visibility.forecast import standing_of

REVIEW_PARTS = ("stands", "progress", "risk", "focus")


def growth_document(material: Material, policy: Policy) -> Document:
    """The whole document of one engineer's tenure."""
    say, on = policy.phrases.say, material.at.as_of
    sections = (
        Section(title=say("document.growth.stands"), blocks=stands(material, policy)),
        Section(title=say("document.growth.plan"), blocks=plan_blocks(material, policy)),
        Section(
            title=say("document.growth.months"),
            blocks=_months(updates_of(material.entries), material, policy),
        ),
        Section(title=say("document.growth.reviews"), blocks=_reviews(material, policy)),
        Section(title=say("document.growth.notes"), blocks=notes_blocks(material, material.entries, policy)),
        Section(title=say("document.growth.heard"), blocks=_heard(material, policy)),
    )
    available = [*material.evidence, *material.papers]
    used = cited(sections) & {each.id for each in available}
    return Document(
        kind="growth",
        title=say("document.growth.title", name=material.person.name),
        subtitle=subtitle(material, policy),
        at=material.at,
        pack=policy.ref,
        budget=PageBudget(least=1, most=policy.whole("growth.document.most", on)),
        sections=sections,
        footer=footer(len(used), len(available), policy),
        used=len(used),
        available=len(available),
        left_out=omitted(available, used, policy),
    )


def footer(used: int, available: int, policy: Policy) -> str:
    """How much of the record it used, and by which pack."""
    return policy.phrases.say(
        "document.signal-log.footer",
        used=used,
        available=available,
        pack=policy.ref.name,
        version=policy.ref.version,
    )


def last_review(entries: Sequence[Entry]) -> Entry | None:
    """The latest quarterly review that stands."""
    found = [entry for entry in entries if entry.kind is Kind.QUARTERLY_REVIEW]
    return max(found, key=lambda each: (each.occurred_on, each.recorded_at), default=None)


def stands(material: Material, policy: Policy) -> tuple[Block, ...]:
    """Where the engineer stands, in the words of the last quarterly review."""
    review = last_review(material.entries)
    if review is None:
        return (Note(text=policy.phrases.say("document.growth.no-review")),)
    return tuple(
        Paragraph(claims=(said(f"{policy.phrases.say(f'review.{part}')}: {text}", review.id),))
        for part in REVIEW_PARTS
        if (text := str(review.amounts.get(part) or "").strip())
    )


def plan_blocks(material: Material, policy: Policy) -> tuple[Block, ...]:
    """The visibility plan in force, each artifact with its state in the last audit, and the forecast."""
    plans, say = plans_of(material.entries), policy.phrases.say
    current, now = plans.current, standing_of(plans, material.entries, policy, material.at.as_of)
    if current is None or now is None:
        return (Note(text=say("document.growth.no-plan")),)
    last = now.audits[-1] if now.audits else None
    artifacts = told(current)
    claims: list[Claim] = []
    for each in Artifact:
        state = last.states.get(each) if last else None
        stood = f" {say(f'visibility.state.{state[0]}')}." if state else ""
        words = f"{say(f'visibility.artifact.{each}')}: {artifacts[each]['what']}.{stood}"
        claims.append(said(words, current.id, *((last.entry,) if last else ())))
    forecast = say(f"visibility.forecast.{now.forecast}", counted=now.counted, of=now.of)
    months = policy.whole("visibility.months", material.at.as_of)
    where = say("visibility.month", month=min(now.month, months), months=months, ends=now.ends)
    return (*listed(claims, ""), Paragraph(claims=(said(f"{where} {forecast}", current.id),)))


def month_words(update: Update) -> str:
    """The month of an update."""
    return f"{MONTHS[update.month.month - 1]} {update.month.year}"


def _months(updates: Sequence[Update], material: Material, policy: Policy) -> tuple[Block, ...]:
    blocks = [block for update in updates for block in _month(update, material, policy)]
    return tuple(blocks) or (Note(text=policy.phrases.say("document.growth.no-months")),)


def _month(update: Update, material: Material, policy: Policy) -> Iterator[Block]:
    yield Note(text=month_words(update))
    for name in HEADINGS:
        if update.bullets[name]:
            words = f"{policy.phrases.say(f'growth.{name}')}: {'; '.join(update.bullets[name])}."
            yield Paragraph(claims=(said(words, update.entry.id),))
    for each in update.answers:
        who = material.names.get(each.author, each.author)
        yield Paragraph(claims=(said(f"{who}, {short_day_words(each.occurred_on)}: {each.text}", each.id),))


def quarter_words(review: Entry) -> str:
    """The quarter that a review is of."""
    day = review.amounts["quarter"]
    first = day if not isinstance(day, str) else review.occurred_on
    month, year = getattr(first, "month", 1), getattr(first, "year", 1)
    return f"quarter {(month - 1) // MONTHS_IN_QUARTER + 1} of {year}"


def _reviews(material: Material, policy: Policy) -> tuple[Block, ...]:
    quarterly = [e for e in material.entries if e.kind is Kind.QUARTERLY_REVIEW]
    formal = [e for e in material.entries if e.kind is Kind.FORMAL_REVIEW]
    claims = [_line(quarter_words(e).capitalize(), e, str(e.amounts["stands"])) for e in reversed(quarterly)]
    claims += [_line(headline(e), e, str(e.amounts.get("outcome") or "no outcome")) for e in reversed(formal)]
    return listed(claims, policy.phrases.say("document.growth.no-review"))


def _line(title: str, entry: Entry, words: str) -> Claim:
    return said(f"{title}, {short_day_words(entry.occurred_on)}: {words.rstrip('.')}.", entry.id)


def notes_blocks(material: Material, entries: Sequence[Entry], policy: Policy) -> tuple[Block, ...]:
    """Notes and conversations, and what came of each at its checkpoint."""
    came = agreed(material.entries)
    return listed(
        (_note(entry, came.get(entry.id), policy) for entry in entries if entry.kind in SAID),
        policy.phrases.say("document.growth.no-notes"),
    )


def _note(entry: Entry, found: object, policy: Policy) -> Claim:
    claim = sentence(entry, long=True)
    outcome, other = getattr(found, "outcome", None), getattr(found, "entry", "")
    if outcome is None:
        return claim
    ids: tuple[EntryId, ...] = (entry.id, other)
    return said(f"{claim.text} {policy.phrases.say(f'outcome.{outcome}')}.", *ids)


def _heard(material: Material, policy: Policy) -> tuple[Block, ...]:
    """What a review named that nobody had shared before its day."""
    say = policy.phrases.say
    first = [each for each in heard(material.entries, zone=material.zone) if each.since is None]
    claims = [
        said(say("document.growth.first-heard", concern=each.concern, on=each.on), each.review)
        for each in first
    ]
    return listed(claims, say("document.growth.none-heard"))
