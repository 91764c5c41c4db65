"""Who is this? Found by e-mail or telephone, or written down for the first time."""

import re
import unicodedata
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from .folding import Digits, Folded, fold
from .models import Channel, Resident
from .models.resident import ResidentQuerySet

LONGEST = 160


def find_or_create(*, email: str = "", phone: str = "", name: str, now: datetime) -> Resident:
    """The resident at this e-mail address, or with this telephone and name; a new one, unconfirmed, if there is none.

    Give at least one of `email` and `phone`. A known resident is never changed by what a stranger typed; someone at
    the town hall, who gives both, may add the e-mail address that a resident known by telephone had not given.
    """
    email, phone, name = tidy_email(email), tidy_phone(phone), tidy_name(name)
    known = find(email=email, phone=phone, name=name)
    try:
        with transaction.atomic():
            if known:
                return gain_email(resident=known, email=email)
            return Resident.objects.create(
                name=name, email=email, phone=phone, preferred_channel=natural_channel(email=email), created_at=now
            )
    except IntegrityError:  # someone else wrote the same address down a moment ago
        return Resident.objects.with_email(email).get()


def find(*, email: str = "", phone: str = "", name: str = "") -> Resident | None:
    """By e-mail; failing that, by telephone and name together, since a household shares a telephone."""
    by_email = Resident.objects.with_email(email).first() if email else None
    return by_email or find_by_phone(phone=phone, name=name)


def find_by_phone(*, phone: str, name: str) -> Resident | None:
    number = digits(tidy_phone(phone))
    same_line = Resident.objects.known().alias(number=Digits("phone"), called=Folded("name")).filter(number=number)
    return same_line.filter(called=fold(name)).order_by("pk").first() if number else None


def gain_email(*, resident: Resident, email: str) -> Resident:
    """Write down an address nobody has proven yet for someone who had none; one that is known stays."""
    if email and not resident.email:
        resident.email, resident.confirmed_at = email, None
        resident.save(update_fields=["email", "confirmed_at"])
    return resident


def confirm(*, resident: Resident, name: str = "", now: datetime) -> None:
    """Their address is proven. The first time, the name they gave themselves holds; later it takes a person."""
    first_time = Resident.objects.known().filter(pk=resident.pk, confirmed_at__isnull=True)
    first_time.update(confirmed_at=now, **({"name": tidy_name(name)} if name else {}))
    resident.refresh_from_db(fields=["confirmed_at", "name"])


def lock(pk: int) -> Resident | None:
    """Their row as it is now, until the transaction ends: nobody erases them or joins them to another record meanwhile.
    None once that was done. Ask before any meeting is locked, as joining does.
    """
    return Resident.objects.known().select_for_update(no_key=True).filter(pk=pk).first()


def prefer(*, resident: Resident, channel: Channel) -> None:
    """They chose how to be told; the last choice holds."""
    resident.preferred_channel = channel
    resident.save(update_fields=["preferred_channel"])


def duplicates(*, resident: Resident) -> ResidentQuerySet:
    """Other records that may be the same person: same name, or same telephone."""
    candidates = Resident.objects.known().exclude(pk=resident.pk).alias(called=Folded("name"), number=Digits("phone"))
    same_phone = Q(number=digits(resident.phone)) if digits(resident.phone) else Q()
    return candidates.filter(Q(called=fold(resident.name)) | same_phone)


def natural_channel(*, email: str, street: str = "") -> Channel:
    """How to tell someone who did not say how they prefer to be told."""
    if email:
        return Channel.EMAIL
    return Channel.LETTER if street else Channel.PHONE


def tidy(text: str) -> str:
    """One line, single spaces, composed letters, nothing invisible."""
    if not text.isprintable():
        text = "".join(character if character.isprintable() else " " for character in text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def tidy_name(name: str) -> str:
    """The same, no longer than its column: composing may make a typed name three times as long."""
    return tidy(name)[:LONGEST]


def tidy_email(address: str) -> str:
    """No spaces around, the domain in lower case; the part before the @ stays as its owner writes it."""
    local, at, domain = address.strip().strip("\ufeff\u200b").rpartition("@")
    return f"{local}{at}{domain.lower()}"


def tidy_phone(phone: str) -> str:
    """A French number as ten digits, so that +33 1 99 00... and 01 99 00... are one telephone; others as typed."""
    number = re.sub(r"^(?:\+|00)33(?:\(0\))?", "0", re.sub(r"[\s.\-/]", "", tidy(phone)))
    return number if re.fullmatch(r"0\d{9}", number) else tidy(phone)


def digits(phone: str) -> str:
    return "".join(character for character in phone if character in "0123456789")
