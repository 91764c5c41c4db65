"""How does it stand? What somebody found, written down: by the resident who looked, or by staff for them."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from communities.models import Recognisable
from engagement import passing, permissions, recognising
from engagement.models import CheckState, KeptFile, StewardshipCheck
from engagement.refusals import Refusal, refuse_unless
from engagement.uploads.cleaning import CleanPicture

from . import asking, photos, troubles

MOST_WORDS = 2000


class NoLongerAsked(Refusal):
    """Called off, over, or answered before a later check."""

    MESSAGE = gettext_lazy("Nobody needs to answer this check any more. Thank you all the same.")


class NotAskedOfYou(Refusal):
    """Somebody else looks after it now."""

    MESSAGE = gettext_lazy("This check is no longer asked of you: call the town hall if you have seen something.")


class AnsweredMeanwhile(Refusal):
    """Two people answered: the second reads what the first said, and puts it right if need be."""

    MESSAGE = gettext_lazy("Somebody has answered meanwhile: read what they found, and change it if need be.")


@transaction.atomic
def answer(
    *,
    check: StewardshipCheck,
    state: CheckState,
    words: str = "",
    photo: CleanPicture | None = None,
    by: passing.Actor,
    seen: dt.datetime | None,
    now: dt.datetime,
) -> StewardshipCheck:
    """What was found; a trouble is told to the town hall at once.

    `seen` is when the answer was given that they had before their eyes, None for none: whoever answers without having
    read the last one reads it first. A photo that was sent stays, and stays its taker's, until another takes its place;
    a new one is never public by itself, nor is one beside somebody else's answer. `by` may hold both: a member of staff
    who writes down what a resident said. Raises MayNot, NotAskedOfYou, NoLongerAsked or
    AnsweredMeanwhile; then nothing has changed.
    """
    locked = lock(check)
    refuse_if_not_theirs(locked, by=by)
    if not asking.is_open(locked):
        raise NoLongerAsked
    if locked.answered_at != seen:
        raise AnsweredMeanwhile
    was_trouble, before = locked.needs_work and locked.words == words.strip(), locked.photo
    locked.state, locked.words, locked.answered_at = state, words.strip()[:MOST_WORDS], now
    locked.answered_by, locked.noted_by = by.resident, by.user
    if photo:
        locked.photo, locked.photo_by = photos.keep(photo=photo, now=now), by.resident
    if photo or by.resident != locked.photo_by:
        locked.is_photo_public = False
    locked.save()
    if photo and before:
        before.delete()
    log(locked, "engagement.check_answered", user=by.user, data={"state": str(state)})
    if locked.needs_work and (not was_trouble or photo):
        troubles.tell(check=locked, now=now)
    return locked


def lock(check: StewardshipCheck) -> StewardshipCheck:
    checks = StewardshipCheck.objects.select_related("project", "resident", "photo")
    return checks.select_for_update(of=("self",)).get(pk=check.pk)


def refuse_if_not_theirs(check: StewardshipCheck, *, by: passing.Actor) -> None:
    if by.user is None and by.resident is not None:
        if by.resident not in asking.asked_of(check):
            raise NotAskedOfYou
        return
    refuse_unless(by.user is not None and permissions.may_follow_stewardship(by.user))


@transaction.atomic
def put_right(*, check: StewardshipCheck, words: str, by: User, now: dt.datetime) -> StewardshipCheck:
    """The trouble that was found is over: a check of today that found all well. The earlier one stays as it was.

    Raises MayNot or NoLongerAsked.
    """
    refuse_unless(permissions.may_follow_stewardship(by))
    locked = lock(check)
    if not StewardshipCheck.objects.troubles().filter(pk=locked.pk).exists():
        raise NoLongerAsked
    found = StewardshipCheck.objects.create(
        project=locked.project,
        what=locked.what,
        due_on=timezone.localdate(now),
        state=CheckState.GOOD,
        words=words.strip(),
        answered_at=now,
        noted_by=by,
    )
    log(found, "engagement.check_answered", user=by, data={"state": CheckState.GOOD.value})
    return found


@transaction.atomic
def show_photo(*, check: StewardshipCheck, is_shown: bool, by: User, recognisable: str = Recognisable.UNKNOWN) -> None:
    """On the project's page, or no longer. Raises MayNot, NobodySaid, MinorsAreOnIt."""
    refuse_unless(permissions.may_follow_stewardship(by))
    locked = lock(check)
    if is_shown:
        recognising.refuse_to_show(recognisable=recognisable, was_public=locked.is_photo_public)
        locked.recognisable = recognisable
    locked.is_photo_public = is_shown and locked.photo is not None
    locked.save(update_fields=["is_photo_public", "recognisable"])
    log(locked, "engagement.check_photo_shown" if locked.is_photo_public else "engagement.check_photo_hidden", user=by)


def shown_photo(*, pk: int) -> KeptFile | None:
    """The photo of this check, if everyone may see it."""
    check = StewardshipCheck.objects.select_related("photo").filter(pk=pk, is_photo_public=True).first()
    return check.photo if check else None
