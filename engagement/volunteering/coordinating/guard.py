"""Who may open a page of one work day's coordination? Whoever runs it; for anybody else it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from communities.models import Resident
from communities.space.guard import for_resident

from . import roles

View = Callable[..., HttpResponse]


def for_who_runs_it(view: View) -> View:
    """The view is called with the resident and the work day, whose key is `pk` in the address."""

    @for_resident
    @wraps(view)
    def guarded(request: HttpRequest, resident: Resident, *args: Any, pk: int, **kwargs: Any) -> HttpResponse:
        theirs = roles.run_by(resident).select_related("meeting__venue", "leader")
        work_day = theirs.filter(pk=pk).first()
        if work_day is None:
            raise Http404
        return view(request, resident, work_day, *args, **kwargs)

    return guarded
