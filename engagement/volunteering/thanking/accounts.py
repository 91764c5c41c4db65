"""How is a work day told? By whoever ran it; the town hall looks before anybody recognisable is shown."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities.models import Resident
from engagement import kept_files, permissions
from engagement.models import DayAccount, DayPicture, KeptFile, WorkDay
from engagement.refusals import Refusal, refuse_unless
from engagement.uploads.cleaning import CleanPicture

MOST_PICTURES = 6


class NotOverYet(Refusal):
    """Nothing was done yet."""

    MESSAGE = _("The day has not begun: there is nothing to tell yet.")


class TooManyPictures(Refusal):
    """Six tell it."""

    MESSAGE = _("Six pictures at most: take one away first.")


class ChangedMeanwhile(Refusal):
    """Nobody has read what stands there now."""

    MESSAGE = _("Whoever tells it changed something while you were reading. Look again; nothing was published.")


def of(work_day: WorkDay) -> DayAccount | None:
    return DayAccount.objects.filter(work_day=work_day).first()


def needs_a_look(work_day: WorkDay) -> bool:
    """Whether words wait for the town hall too, as the community's work days do. Pictures always wait."""
    return work_day.meeting.communities.filter(work_days_need_approval=True).exists()


@transaction.atomic
def write(
    *, work_day: WorkDay, words: str, pictures: Sequence[CleanPicture] = (), by: Resident, now: dt.datetime
) -> DayAccount:
    """Keep what is told. Changed words are read by everyone at once, or once they were looked at again.

    Raises NotOverYet or TooManyPictures; then nothing is written.
    """
    if work_day.meeting.starts_at is None or work_day.meeting.starts_at > now:
        raise NotOverYet
    account, _is_new = DayAccount.objects.select_for_update(of=("self",)).get_or_create(
        work_day=work_day, defaults={"written_at": now}
    )
    new = only_new(account, pictures)
    if account.pictures.count() + len(new) > MOST_PICTURES:
        raise TooManyPictures
    if account.words != words or new:
        account.seen_at = None
    if account.words != words:
        account.public_at = None if needs_a_look(work_day) or not words else now
    account.words, account.written_by, account.written_at = words, by, now
    account.save()
    for picture in new:
        account.pictures.create(file=kept_files.keep(file=picture, now=now))
    return account


def only_new(account: DayAccount, pictures: Sequence[CleanPicture]) -> list[CleanPicture]:
    """A press sent twice brings each picture once."""
    there = set(account.pictures.values_list("file__sha256", flat=True))
    return [each for each in pictures if hashlib.sha256(each.content).hexdigest() not in there]


@transaction.atomic
def drop_picture(*, picture: DayPicture) -> None:
    """Gone, with its file."""
    file = picture.file_id
    picture.delete()
    KeptFile.objects.filter(pk=file).delete()


def as_read(account: DayAccount) -> str:
    """What a page showed of it, as a fingerprint that its form carries."""
    pictures = sorted(account.pictures.values_list("pk", flat=True))
    return hashlib.sha256(repr((account.words, pictures)).encode()).hexdigest()[:32]


@transaction.atomic
def look(
    *,
    account: DayAccount,
    shown: Mapping[int, str],
    publishes: bool,
    saw: str,
    by: User,
    now: dt.datetime,
) -> DayAccount:
    """Somebody at the town hall looked. `shown`: the pictures that everyone may see (by pk), with what each shows.
    `saw`: what they read, as `as_read`.

    Raises MayNot or ChangedMeanwhile.
    """
    refuse_unless(permissions.may_look_at_day_accounts(by))
    account = DayAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if saw != as_read(account):
        raise ChangedMeanwhile
    for picture in account.pictures.all():
        picture.is_public = picture.pk in shown
        picture.alternative_text = shown.get(picture.pk, picture.alternative_text)
        picture.save(update_fields=["is_public", "alternative_text"])
    account.seen_at = now
    account.public_at = (account.public_at or now) if publishes else None
    account.save(update_fields=["seen_at", "public_at"])
    return account
