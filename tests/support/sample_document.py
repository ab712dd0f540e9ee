"""One small document that uses every block, for the renderers' tests."""

from __future__ import annotations

from datetime import date

from datumline.domain.citation import EntryCitation, PolicyCitation
from datumline.domain.documents.document import (
    Claim,
    Document,
    Lamps,
    Note,
    Paragraph,
    Row,
    Section,
    Table,
)
from datumline.domain.documents.page_budget import PageBudget
from datumline.domain.period import at_end_of
from datumline.domain.verdict import Answer, PackRef

HOSTILE = '<script>alert(1)</script> #read("/etc/passwd") $x$ *bold* | pipe [link](javascript:x) \\ end'


def sample(rows: int = 3, *, what: str = "Invoice export came nine days after its date") -> Document:
    """A one-page document with `rows` table rows."""
    return Document(
        kind="signal-log",
        title="Signal log: Ilse Okafor",
        subtitle="Senior engineer, Payments platform. As of 30 June 2026.",
        at=at_end_of(date(2026, 6, 30)),
        pack=PackRef(name="default", version="1.0"),
        budget=PageBudget(least=1, most=1),
        sections=(
            Section(
                title="Would the round hold?",
                blocks=(
                    Lamps(
                        lamps=(
                            (Answer.MET, "Two cross-team projects owned", "ledger split, retry budget"),
                            (Answer.NOT_MET, "Above 85 % on time", "74 %, 26 of 35"),
                            (Answer.UNKNOWN, "Trade-offs decided with data", "nothing on file"),
                        )
                    ),
                    Note(text="Figures come from entries that the engineer can read."),
                ),
            ),
            Section(
                title="What stands behind it",
                blocks=(
                    Paragraph(
                        claims=(
                            Claim(
                                text="On time 26 of 35.",
                                citations=(
                                    PolicyCitation(parameter="on_time.bar_raiser_floor", reference="S0"),
                                    EntryCitation(entry="ab" * 32),
                                ),
                            ),
                            Claim(text="Nobody wrote this down."),
                        )
                    ),
                    Table(
                        caption="Incidents, newest first",
                        columns=("Happened", "What", "Count"),
                        widths=(2, 8, 2),
                        figures=frozenset({2}),
                        rows=tuple(
                            Row(cells=(f"2026-05-{n % 28 + 1:02d}", what, str(n))) for n in range(rows)
                        ),
                    ),
                ),
            ),
        ),
        footer="3 of 3 entries. Default pack 1.0.",
        used=3,
        available=3,
    )
