"""What do the staff's history and the list of mailings call a thing? By its title of then; named after somebody who is
erased, it must be called otherwise there too.
"""

from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Left, Replace
from wagtail.models import ModelLogEntry, PageLogEntry

from communities.models import Mailing

LONGEST = 255


def rename(old: str, *, new: str) -> None:
    """In every line that names it; what happened and when stays. Nothing where the title stayed the same."""
    if old == new or not old.strip():
        return
    for entries in (ModelLogEntry.objects.all(), PageLogEntry.objects.all()):
        replace(entries, "label", old=old, new=new)
    replace(Mailing.objects.all(), "title", old=old, new=new)


def replace(lines: QuerySet[Any], field: str, *, old: str, new: str) -> None:
    lines.filter(**{f"{field}__contains": old}).update(**{field: Left(Replace(field, Value(old), Value(new)), LONGEST)})
