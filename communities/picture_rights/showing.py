"""May a picture be shown there today? Every template and document that shows one asks here."""

import datetime as dt

from django.core.exceptions import ObjectDoesNotExist
from wagtail.images.models import Image

from communities.models.picture_rights import Medium, PictureRights, PictureState


def rights_of(image: Image) -> PictureRights | None:
    """What is known of it; nothing yet for one that was just brought in."""
    try:
        return image.rights
    except ObjectDoesNotExist:
        return None


def state_of(image: Image, *, today: dt.date) -> PictureState:
    rights = rights_of(image)
    return rights.state_on(today) if rights else PictureState.TO_SAY


def may_be_shown(image: Image | None, *, medium: Medium, today: dt.date) -> bool:
    """Whether what is published already goes on showing it; `publishing` asks more of what is new."""
    if image is None:
        return False
    rights = rights_of(image)
    return rights is None or rights.allows(medium, today)
