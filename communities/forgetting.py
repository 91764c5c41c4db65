"""What do we let go of by ourselves, each night? What somebody began, never confirmed, and will not now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry

from . import signing_up
from .belonging import inviting
from .looks import noting
from .models import Delivery, DeliveryState, Mailing, Resident, ResidentImport, SignUp, SpaceEntry
from .models.resident import ResidentQuerySet
from .retention import nightly
from .retention.rules import Reach
from .space import addressing, entering, sessions


def forget(*, now: datetime) -> None:
    """What is older than its period, by every rule of this room that runs: see retention. And what opens no door."""
    inviting.forget(now=now)
    nightly.run(room="communities", now=now)
    forget_space(now=now)
    noting.forget(now=now)


@transaction.atomic
def forget_space(*, now: datetime) -> None:
    """Browsers that are out, requests of yesterday to come in, and their letters."""
    sessions.forget(now=now)
    entering.forget(now=now)
    addressing.forget(now=now)
    forget_letters(kind=entering.LETTER_KIND, about=SpaceEntry, before=now - entering.KEPT)


def unapplied_files(*, before: datetime) -> QuerySet[ResidentImport]:
    """Those that nobody applied, and which name people."""
    return ResidentImport.objects.filter(applied_at__isnull=True, uploaded_at__lt=before)


def unconfirmed_sign_ups(*, before: datetime) -> QuerySet[SignUp]:
    """Wishes that no button confirmed. Those of a file stay: they are why nobody in it is asked twice."""
    unconfirmed = SignUp.objects.filter(confirmed_at__isnull=True, resident_import=None, created_at__lt=before)
    return unconfirmed.exclude(pk__in=keys_that_wait(signing_up.LETTER_KIND))


def keys_that_wait(kind: str) -> list[int]:
    """What letters of a kind that have not left yet are about: it must still be there when they leave."""
    waiting = Mailing.objects.filter(kind=kind, key__regex=r"^\d+$", deliveries__state=DeliveryState.PENDING)
    return [int(key) for key in waiting.values_list("key", flat=True)]


def forget_letters(*, kind: str, about: type[Model], before: datetime) -> None:
    """Old letters of a kind about rows that are gone: all they still say is to whom we wrote."""
    there = about._default_manager.annotate(key=Cast("pk", CharField())).filter(key=OuterRef("key"))
    gone = Mailing.objects.filter(~Exists(there), kind=kind, key__regex=r"^\d+$", created_at__lt=before)
    pks = list(gone.exclude(deliveries__state=DeliveryState.PENDING).values_list("pk", flat=True))
    Delivery.objects.filter(mailing__in=pks).delete()
    Mailing.objects.filter(pk__in=pks).delete()


def forget_strangers(keys: Sequence[int], reach: Reach) -> int:
    """Names and addresses that strangers typed and nobody confirmed, once nothing else speaks of them.

    The rows are locked before this second look: nothing begins to speak of them meanwhile, nothing is dragged along.
    """
    strangers(before=reach.before).filter(pk__in=keys).delete()
    return len(keys)


def strangers(*, before: datetime) -> ResidentQuerySet:
    """Only a name and an address, never confirmed, from no file, untouched by staff, and in no table of any room."""
    unknown = Resident.objects.known().filter(created_at__lt=before, confirmed_at=None, came_with=None)
    bare = unknown.filter(second_name="", phone="", street="", neighbourhood=None).filter(~Exists(touched_by_staff()))
    relations: list[Any] = Resident._meta.get_fields(include_hidden=True)
    for relation in relations:
        if relation.one_to_many or relation.one_to_one:
            speaks = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            bare = bare.filter(~Exists(speaks))
    return bare


def touched_by_staff() -> QuerySet[ModelLogEntry]:
    kind = ContentType.objects.get_for_model(Resident)
    return ModelLogEntry.objects.filter(content_type=kind, object_id=Cast(OuterRef("pk"), CharField()))
