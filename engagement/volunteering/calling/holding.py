"""What do letters about work days hold on one resident? What they wrote to others, as coordinator or in answer."""

import datetime as dt

from django.utils.translation import gettext as _

from communities.doubles.moving import move
from communities.models import Delivery, Resident
from communities.personal_data import Held, described
from communities.post import mailings
from engagement.models import CoordinatorLetter, Reply

from . import calls, replies, writing

MERGES = ("engagement.CoordinatorLetter.by",)


def export(resident: Resident) -> Held:
    letters = CoordinatorLetter.objects.filter(by=resident).select_related("work_day__meeting").order_by("pk")
    replies = Reply.objects.filter(to__resident=resident).select_related("work_day__meeting").order_by("pk")
    return {
        _("What you wrote about work days"): [
            described(each, "work_day", "readers", "subject", "words", "signed", "written_at") for each in letters
        ],
        _("What you answered about work days"): [
            described(each, "work_day", "words", "shown_as", "written_at") for each in replies
        ],
    }


def erase(*, resident: Resident, now: dt.datetime) -> None:
    """That a letter left stays, for those who got it; what it said, and under which name, goes, and so do answers."""
    hold_answers(resident)
    theirs = CoordinatorLetter.objects.filter(by=resident)
    waiting = Delivery.objects.filter(mailing__in=theirs.values("mailing"))
    mailings.withdraw(deliveries=waiting, reason=_("Its words are no longer kept."), now=now)
    Reply.objects.filter(to__mailing__in=theirs.values("mailing")).update(words="", shown_as="")
    theirs.update(by=None, signed="…", subject="…", words="…")
    Reply.objects.filter(to__resident=resident).update(words="", attachments=0, shown_as="")


def hold_answers(resident: Resident) -> None:
    """Whoever answers one of these letters at this moment is waited for; whoever answers later finds them erased."""
    kinds = [writing.VOLUNTEERS_LETTER, writing.MEMBERS_LETTER, calls.LETTER_KIND, replies.LETTER_KIND]
    letters = resident.deliveries.filter(mailing__kind__in=kinds).order_by("pk")
    list(letters.select_for_update(of=("self",)).values_list("pk", flat=True))


def merge(*, kept: Resident, gone: Resident, now: dt.datetime) -> None:
    """What either wrote as a coordinator; answers follow the letters they answer."""
    move(CoordinatorLetter, kept=kept, gone=gone, field="by")
