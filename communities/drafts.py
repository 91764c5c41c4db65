"""What becomes of a draft that names something deleted since? It opens without it; publishing says what is missing."""

from typing import Any, Self

from django.db import models


class ForgetsWhatIsGone:
    """For a page with PROTECT keys: a protected row stays while a published page names it, not while a draft does.

    modelcluster refuses to read such a draft at all, so its page could be neither edited nor published again.
    """

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], **checks: bool) -> Self | None:
        read: Self | None = super().from_serializable_data(data | dict.fromkeys(gone(cls, data)), **checks)  # type: ignore[misc]
        return read


def gone(model: type[Any], data: dict[str, Any]) -> list[str]:
    """The fields that may be empty and name a row that is no more."""
    keys = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey) and field.null]
    named = [field for field in keys if data.get(field.name) is not None]
    return [
        field.name
        for field in named
        if not field.related_model._base_manager.filter(pk=data[field.name]).exists()  # type: ignore[union-attr]
    ]
