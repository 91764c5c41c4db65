"""What do the staff's history and the list of mailings call a thing? By its title of then; named after somebody who is
erased, it must be called otherwise there too.
"""

from django.db.models import QuerySet, Value
from django.db.models.functions import Left, Replace
from wagtail.models import ModelLogEntry, PageLogEntry

from communities.models import Mailing

LONGEST = 255


def rename(old: str, *, new: str) -> None:
    """In every line that names it; what happened and when stays. Nothing where the title stayed the same."""
    if old == new or not old.strip():
        return
    for lines, field in ((ModelLogEntry.objects, "label"), (PageLogEntry.objects, "label"), (Mailing.objects, "title")):
        replace(lines.filter(**{f"{field}__contains": old}), field, old=old, new=new)


def replace(lines: QuerySet, field: str, *, old: str, new: str) -> None:
    lines.update(**{field: Left(Replace(field, Value(old), Value(new)), LONGEST)})
