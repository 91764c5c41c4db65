"""What do we let go of by ourselves, each night? What somebody began, never confirmed, and will not now."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry

from . import signing_up
from .belonging import inviting
from .inbound import keeping
from .models import Delivery, DeliveryState, Mailing, Resident, ResidentImport, SignUp, SpaceEntry
from .models.resident import ResidentQuerySet
from .space import entering, sessions

UPLOADS_KEPT = timedelta(days=1)


def forget(*, now: datetime) -> None:
    """Files left unapplied for a day; sign-ups left unconfirmed for thirty, their letters, and who only made those."""
    ResidentImport.objects.filter(applied_at__isnull=True, uploaded_at__lt=now - UPLOADS_KEPT).delete()
    forget_sign_ups(before=now - signing_up.GOOD_FOR)
    keeping.forget(now=now)
    inviting.forget(now=now)
    forget_space(now=now)
    forget_strangers(before=now - signing_up.GOOD_FOR)


@transaction.atomic
def forget_space(*, now: datetime) -> None:
    """Browsers that are out, requests of yesterday to come in, and their letters."""
    sessions.forget(now=now)
    entering.forget(now=now)
    forget_letters(kind=entering.LETTER_KIND, about=SpaceEntry, before=now - entering.KEPT)


@transaction.atomic
def forget_sign_ups(*, before: datetime) -> None:
    """Wishes that no button confirmed. Those of a file stay: they are why nobody in it is asked twice."""
    unconfirmed = SignUp.objects.filter(confirmed_at__isnull=True, resident_import=None, created_at__lt=before)
    unconfirmed.exclude(pk__in=keys_that_wait(signing_up.LETTER_KIND)).delete()
    forget_letters(kind=signing_up.LETTER_KIND, about=SignUp, before=before)


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


@transaction.atomic
def forget_strangers(*, before: datetime) -> None:
    """Names and addresses that strangers typed and nobody confirmed, once nothing else speaks of them.

    The rows are locked before the second look: nothing begins to speak of them meanwhile, and nothing is dragged along.
    """
    locked = list(strangers(before=before).select_for_update(of=("self",)).values_list("pk", flat=True))
    strangers(before=before).filter(pk__in=locked).delete()


def strangers(*, before: datetime) -> ResidentQuerySet:
    """Only a name and an address, never confirmed, from no file, untouched by staff, and in no table of any room."""
    unknown = Resident.objects.known().filter(created_at__lt=before, confirmed_at=None, came_with=None)
    bare = unknown.filter(second_name="", phone="", street="", neighbourhood=None).filter(~Exists(touched_by_staff()))
    for relation in Resident._meta.related_objects:
        if not relation.many_to_many:
            speaks = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            bare = bare.filter(~Exists(speaks))
    return bare


def touched_by_staff() -> QuerySet[ModelLogEntry]:
    kind = ContentType.objects.get_for_model(Resident)
    return ModelLogEntry.objects.filter(content_type=kind, object_id=Cast(OuterRef("pk"), CharField()))
