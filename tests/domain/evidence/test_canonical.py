"""Our quick canonical JSON is RFC 8785's, and a header is exactly what the reference would write."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from datumline.domain.evidence import chain
from datumline.domain.evidence.canonical import EXACT, canonical
from datumline.domain.problem import Problem

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-EXACT, EXACT)
    | TEXT
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)
NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1)


@given(JSON)
def test_every_value_is_written_as_the_reference_writes_it(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value).decode()  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["\ud800", ["\udfff"], {"a": "\ud800"}, 2**53, float("nan"), float("inf")])
def test_what_has_no_canonical_text_is_refused(value: object) -> None:
    with pytest.raises(Problem):
        canonical(value)  # type: ignore[arg-type]


@given(st.dictionaries(NAMES, TEXT), st.booleans(), st.none() | st.just("f" * 64))
def test_header_and_body_are_canonical(fields: dict[str, str], regressed: bool, ref: str | None) -> None:  # noqa: FBT001
    texts = {name: canonical(value) for name, value in fields.items()}
    salts = bytes(range(32)) * len(texts)
    sealed = chain.seal(texts, salts)
    header = chain.header_of(
        commits=sealed.commits,
        kind="written-note",
        prev=chain.START,
        recorded_at="2026-05-04T09:30:00.123456Z",
        ref=ref,
        seq=7,
        stream="0" * 32,
        clock_regressed=regressed,
    )
    said = json.loads(header)
    assert rfc8785.dumps(said).decode() == header
    assert set(said) - {"clock_regressed"} == {
        "v",
        "stream",
        "seq",
        "prev",
        "kind",
        "ref",
        "recorded_at",
        "commits",
    }
    assert ("clock_regressed" in said) is regressed
    assert rfc8785.dumps(json.loads(sealed.body)).decode() == sealed.body
    for name, value in fields.items():
        message = b"evl1/field/" + name.encode() + b"\0" + rfc8785.dumps(value)
        assert said["commits"][name] == hmac.new(salts[:32], message, "sha256").hexdigest()
    assert chain.hash_of(header) == hashlib.sha256(b"evl1/entry\0" + header.encode()).hexdigest()


@given(st.binary(max_size=200), NAMES, TEXT)
def test_a_commitment_is_hmac_whatever_stands_for_its_salt(salt: bytes, name: str, text: str) -> None:
    message = b"evl1/field/" + name.encode() + b"\0" + text.encode()
    assert chain.commitment(name, salt, text) == hmac.new(salt, message, "sha256").hexdigest()


@given(st.datetimes(timezones=st.just(timezone(timedelta(hours=5, minutes=45)))))
def test_a_stamp_says_the_instant_in_utc_and_sorts_as_text(moment: datetime) -> None:
    if not timedelta(days=1) < moment.replace(tzinfo=None) - datetime.min < timedelta(days=3_000_000):  # noqa: DTZ901
        return
    stamped = chain.stamp(moment)
    assert len(stamped) == 27
    assert chain.moment(stamped) == moment.astimezone(UTC)
    assert chain.stamp(moment + timedelta(microseconds=1)) > stamped
