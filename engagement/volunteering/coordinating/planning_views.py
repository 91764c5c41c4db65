"""The page on which a coordinator writes a work day down, and changes it: errors keep everything that was typed."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods as accept

from communities.models import Community, Resident
from communities.space.guard import for_resident
from engagement.models import WorkDay
from engagement.refusals import Refusal
from engagement.volunteering.planning import changing, following, lines, making, pages, repeating
from engagement.volunteering.planning.following import Followed

from . import done, people, roles, rows
from .forms import DayForm, FollowingForm, first_words
from .guard import for_who_runs_it

SHOW_AND_ACT = ["GET", "HEAD", "POST"]
REFUSED, WRONG = 409, 422
ADD = {"add_shifts": rows.SHIFTS, "add_needs": rows.NEEDS}


class Sheet:
    """What is typed on the page: the day, its shifts and needs, and how far a change goes."""

    def __init__(self, request: HttpRequest, *, communities: list[Community], work_day: WorkDay | None = None) -> None:
        data = self.data = with_rows(request) if request.method == "POST" else None
        leads = work_day.leader if work_day else None
        self.day = DayForm(
            data,
            leaders=people.Leaders(communities, leads),
            initial=first_words(work_day) if work_day else {"uid": uuid.uuid4()},
        )
        self.lines = rows.LinesForm(data, work_day=work_day)
        has_more = work_day is not None and repeating.later_ones(work_day).exists()
        self.following = FollowingForm(data) if has_more else None
        self.is_pressed = request.method == "POST" and not any(name in request.POST for name in ADD)
        if data and not self.is_pressed:
            self.day.silence()
            self.lines.as_typed()

    def is_valid(self) -> bool:
        parts: list[Any] = [self.day, self.lines, *([self.following] if self.following else [])]
        return all(part.is_valid() for part in parts)

    @property
    def holds_for_those_after(self) -> bool:
        return bool(self.following and self.following.cleaned_data["reach"] == FollowingForm.THOSE_AFTER)

    def needed(self) -> Any:
        said = self.day.cleaned_data
        return self.lines.needed(said["begins"], said["ends"])


def with_rows(request: HttpRequest) -> Any:
    """What was typed, with three more empty rows where they were asked for."""
    data: Any = request.POST
    for button, name in ADD.items():
        if button in data:
            data = rows.with_more(data, name)
    return data


@accept(SHOW_AND_ACT)
@for_resident
def new(request: HttpRequest, resident: Resident, slug: str) -> HttpResponse:
    """A draft, for a community that they coordinate; for anybody else the page is not there."""
    community = next((each for each in roles.coordinated_by(resident) if each.slug == slug), None)
    if community is None:
        raise Http404
    sheet = Sheet(request, communities=[community])
    if not sheet.is_pressed:
        return page(request, sheet, community=community)
    if not sheet.is_valid():
        return page(request, sheet, community=community, status=WRONG)
    try:
        work_day = making.make(
            community=community,
            said=sheet.day.said(),
            needed=sheet.needed(),
            uid=sheet.day.cleaned_data["uid"],
            by=resident,
            now=timezone.now(),
        )
    except Refusal as refusal:
        return page(request, sheet, community=community, refusal=refusal, status=REFUSED)
    return done.to(work_day, "made")


@accept(SHOW_AND_ACT)
@for_who_runs_it
def edit(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """The same page, with what stands; what somebody signed up for goes only when it is ticked once more."""
    work_day.meeting = pages.newest(work_day.meeting)
    sheet = Sheet(request, communities=list(work_day.meeting.communities.all()), work_day=work_day)
    if not sheet.is_pressed:
        return page(request, sheet, work_day=work_day)
    if not sheet.is_valid():
        return page(request, sheet, work_day=work_day, status=WRONG)
    try:
        followed = change(sheet, work_day, resident, anyway="anyway" in request.POST)
    except Refusal as refusal:
        return page(request, sheet, work_day=work_day, refusal=refusal, status=REFUSED)
    return to_what_followed(work_day, followed)


def change(sheet: Sheet, work_day: WorkDay, resident: Resident, *, anyway: bool) -> Followed:
    """This one, and those after it when that was asked."""
    now = timezone.now()
    before = following.plan_of(work_day) if sheet.holds_for_those_after else None
    changed = changing.change(
        work_day=work_day, said=sheet.day.said(), needed=sheet.needed(), anyway=anyway, by=resident, now=now
    )
    return following.follow(work_day=changed, before=before, by=resident, now=now) if before else Followed()


def to_what_followed(work_day: WorkDay, followed: Followed) -> HttpResponse:
    if not (followed.changed or followed.refused):
        return done.to(work_day, "changed")
    told = {"changed": len(followed.changed), "kept": [each.pk for each, _why in followed.refused]}
    return redirect(reverse("engagement:run_series", args=[work_day.pk], query=told))


def page(
    request: HttpRequest,
    sheet: Sheet,
    *,
    community: Community | None = None,
    work_day: WorkDay | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "sheet": sheet,
        "community": community,
        "work_day": work_day,
        "refusal": refusal.sentence if refusal else "",
        "may_go_anyway": isinstance(refusal, lines.StillTaken),
    }
    return render(request, "pages/space/work_day_edit.html", context, status=status)
