"""What does the staff's history call a thing? By its name of then, which must go when the person goes."""

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import ModelLogEntry


def rename(*, model: type[Model], pks: Collection[object], name: str) -> None:
    """Call these things by another name in all that was noted: who did what and when stays, of whom does not."""
    noted = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
    noted.filter(object_id__in=[str(pk) for pk in pks]).update(label=name, data={})
