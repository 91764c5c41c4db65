"""Who is asked how it stands, by which link, and until when may they answer?"""

from dataclasses import dataclass

from communities.models import Channel, Delivery, Resident
from engagement import telling
from engagement.ideas import own_links
from engagement.models import StewardshipCheck
from engagement.models.stewardship import CheckQuerySet

PURPOSE = "check"
ASKED, REMINDED = "check", "check_reminder"
LETTER_KINDS = (ASKED, REMINDED)


@dataclass(frozen=True)
class Asked:
    """One resident before one check."""

    check: StewardshipCheck
    resident: Resident

    @property
    def is_theirs(self) -> bool:
        """Whether it is still asked of them: they may have left the team since the letter."""
        return self.resident in asked_of(self.check)

    @property
    def is_open(self) -> bool:
        return self.is_theirs and is_open(self.check)


def asked_of(check: StewardshipCheck) -> list[Resident]:
    """Who looks: the one whom it was entrusted to; else, and for a review, each who carries the project."""
    if check.resident and not check.resident.erased_at and not check.is_review:
        return [check.resident]
    return telling.holders_of(check.project)


def reached(check: StewardshipCheck) -> dict[int, Channel]:
    """Those to write to (by pk), and how. When whoever looks can be reached in no way, those who carry it are asked."""
    asked = asked_of(check)
    ways = {resident.pk: telling.way_to(resident) for resident in [*asked, *telling.holders_of(check.project)]}
    found = {pk: way for pk, way in ways.items() if way}
    theirs = {resident.pk: found[resident.pk] for resident in asked if resident.pk in found}
    return theirs or found


def is_open(check: StewardshipCheck) -> bool:
    """Whether it can be answered, or its answer put right: until the next check is done."""
    if check.is_called_off or check.conclusion or not check.project.is_in_their_hands:
        return False
    if not check.answered_at:
        return True
    later = check.project.checks.done().exclude(pk=check.pk).filter(kind=check.kind)
    return not later.filter(answered_at__gt=check.answered_at).exists()


def token_of(delivery: Delivery) -> str:
    """What the links of one letter to one resident carry, for the address they have now."""
    before = delivery.resident.addresses_before if delivery.resident else 0
    return own_links.sign(PURPOSE, delivery.pk, count=before)


def find(*, token: str) -> Asked | None:
    """Whose letter it was, about which check; None for a forged or truncated link, one that was sent to an earlier
    address, and for whoever was erased.
    """
    pk, before = own_links.read(PURPOSE, token)
    letters = Delivery.objects.filter(mailing__kind__in=LETTER_KINDS, resident__erased_at__isnull=True)
    theirs = letters.filter(pk=pk, resident__addresses_before=before)
    letter = theirs.select_related("resident", "mailing").first()
    if letter is None or letter.resident is None:
        return None
    check = checks_with_what_is_said().filter(pk=letter.mailing.key).first()
    return Asked(check, letter.resident) if check else None


def checks_with_what_is_said() -> CheckQuerySet:
    return StewardshipCheck.objects.select_related("project__page", "resident", "photo")
