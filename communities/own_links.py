"""Who may open what concerns one resident alone? Whoever was sent it at the address they have now.

A wrong address is somebody else's: once the town hall has put it right, what was sent there no longer opens the page of
their choices or their calendar. Links that answer an invitation still do: they lie in calendars and in letters that the
right person was passed on, name one public meeting, and the last answer holds. So do those that stop letters, which
whoever gets them may press; but neither leads on to these pages.
"""

from django.db.models import F

from . import links
from .models import FollowedLink, Resident

PK_BITS = 32
MOST = 256


def sign(purpose: str, resident: Resident | None) -> str:
    """A token for the address they have now; for nobody, one that opens nothing. Raise OverflowError as links.sign."""
    return links.sign(purpose, number_of(resident) if resident else 0)


def number_of(resident: Resident) -> int:
    if resident.pk >> PK_BITS:
        raise OverflowError(resident.pk)
    return resident.pk | resident.addresses_before << PK_BITS


def read(purpose: str, token: str) -> tuple[int, int] | None:
    """The resident's key, and how many addresses they had before the one it was sent to; None as links.read."""
    number = links.read(purpose, token)
    return None if number is None else (number & ((1 << PK_BITS) - 1), number >> PK_BITS)


def find(purpose: str, token: str) -> Resident | None:
    """None for a link that is forged or truncated, or was sent to an earlier address. It never grows too old."""
    pk, before = read(purpose, token) or (0, 0)
    known = Resident.objects.known().select_related("neighbourhood")
    return known.filter(pk=pk, addresses_before=before).first() or known.filter(pk=followed(pk, before)).first()


def followed(pk: int, before: int) -> int:
    """The resident whom a link of a record that was joined to theirs opens for since; 0 if there is none."""
    held = FollowedLink.objects.filter(resident__addresses_before=F("while_before"))
    return held.filter(number=pk, addresses_before=before).values_list("resident_id", flat=True).first() or 0


def let_go_of(address: str, *, resident: Resident) -> None:
    """What was sent to this address, which was theirs until now, opens nothing of theirs any more. The caller saves."""
    if address and address.lower() != resident.email.lower():
        resident.addresses_before = (resident.addresses_before + 1) % MOST
