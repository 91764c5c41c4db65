"""Someone came to the desk with an idea, or wrote it on paper: who is it?"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from communities import residents
from communities.models import Resident
from engagement import permissions
from engagement.ideas import submitting
from engagement.models import Idea
from engagement.refusals import refuse_unless

POSTAL = ("street", "postcode", "city")


@transaction.atomic
def type_in(*, fields: Mapping[str, Any], person: Mapping[str, str], by: User, now: dt.datetime) -> Idea:
    """The idea of `person` (name, email, phone, street, postcode, city), received at once.

    Raises submitting.Unfinished.
    """
    refuse_unless(permissions.may_examine_ideas(by))
    resident = find_or_write_down(person=person, now=now)
    return submitting.type_in(fields=fields, resident=resident, by=by, now=now)


def find_or_write_down(*, person: Mapping[str, str], now: dt.datetime) -> Resident:
    """Whoever we know by e-mail or telephone, with the postal address they had not given yet; someone who gives no
    e-mail address and is not known is written down anew, and told by post.
    """
    postal = {part: residents.tidy(person[part]) for part in POSTAL}
    known = residents.find(
        email=residents.tidy_email(person["email"]), phone=person["phone"], name=residents.tidy_name(person["name"])
    )
    if known is None and postal["street"] and not person["email"]:
        return Resident.objects.create(
            name=residents.tidy_name(person["name"]),
            phone=residents.tidy_phone(person["phone"]),
            **postal,
            preferred_channel=residents.natural_channel(email="", street=postal["street"]),
            created_at=now,
        )
    found = residents.find_or_create(email=person["email"], phone=person["phone"], name=person["name"], now=now)
    return gain_address(found, postal=postal)


def gain_address(resident: Resident, *, postal: Mapping[str, str]) -> Resident:
    """One that is known stays."""
    if postal["street"] and not resident.street:
        Resident.objects.filter(pk=resident.pk).update(**postal)
        resident.refresh_from_db(fields=POSTAL)
    return resident
