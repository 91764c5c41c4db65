"""Which pages show a picture?"""

from wagtail.images.models import Image
from wagtail.models import Page, ReferenceIndex


def pages_with(image: Image) -> list[Page]:
    """The pages that name it in their saved form, by title; a draft may name it too, and is refused when published."""
    keys = {
        int(reference.object_id)
        for reference in ReferenceIndex.get_references_to(image).select_related("base_content_type")
        if reference.base_content_type.model_class() is Page
    }
    return list(Page.objects.filter(pk__in=keys).order_by("title"))
