"""May this picture be shown here? {% load pictures %}, {% if image|allowed_on:"site" %}."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone
from wagtail.images.models import Image

from communities.models import Medium, PictureState
from communities.picture_rights import publishing, showing

register = template.Library()


@register.filter
def allowed_on(image: Image | None, medium: str) -> bool:
    return showing.may_be_shown(image, medium=Medium(medium), today=timezone.localdate())


@register.filter
def allowed_pictures(pictures: Any) -> list[Any]:
    """Of rows with an `image`, those that the site may show."""
    return [picture for picture in pictures if allowed_on(picture.image, Medium.SITE)]


@register.simple_tag
def not_in_order(images: Iterable[Image]) -> list[tuple[Image, PictureState]]:
    """Of the pictures one may choose from, those that may not be published, and how each stands; one query."""
    today = timezone.localdate()
    every = Image.objects.filter(pk__in=[image.pk for image in images]).select_related("rights").order_by("title")
    found = [(image, showing.state_of(image, today=today)) for image in every]
    return [(image, state) for image, state in found if publishing.is_refused(image, state)]
