"""What an authenticator app shows: RFC 6238 with six digits, SHA-1 and half a minute."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct

PERIOD_SECONDS = 30


def code_of(secret: str, at: float) -> str:
    """The code of a secret (base 32) at a time in seconds."""
    counter = struct.pack(">Q", int(at) // PERIOD_SECONDS)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 0xF
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"
