"""How does a resident change their e-mail address? By the button of a letter to the new one; the old one is told."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import links, own_links
from communities.models import AddressChange, Delivery, Mailing, Resident
from communities.post import mailings

PURPOSE = "change-address"
LETTER_KIND, TOLD_KIND = "new-address", "address-changed"
GOOD_FOR = dt.timedelta(days=1)
KEPT = dt.timedelta(days=7)


class AlreadyTaken(Exception):
    """Two records cannot share an address: the town hall makes them one."""

    MESSAGE = gettext_lazy(
        "This address already belongs to another record, perhaps an older one of yours. Call the town hall: it makes"
        " one of the two."
    )


@transaction.atomic
def ask(*, resident: Resident, email: str, now: dt.datetime) -> AddressChange:
    """Write to the new address; whether somebody else has it is said only to whoever reads there."""
    change = AddressChange.objects.create(
        resident=resident, address=email, addresses_before=resident.addresses_before, asked_at=now
    )
    title = _("Confirmation of an address")
    mailings.post_to_address(kind=LETTER_KIND, key=str(change.pk), title=title, address=email, now=now)
    return change


def token_of(change: AddressChange) -> str:
    return links.sign(PURPOSE, change.pk)


def find(*, token: str, now: dt.datetime) -> AddressChange | None:
    """What waits behind a letter's button; None when it is forged, a day old, used, or another address came since."""
    waiting = AddressChange.objects.select_related("resident").filter(
        pk=links.read(PURPOSE, token) or 0, used_at__isnull=True, asked_at__gt=now - GOOD_FOR
    )
    change = waiting.filter(resident__erased_at__isnull=True).first()
    is_last = change and change.addresses_before == change.resident.addresses_before
    return change if is_last else None


def confirm(*, change: AddressChange, now: dt.datetime) -> Resident | None:
    """The button was pressed: letters go there from now on, what was sent to the old address opens nothing any more,
    every browser is out, and the old address is told. None when it was pressed already. Raise AlreadyTaken.
    """
    try:
        return take(change, now=now)
    except IntegrityError:
        raise AlreadyTaken from None


@transaction.atomic
def take(change: AddressChange, *, now: dt.datetime) -> Resident | None:
    resident = Resident.objects.known().select_for_update(of=("self",), no_key=True).get(pk=change.resident_id)
    new = change.address
    if not AddressChange.objects.filter(pk=change.pk, used_at=None).update(used_at=now, address=""):
        return None
    former, resident.email, resident.confirmed_at = resident.email, new, now
    own_links.let_go_of(former, resident=resident)
    resident.save(update_fields=["email", "confirmed_at", "addresses_before"])
    if former and former.lower() != new.lower():
        title = _("Your address has been changed")
        mailings.post_to_address(kind=TOLD_KIND, key=str(change.pk), title=title, address=former, now=now)
    return resident


def forget_of(*, resident: Resident) -> None:
    """Their changes, and the letters to both addresses."""
    erase_letters([str(pk) for pk in resident.address_changes.values_list("pk", flat=True)])
    resident.address_changes.all().delete()


def forget(*, now: dt.datetime) -> None:
    """Changes of last week, done or not, and their letters."""
    past = AddressChange.objects.filter(asked_at__lt=now - KEPT)
    erase_letters([str(pk) for pk in past.values_list("pk", flat=True)])
    past.delete()


def erase_letters(keys: list[str]) -> None:
    theirs = Mailing.objects.filter(kind__in=[LETTER_KIND, TOLD_KIND], key__in=keys)
    pks = list(theirs.values_list("pk", flat=True)) if keys else []
    if pks:
        Delivery.objects.filter(mailing__in=pks).delete()
        Mailing.objects.filter(pk__in=pks).delete()
