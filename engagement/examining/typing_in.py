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
    """Whoever we know by e-mail or telephone; someone who gives a postal address only is written down anew."""
    known = residents.find(
        email=residents.tidy_email(person["email"]), phone=person["phone"], name=residents.tidy_name(person["name"])
    )
    if known is None and person["street"] and not person["email"]:
        return Resident.objects.create(
            name=residents.tidy_name(person["name"]),
            phone=residents.tidy_phone(person["phone"]),
            **{part: residents.tidy(person[part]) for part in POSTAL},
            preferred_channel=residents.natural_channel(email="", street=person["street"]),
            created_at=now,
        )
    return residents.find_or_create(email=person["email"], phone=person["phone"], name=person["name"], now=now)
