"""How does a picture inside a formatted text ask whether it may be shown?"""

from django.utils import timezone
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from communities.models import Medium

from . import showing


class AllowedImage(ImageEmbedHandler):  # type: ignore[misc]  # Wagtail is untyped
    """Wagtail's, without those that may not be shown."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        today = timezone.localdate()
        tags = super().expand_db_attributes_many(attrs_list)
        shown = [
            image is None or showing.may_be_shown(image, medium=Medium.SITE, today=today)
            for image in cls.get_many(attrs_list)
        ]
        return [tag if may_be else "" for tag, may_be in zip(tags, shown, strict=True)]


def register(features: FeatureRegistry) -> None:
    """A hook of Wagtail's, which comes after its own."""
    features.register_embed_type(AllowedImage)
