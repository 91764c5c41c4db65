"""How is everyone thanked who was there? By one letter, once; who missed it is not written to."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.models import Priority, Resident
from communities.post import mailings
from engagement import telling
from engagement.models import Attendance, DayAccount, WorkDay
from engagement.refusals import Refusal
from engagement.volunteering.presence import ticking

LETTER_KIND = "work-day-thanks"


class AlreadyThanked(Refusal):
    """Once is enough."""

    MESSAGE = gettext_lazy("Everyone has been thanked already.")


class ListNotConfirmed(Refusal):
    """Only who was there is thanked."""

    MESSAGE = gettext_lazy("Confirm the list first: only those who were there are thanked.")


def there(work_day: WorkDay) -> list[Resident]:
    """Those who were there and whom we know, by name; two queries with their ways to be reached."""
    seen = Attendance.objects.filter(work_day=work_day, people__gt=0, volunteer__isnull=False)
    return list(Resident.objects.known().filter(work_days__in=seen.values("volunteer")).distinct())


def addressees_of(work_day: WorkDay) -> list[mailings.Addressee]:
    ways = [(resident, telling.way_to(resident)) for resident in there(work_day)]
    return [mailings.Addressee(resident.pk, way) for resident, way in ways if way]


@transaction.atomic
def thank(*, work_day: WorkDay, words: str, by: Resident, now: dt.datetime) -> int:
    """Post the letter, with these words and what was done; to how many. Raises AlreadyThanked or ListNotConfirmed."""
    locked = ticking.lock(work_day)
    if locked.thanked_at:
        raise AlreadyThanked
    if not locked.is_closed:
        raise ListNotConfirmed
    DayAccount.objects.update_or_create(
        work_day=locked,
        defaults={"thanks": words},
        create_defaults={"thanks": words, "written_at": now, "written_by": by},
    )
    addressees = addressees_of(locked)
    if addressees:
        mailings.post(
            kind=LETTER_KIND,
            key=str(locked.pk),
            title=_("Thank you: %(title)s") % {"title": locked},
            addressees=addressees,
            priority=Priority.TRANSACTIONAL,
            now=now,
        )
    locked.thanked_at = now
    locked.save(update_fields=["thanked_at"])
    return len(addressees)
