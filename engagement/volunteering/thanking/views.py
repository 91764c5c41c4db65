"""What was done together, for everyone to read: on one day, in one community. No ranking, no name without a yes."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from communities.models import Community
from engagement import kept_files
from engagement.models import DayAccount, DayPicture, WorkDay
from engagement.volunteering.presence import figures

from . import choices, together


@require_safe
def of_a_day(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    known = WorkDay.objects.open_to_all().filter(closed_at__isnull=False).select_related("meeting")
    work_day = get_object_or_404(known, meeting__uid=uid)
    account = DayAccount.objects.public().filter(work_day=work_day).first()
    context = {
        "work_day": work_day,
        "meeting": work_day.meeting,
        "figures": figures.of(work_day),
        "names": choices.names_of([work_day]),
        "account": account,
        "pictures": together.pictures_of(account),
    }
    return render(request, "pages/work_day_thanks.html", context)


@require_safe
def of_a_community(request: HttpRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    done = together.of(community)
    context = {"community": community, "done": done, "names": choices.names_of(done.work_days)}
    return render(request, "pages/community_thanks.html", context)


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A photograph that the town hall looked at, of a day that everyone may read about."""
    known = DayPicture.objects.filter(is_public=True, account__in=DayAccount.objects.public())
    found = get_object_or_404(known.select_related("file"), pk=pk)
    return kept_files.given(found.file, to_everyone=True)
