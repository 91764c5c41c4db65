"""What may a resident put right themselves? All of who they are; their e-mail address takes a letter besides."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail import log_actions

from communities import residents
from communities.models import Resident

CORRECTED = "communities.corrected"
NAMES = ("name", "second_name")
FIELDS = (*NAMES, "phone", "street", "postcode", "city", "neighbourhood", "language")


@transaction.atomic
def correct(*, resident: Resident, facts: Mapping[str, Any]) -> None:
    """Write down what they say of themselves; the staff's history notes that they did, and not what."""
    for field in FIELDS:
        setattr(resident, field, tidied(field, facts[field]))
    resident.save(update_fields=[*FIELDS])
    log_actions.log(instance=resident, action=CORRECTED)


def tidied(field: str, value: Any) -> Any:
    if field in NAMES:
        return residents.tidy_name(value)
    if field == "phone":
        return residents.tidy_phone(value)
    return residents.tidy(value) if isinstance(value, str) else value
