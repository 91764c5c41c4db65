"""A staff member's telephone: shows the code of the moment for a secret (RFC 6238), by its own arithmetic."""

import base64
import hmac
import struct
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Telephone:
    secret: str

    def code(self) -> str:
        counter = struct.pack(">Q", int(time.time()) // 30)
        digest = hmac.digest(base64.b32decode(self.secret), counter, "sha1")
        start = digest[-1] & 0x0F
        (number,) = struct.unpack(">I", digest[start : start + 4])
        return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"
