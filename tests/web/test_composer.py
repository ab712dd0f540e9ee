"""The composer through its pages: read back, mended, shared, looked at again; without any script."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind
from datumline.store.ledger import entries
from support.entry_pages import filled, wrote
from support.page_world import CONCERN, INES, JENS, LENA, MONA, VERA

As = Callable[[str], Client]
NOTE = f"/people/{INES}/note"
GOOD = (
    "On 22 June, in the release of the invoice export, you merged the change nine days after its date and "
    "the delay was first mentioned on the due day. Two customers were billed by hand and support lost a day. "
    "When a date is at risk, I need you to say so in the channel at least three working days before it. "
    "At our 1:1 on 14 July we look at every date that fell due until then."
)


def shared(kind: Kind) -> list[Entry]:
    return entries(subjects=[INES], audiences=[Audience.SHARED], kinds=[kind])


def test_a_note_is_read_back_part_by_part(visit_as: As) -> None:
    mona = visit_as(MONA)
    page = mona.post(NOTE, filled(mona, NOTE, text=GOOD, step="check")).content.decode()
    assert re.findall(r'<li class="(\w+)[^"]*"><span class="margin">', page) == [
        "situation", "behaviour", "impact", "ask", "commit",
    ]  # fmt: skip
    assert "Looked at again on 14 Jul 2026" in page


def test_the_fragment_is_the_same_reading(visit_as: As) -> None:
    mona = visit_as(MONA)
    fragment = mona.post(f"{NOTE}/check", filled(mona, NOTE, text=GOOD))
    assert fragment.headers["X-Datumline-Fragment"] == "note"
    assert "<html" not in fragment.content.decode()
    assert "Looked at again on 14 Jul 2026" in fragment.content.decode()
    refused = mona.post(
        f"{NOTE}/check", filled(mona, NOTE, text="Das ist ein deutscher Text über die Arbeit.")
    )
    assert "expected" in refused.content.decode()


def test_a_mend_is_offered_and_applied_only_when_it_is_pressed(visit_as: As) -> None:
    mona, text = visit_as(MONA), GOOD.partition(" At our 1:1")[0]
    page = mona.post(NOTE, filled(mona, NOTE, text=text, step="check")).content.decode()
    assert "Missing commit" in page
    value = re.search(r'name="mend" value="([\d.]+)"[^>]*data-put="[^"]*At our 1:1', page)
    assert value
    mended = filled(mona, NOTE, text=text) | {"mend": [value[1]], "step": [""]}
    page = mona.post(NOTE, mended).content.decode()
    assert "At our 1:1 on 14 July 2026 we look at [what]." in page
    assert "1 blank" in page


def test_a_note_with_a_blank_is_not_shared(visit_as: As) -> None:
    mona = visit_as(MONA)
    form = filled(mona, NOTE, title="Dates", text=f"{GOOD} [who]", step="write")
    answer = mona.post(NOTE, form)
    assert answer.status_code == 422
    assert "A blank is left: [who]" in answer.content.decode()
    assert shared(Kind.SBI) == []


def test_a_shared_note_opens_a_clock_and_its_outcome_closes_it(visit_as: As) -> None:
    mona, ines = visit_as(MONA), visit_as(INES)
    form = filled(mona, NOTE, title="Dates at risk", text=GOOD, concern=CONCERN, checkpoint="2026-07-14")
    shown = mona.post(NOTE, form | {"step": ["look"]}).content.decode()
    assert "Nothing is shared yet" in shown
    note = wrote(mona.post(NOTE, form | {"step": ["write"]}))
    assert wrote(mona.post(NOTE, form | {"step": ["write"]})) == note
    assert len(shared(Kind.SBI)) == len(shared(Kind.CHECKPOINT)) == 1
    assert "a note is looked at again" in ines.get("/").content.decode()
    assert "Looked at again" in ines.get(f"/entries/{note}").content.decode()
    reply = filled(ines, f"/entries/{note}/reply", text="I will say it earlier.")
    assert ines.post(f"/entries/{note}/reply", reply).status_code == 303
    came = f"/entries/{note}/checkpoint"
    assert ines.get(came).status_code == 404
    said = filled(
        mona, came, outcome="partly", text="Three of four dates were warned of.", again="2026-08-11"
    )
    assert mona.post(came, said).status_code == 303
    assert [entry.amounts.get("outcome") for entry in shared(Kind.CHECKPOINT)] == [None, "partly", None]
    page = ines.get(f"/entries/{note}").content.decode()
    assert "11 Aug 2026" in page


def test_who_may_write_no_note_finds_no_composer(visit_as: As) -> None:
    for who, about in ((INES, JENS), (INES, INES), (MONA, LENA), (VERA, MONA)):
        opens = visit_as(who).get(f"/people/{about}/note").status_code == 200
        assert opens is (who == VERA)


def test_a_starting_point_fills_an_empty_note(visit_as: As) -> None:
    mona = visit_as(MONA)
    page = mona.get(f"{NOTE}?start=slow-reviews").content.decode()
    assert "finish a review within 24 hours" in page
    assert "[which sprint or week]" in page


def test_a_conversation_plan_says_what_it_lacks_and_becomes_an_entry(visit_as: As) -> None:
    mona, plan = visit_as(MONA), f"/people/{INES}/conversation"
    page = mona.get(plan).content.decode()
    assert "No support is named." in page
    said = {
        "observation": "Two dates passed in May without a word.",
        "e_risk": "A risk is told three days ahead.",
        "until": "2026-07-28",
        "checkpoints": "2026-07-07\n2026-07-21",
        "concern": CONCERN,
    }
    form = filled(mona, plan, support=["pairing"], **said)
    page = mona.post(plan, form | {"step": ["keep"]}).content.decode()
    assert "Nothing is missing" in page
    wrote(mona.post(plan, form | {"step": ["write"]}))
    (held,) = shared(Kind.PERSONAL_CONVERSATION)
    assert "We look at it on 7 July 2026, 21 July 2026." in held.text
    assert len(shared(Kind.CHECKPOINT)) == 1
