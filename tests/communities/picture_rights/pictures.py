"""Pictures of an invented town, in each state that their rights can have."""

import datetime as dt
from collections.abc import Container
from typing import Any

from django.utils import timezone
from wagtail.images.models import Image
from wagtail.models import Collection
from wagtail_factories import ImageFactory

from communities.models import Medium, PictureAuthorisation, PictureRights, PictureState, Recognisable
from communities.models.picture_rights import SCOPES
from communities.picture_rights import saying
from tests.factories import StaffFactory

NOW = dt.datetime(2027, 3, 10, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
EVERYWHERE = tuple(Medium)


def picture(**facts: Any) -> Image:
    everyones = Collection.get_first_root_node()
    image: Image = ImageFactory(file__width=900, file__height=600, collection=everyones, **facts)
    return image


def rights_to(image: Image) -> PictureRights:
    return PictureRights.objects.get(image=image)


def signed(
    image: Image,
    *,
    minor: str = "Nora C.",
    until: dt.date | None = None,
    media: Container[Medium] = EVERYWHERE,
    today: dt.date = TODAY,
    **facts: Any,
) -> PictureAuthorisation:
    """Both guardians of one minor signed, for these media, until that day."""
    saying.authorise(
        rights=rights_to(image),
        by=StaffFactory(),
        now=timezone.make_aware(dt.datetime.combine(today, dt.time(9))),
        today=today,
        minor=minor,
        first_guardian="Ada Terril",
        second_guardian="Basile Coron",
        signed_on=today - dt.timedelta(days=400),
        paper_lies="Classeur bleu, bureau 3",
        valid_until=until or today + dt.timedelta(days=300),
        **{scope: medium in media for medium, scope in SCOPES.items()},
        **facts,
    )
    return PictureAuthorisation.objects.latest("pk")


def with_minors(image: Image, *, minors: int = 1, today: dt.date = TODAY) -> Image:
    """So many can be recognised, and nothing is signed yet."""
    saying.say(image=image, recognisable=Recognisable.MINORS, minors=minors, by=None, today=today)
    return image


def put_in(
    image: Image, state: PictureState, *, today: dt.date = TODAY, media: Container[Medium] = EVERYWHERE
) -> Image:
    """The picture, as it stands in that state on that day."""
    if state == PictureState.TO_SAY:
        return image
    with_minors(image, today=today)
    days = {PictureState.SOON: 30, PictureState.EXPIRED: -1}
    if state != PictureState.MISSING:
        signed(image, until=today + dt.timedelta(days=days.get(state, 300)), media=media, today=today)
    if state == PictureState.WITHDRAWN:
        now = timezone.make_aware(dt.datetime.combine(today, dt.time(10)))
        saying.withdraw(rights=rights_to(image), by=StaffFactory(), now=now, today=today)
    return Image.objects.get(pk=image.pk)


def drawn(image: Image) -> Image:
    """Nobody is on it."""
    saying.say(image=image, recognisable=Recognisable.NOBODY, by=None, today=TODAY)
    return Image.objects.get(pk=image.pk)
