"""What is left to do before the first meeting? A list on the staff's home page, until all of it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from communities.models import Community, Delivery, DeliveryState, Resident, Town
from meetings.models import MeetingIndexPage, MeetingPage, Venue


@dataclass(frozen=True)
class Step:
    """One thing to do first: how we know it is done, where it is done, and who may do it."""

    words: str | Promise
    hint: str | Promise
    is_done: Callable[[], bool]
    address: Callable[[], str]
    permission: str


@dataclass(frozen=True)
class StepOnTheDesk:
    """A step as one person sees it; no address where it is not theirs to do."""

    words: str | Promise
    hint: str | Promise
    is_done: bool
    address: str


def town_is_known() -> bool:
    town = Town.load()
    return bool(town.name and town.phone)


def mail_was_tested() -> bool:
    return Delivery.objects.filter(mailing__is_test=True, state=DeliveryState.SENT).exists()


def new_meeting() -> str:
    index = MeetingIndexPage.objects.first()
    return reverse("wagtailadmin_pages:add", args=["meetings", "meetingpage", index.pk]) if index else ""


STEPS = [
    Step(
        words=_("Give the mailbox that people at the town hall read"),
        hint=_("Letters come from it and answers arrive there: no invitation leaves before."),
        is_done=lambda: bool(Town.load().email),
        address=lambda: reverse("wagtailsettings:edit", args=["communities", "town"]),
        permission="communities.change_town",
    ),
    Step(
        words=_("Say who the town hall is"),
        hint=_("Its name and its telephone, in the same form."),
        is_done=town_is_known,
        address=lambda: reverse("wagtailsettings:edit", args=["communities", "town"]),
        permission="communities.change_town",
    ),
    Step(
        words=_("Put its logo on pages and letters"),
        hint=_("In the same form."),
        is_done=lambda: Town.load().logo_id is not None,
        address=lambda: reverse("wagtailsettings:edit", args=["communities", "town"]),
        permission="communities.change_town",
    ),
    Step(
        words=_("Write down a first venue"),
        hint=_("With what you know of its access; “not checked” is an honest answer."),
        is_done=lambda: Venue.objects.exists(),
        address=lambda: reverse(Venue.snippet_viewset.get_url_name("add")),
        permission="meetings.add_venue",
    ),
    Step(
        words=_("Make a first community"),
        hint=_("The people around a project, a neighbourhood or a theme."),
        is_done=lambda: Community.objects.exists(),
        address=lambda: reverse("communities_desk:add"),
        permission="communities.add_community",
    ),
    Step(
        words=_("Bring in the first residents"),
        hint=_("From a spreadsheet: a report comes first, and nothing is written before you agree."),
        is_done=lambda: Resident.objects.exists(),
        address=lambda: reverse("resident_imports:upload"),
        permission="communities.add_residentimport",
    ),
    Step(
        words=_("Publish a first meeting"),
        hint=_("Six answers are enough to announce it."),
        is_done=lambda: MeetingPage.objects.live().exists(),
        address=new_meeting,
        permission="meetings.add_announcement",
    ),
    Step(
        words=_("Send yourself a test letter"),
        hint=_("From the “Invitations” page of a meeting. It proves that the post leaves."),
        is_done=mail_was_tested,
        address=lambda: reverse("meetings_list:index"),
        permission="meetings.add_announcement",
    ),
]


def steps_for(user: AbstractUser) -> list[StepOnTheDesk]:
    """Every step, with an address only for what this person may do."""
    return [
        StepOnTheDesk(step.words, step.hint, step.is_done(), step.address() if user.has_perm(step.permission) else "")
        for step in STEPS
    ]


class FirstSteps(Component):  # type: ignore[misc]  # Wagtail is untyped
    """The list, above Wagtail's own panels."""

    name = "first_steps"
    template_name = "admin/first_steps.html"
    order = 50

    def __init__(self, steps: list[StepOnTheDesk]) -> None:
        self.steps = steps

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"steps": self.steps, "done": sum(step.is_done for step in self.steps), "all": len(self.steps)}


def panel_for(request: HttpRequest) -> FirstSteps | None:
    """The list, or nothing once all of it is done, nor for those who may do none of it."""
    steps = steps_for(request.user)  # type: ignore[arg-type]  # only staff see the desk
    is_theirs = any(step.address for step in steps)
    return FirstSteps(steps) if is_theirs and not all(step.is_done for step in steps) else None
