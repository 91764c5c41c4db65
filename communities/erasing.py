"""How is a person erased who asks for it? Every room blanks what says who they were; what was counted stays counted."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from wagtail import log_actions

from . import history, personal_data
from .models import Resident
from .models.resident import new_token

ERASED = "communities.erased"
WHO_THEY_WERE = ("name", "second_name", "email", "phone", "street", "postcode", "city")


@transaction.atomic
def erase(*, resident: Resident, by: User | None, now: datetime) -> None:
    """Forget who this is, in every room and for good (GDPR article 17); doing it twice does no more.

    `by` is nobody when they do it themselves, in their space. Their answers stay, as an erased person's. The same
    address or telephone is a stranger's from now on. A letter in a worker's hands at this moment may still leave. The
    lock lets others name this row meanwhile (a tick that posts them a letter, say): they hold what is waited for here.
    """
    known = Resident.objects.known().select_for_update(of=("self",), no_key=True)
    erased = known.filter(pk=resident.pk).first()
    if erased is None:
        return
    erased.erased_at = now
    erased.save(update_fields=["erased_at"])
    personal_data.erase(resident=erased, now=now)
    blank(erased)
    history.rename(model=Resident, pks=[erased.pk], name=str(erased))
    log_actions.log(instance=erased, action=ERASED, user=by)


def blank(resident: Resident) -> None:
    """Nothing left to recognise or reach them by, neither the mark in the addresses they answered to."""
    for field in WHO_THEY_WERE:
        setattr(resident, field, "")
    resident.neighbourhood, resident.confirmed_at, resident.token = None, None, new_token()
    resident.paused_until = None
    resident.save(update_fields=[*WHO_THEY_WERE, "neighbourhood", "confirmed_at", "paused_until", "token"])
