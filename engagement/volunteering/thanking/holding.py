"""What do thanks hold on one resident? Whether they would be named, and the days they told."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from communities.doubles.moving import move
from communities.models import Resident
from communities.personal_data import Held, described
from engagement import traces
from engagement.models import DayAccount, ThanksChoice

MERGES = ("engagement.DayAccount.written_by", "engagement.ThanksChoice.resident")


def export(resident: Resident) -> Held:
    told = resident.day_accounts.select_related("work_day__meeting").order_by("pk")
    return {
        _("Your choices about thanks"): [
            described(choice, "matter", "granted", "shown_as", "wording", "said_at")
            for choice in resident.thanks_choices.order_by("pk")
        ],
        _("The work days you told"): [
            described(account, "work_day", "words", "thanks", "written_at") for account in told
        ],
    }


def erase(*, resident: Resident, now: datetime) -> None:
    """Choices go; what was told of a day stays, without who told it, and without their name."""
    resident.thanks_choices.all().delete()
    unname(resident)
    DayAccount.objects.filter(written_by=resident).update(written_by=None)


def unname(resident: Resident) -> None:
    """In what was told of the days on which they were there, or told themselves."""
    concerned = Q(written_by=resident) | Q(work_day__volunteers__resident=resident)
    accounts = list(DayAccount.objects.filter(concerned).distinct())
    if not accounts:
        return
    named = traces.of(resident, *traces.given_by(resident))
    for account in accounts:
        account.words, account.thanks = named.without(account.words), named.without(account.thanks)
        account.save(update_fields=["words", "thanks"])


def merge(*, kept: Resident, gone: Resident, now: datetime) -> None:
    """Every choice of both, said anew because none is edited; the one that was said last holds."""
    move(DayAccount, kept=kept, gone=gone, field="written_by")
    theirs = {choice.matter: choice for choice in kept.thanks_choices.order_by("pk")}
    others = list(gone.thanks_choices.order_by("pk"))
    for choice in others:
        say_again(choice, of=kept)
    for matter in {choice.matter for choice in others} & theirs.keys():
        if theirs[matter].said_at > max(each.said_at for each in others if each.matter == matter):
            say_again(theirs[matter], of=kept)
    gone.thanks_choices.all().delete()


def say_again(choice: ThanksChoice, *, of: Resident) -> None:
    said = {name: getattr(choice, name) for name in ("matter", "granted", "shown_as", "wording", "said_at")}
    ThanksChoice.objects.create(resident=of, **said)
