"""The half-yearly packet, drafted from what the months hold: the case or not, every sentence linked.

What it leaves out is named. Too much for its pages: the oldest of what it tells one by one is cut, and
counted as cut. Too little: said, never padded (law 7).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from datumline.domain.documents.document import Claim, Document, Section
from datumline.domain.documents.page_budget import PageBudget
from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.growth.growth_document import footer, notes_blocks, plan_blocks, stands
from datumline.domain.growth.material import (
    COUNTED,
    REACH,
    SAID,
    Material,
    cited,
    listed,
    omitted,
    said,
    sentence,
    span_words,
    subtitle,
)
from datumline.domain.growth.monthly import updates_of
from datumline.domain.period import half_of
from datumline.domain.policy.pack import Policy

AGAINST = frozenset({Kind.OCCURRENCE, Kind.PEER_REPORT, Kind.INCIDENT})


def packet(material: Material, policy: Policy, *, cut: int = 0) -> Document:
    """The packet of the day's half-year, without the `cut` oldest of what it would tell one by one."""
    on, say = material.at.as_of, policy.phrases.say
    window = half_of(on)
    half = material.within(window)
    told = [entry for entry in half if entry.kind in REACH | AGAINST | SAID]
    gone = {entry.id for entry in told[:cut]}
    kept = [entry for entry in half if entry.id not in gone]
    sections = tuple(_sections(material, kept, policy))
    available = [each for each in half if each in material.evidence or each in material.papers]
    used = cited(sections) & {each.id for each in available}
    return Document(
        kind="packet",
        title=say("document.packet.title", name=material.person.name, half=span_words(window)),
        subtitle=subtitle(material, policy),
        at=material.at,
        pack=policy.ref,
        budget=PageBudget(
            least=policy.whole("growth.packet.least", on), most=policy.whole("growth.packet.most", on)
        ),
        sections=sections,
        footer=footer(len(used), len(available), policy),
        used=len(used),
        available=len(available),
        left_out=omitted(available, used, policy, cut=tuple(gone)),
    )


def cuttable(material: Material) -> int:
    """How many entries a packet tells one by one, and so could leave out to fit."""
    return sum(entry.kind in REACH | AGAINST | SAID for entry in material.within(half_of(material.at.as_of)))


def _sections(material: Material, kept: Sequence[Entry], policy: Policy) -> Iterable[Section]:
    say = policy.phrases.say
    nothing = say("document.packet.nothing")
    yield Section(
        title=say("document.packet.case"), blocks=(*stands(material, policy), *plan_blocks(material, policy))
    )
    yield Section(title=say("document.packet.figures"), blocks=listed(_figures(material), nothing))
    yield Section(
        title=say("document.packet.shipped"), blocks=listed(_bullets(kept, ("shipped",), policy), nothing)
    )
    yield Section(title=say("document.packet.reach"), blocks=listed(_of(kept, REACH), nothing))
    yield Section(title=say("document.packet.against"), blocks=listed(_of(kept, AGAINST), nothing))
    yield Section(title=say("document.packet.notes"), blocks=notes_blocks(material, list(kept), policy))
    yield Section(
        title=say("document.packet.months"),
        blocks=listed(_bullets(kept, ("blocked", "learned", "asked"), policy), nothing),
    )


def _figures(material: Material) -> Iterable[Claim]:
    """The figures of the day, each on the entries that it counts."""
    for name, figure, count, entries in material.figures:
        yield said(f"{name}: {figure}{f' ({count})' if count else ''}.", *entries)


def _bullets(entries: Sequence[Entry], headings: Sequence[str], policy: Policy) -> Iterable[Claim]:
    """What the monthly updates say under some headings, a sentence each, oldest month first."""
    for update in reversed(updates_of(entries)):
        for name in headings:
            for bullet in update.bullets[name]:
                words = bullet.rstrip(".")
                yield said(
                    f"{policy.phrases.say(f'growth.{name}')}, {update.month:%B}: {words}.", update.entry.id
                )


def _of(entries: Sequence[Entry], kinds: frozenset[Kind]) -> Iterable[Claim]:
    return (sentence(entry, long=True) for entry in entries if entry.kind in kinds - COUNTED)
