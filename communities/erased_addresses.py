"""Was the person at this address erased? We know it again when a list brings it, without keeping it.

What is kept is an HMAC-SHA256 (RFC 2104) under the site's key: without the key, nobody can try addresses on it. A list
may not bring such a person back; they themselves may, whenever they sign up again.
"""

import datetime as dt
import hmac
from collections.abc import Collection

from django.conf import settings
from django.utils import timezone
from django.utils.encoding import force_bytes

from .models import ErasedAddress

PURPOSE = b"an erased address\0"


def remember(*, address: str, now: dt.datetime) -> None:
    """From now on this address is known again; nothing for someone who had none."""
    if address:
        erased_on = timezone.localdate(now)
        ErasedAddress.objects.get_or_create(mark=mark(address), defaults={"erased_on": erased_on})


def among(addresses: Collection[str]) -> set[str]:
    """Those of these addresses, in lower case, whose person was erased; one query."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    marks = {mark(address, key=key): address.lower() for address in addresses if address for key in keys}
    return {marks[found] for found in ErasedAddress.objects.filter(mark__in=marks).values_list("mark", flat=True)}


def mark(address: str, *, key: str | bytes = "") -> str:
    said = PURPOSE + address.strip().lower().encode()
    return hmac.digest(force_bytes(key or settings.SECRET_KEY), said, "sha256").hex()
