"""How do two records of one person become one? Every room gives what it holds to the one that is kept, for good."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import log_actions

from communities import erasing, history, personal_data
from communities.models import FollowedLink, Resident

MERGED = "communities.merged"
# What is chosen together: an e-mail address with the day it was proven, a street with its town.
CHOICES: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "second_name": ("second_name",),
    "email": ("email", "confirmed_at"),
    "phone": ("phone",),
    "street": ("street", "postcode", "city"),
    "neighbourhood": ("neighbourhood_id",),
    "language": ("language",),
    "preferred_channel": ("preferred_channel",),
}
LATEST = ("paused_until", "heard_at")
TAKEN = tuple(column for columns in CHOICES.values() for column in columns)


class CannotMerge(Exception):
    """These two records cannot become one."""

    MESSAGE: str | Promise = _("These two records cannot become one.")

    @property
    def sentence(self) -> str:
        return str(self.MESSAGE)


class TheSame(CannotMerge):
    """A record cannot be joined to itself."""

    MESSAGE = _("This is one record, not two: there is nothing to join.")


class GoneAlready(CannotMerge):
    """One of them was erased, or joined to another, meanwhile."""

    MESSAGE = _("One of these two people was erased or joined to another meanwhile. Nothing was changed.")


class ChangedMeanwhile(CannotMerge):
    """Whoever presses the button read something else."""

    MESSAGE = _("One of these two records was changed while you were reading. Look again; nothing was joined.")


def seen(*records: Resident) -> str:
    """What a page showed of them, as a fingerprint that its form carries."""
    shown = sorted((record.pk, *(str(getattr(record, name)) for name in TAKEN)) for record in records)
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]


def proposed(*, kept: Resident, gone: Resident) -> frozenset[str]:
    """The fields of `gone` that a person would most likely take: those that the other has not."""
    return frozenset(name for name in CHOICES if getattr(gone, name) and not getattr(kept, name))


@transaction.atomic
def merge(*, kept: Resident, gone: Resident, take: Collection[str], saw: str, by: User, now: datetime) -> Resident:
    """`kept` becomes both; of the fields named in `take` (see CHOICES), what `gone` says holds.

    Everything that named `gone` names `kept`, the links in their letters open for `kept`, and the row that is left is
    blank. It cannot be undone. Raises CannotMerge.
    """
    kept, gone = locked(kept=kept, gone=gone)
    if seen(kept, gone) != saw:
        raise ChangedMeanwhile
    Resident.objects.filter(pk=gone.pk).update(erased_at=now, merged_into=kept)
    personal_data.merge(kept=kept, gone=gone, now=now)
    follow_links(kept=kept, gone=gone)
    values = {column: getattr(gone, column) for name in take if name in CHOICES for column in CHOICES[name]}
    leave_blank(gone, now=now)
    settle(kept, values=values, gone=gone)
    log_actions.log(instance=kept, action=MERGED, user=by)
    return kept


def locked(*, kept: Resident, gone: Resident) -> tuple[Resident, Resident]:
    """Both rows, in one order whoever asks, so that two people who join the same two wait for each other."""
    if kept.pk == gone.pk:
        raise TheSame
    rows = Resident.objects.known().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    found = {row.pk: row for row in rows.select_for_update(of=("self",), no_key=True)}
    if len(found) < 2:
        raise GoneAlready
    return found[kept.pk], found[gone.pk]


def follow_links(*, kept: Resident, gone: Resident) -> None:
    """Links that opened for either until now open for both as one; those sent to a wrong address of either never do.

    So the count of the one that is left is no lower than any before, and what was good under another is written down.
    """
    count = max(kept.addresses_before, gone.addresses_before)
    good = FollowedLink.objects.filter(resident__in=[kept, gone])
    held = [
        link for link in good if link.while_before == (kept if link.resident_id == kept.pk else gone).addresses_before
    ]
    good.exclude(pk__in=[link.pk for link in held]).delete()
    good.update(resident=kept, while_before=count)
    FollowedLink.objects.bulk_create(
        FollowedLink(number=record.pk, addresses_before=record.addresses_before, resident=kept, while_before=count)
        for record in (kept, gone)
        if (record.pk, record.addresses_before) != (kept.pk, count)
    )
    Resident.objects.filter(merged_into=gone).update(merged_into=kept)
    kept.addresses_before = count


def leave_blank(gone: Resident, *, now: datetime) -> None:
    """Nothing is left to recognise them by but the mark in the addresses they answered to, which leads to `kept`."""
    row = Resident.objects.get(pk=gone.pk)
    erasing.blank(row)
    Resident.objects.filter(pk=gone.pk).update(token=gone.token)
    history.rename(model=Resident, pks=[gone.pk], name=str(row))


def settle(kept: Resident, *, values: Mapping[str, Any], gone: Resident) -> None:
    """The fields that were chosen; known since the first day, heard of and left alone until the last, of both."""
    for column, value in values.items():
        setattr(kept, column, value)
    kept.created_at = min(kept.created_at, gone.created_at)
    for latest in LATEST:
        setattr(kept, latest, max(filter(None, [getattr(kept, latest), getattr(gone, latest)]), default=None))
    kept.came_with_id = kept.came_with_id or gone.came_with_id
    columns = {"created_at", *LATEST, "came_with", "addresses_before", *(c.removesuffix("_id") for c in values)}
    kept.save(update_fields=columns)


def counted(record: Resident) -> list[tuple[str, int]]:
    """What each room would move, in words: (invitations, 12). One query for each kind of thing."""
    relations: list[Any] = [each for each in Resident._meta.get_fields(include_hidden=True) if is_theirs(each)]
    found = []
    for relation in relations:
        number = relation.related_model._base_manager.filter(**{relation.field.name: record.pk}).count()
        found += [(str(relation.related_model._meta.verbose_name_plural), number)] if number else []
    return sorted(found)


def is_theirs(relation: Any) -> bool:
    """Whether it is a column of another table that names a resident, rather than what this module keeps itself."""
    if not relation.auto_created or relation.concrete or relation.many_to_many:
        return False
    return relation.related_model not in (Resident, FollowedLink) and relation.related_model._meta.managed
