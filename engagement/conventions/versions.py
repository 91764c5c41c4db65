"""Which versions of a convention are there? One for each change, and none for nothing."""

import datetime as dt
from typing import cast

from django.contrib.auth.models import User

from engagement.models import Convention, ConventionVersion

from .content import Content


def latest(convention: Convention) -> Content:
    """What it says now; frozen, what was frozen: nothing is written after that."""
    return content_of(convention.versions.order_by("-number")[0])


def number_of(convention: Convention) -> int:
    """The number of its last version."""
    return int(convention.versions.order_by("-number").values_list("number", flat=True)[0])


def content_of(version: ConventionVersion) -> Content:
    return cast(Content, version.content)


def as_written(content: Content) -> Content:
    """Before it was frozen."""
    return {"articles": content["articles"], "commitments": content["commitments"], "fields": content["fields"]}


def write(
    *, convention: Convention, content: Content, by: User, note: str, now: dt.datetime
) -> ConventionVersion | None:
    """The next version, under the convention's lock; None when it would say the same as the last one, which may have
    been frozen and taken back.
    """
    last = convention.versions.order_by("-number").first()
    if last and content in (last.content, as_written(content_of(last))):
        return None
    number = last.number + 1 if last else 1
    return ConventionVersion.objects.create(
        convention=convention, number=number, content=content, by=by, note=note[:255], written_at=now
    )
