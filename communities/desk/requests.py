"""Who asks to enter a community, or to coordinate one? On the staff's first page, and in the page of each community."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from communities import permissions
from communities.belonging import answering
from communities.belonging.forms import AnswerForm
from communities.belonging.refusals import Refusal
from communities.models import MembershipRequest
from communities.staff import StaffRequest

SHOWN = 10


class Requests(Component):  # type: ignore[misc]  # Wagtail is untyped
    """The oldest first, each with the page where it is answered."""

    name = "membership_requests"
    template_name = "communities/admin/requests_panel.html"
    order = 25

    def __init__(self, waiting: list[MembershipRequest], number: int) -> None:
        self.waiting, self.number = waiting, number

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"requests": self.waiting, "rest": self.number - len(self.waiting)}


def panel_for(request: HttpRequest) -> Requests | None:
    """For whoever answers them; two queries at most."""
    if not permissions.may_change_members(request.user):
        return None
    waiting = MembershipRequest.objects.waiting()
    shown = list(waiting.select_related("community")[:SHOWN])
    return Requests(shown, len(shown) if len(shown) < SHOWN else waiting.count()) if shown else None


@require_POST
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Yes or no, with words; the first answer holds."""
    asked = get_object_or_404(MembershipRequest.objects.select_related("community", "resident"), pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        tell_what_became(request, asked, form)
    else:
        messages.error(request, _("Choose yes or no. The words may be 1,000 characters long."))
    return redirect("communities_desk:inspect", asked.community_id)


def tell_what_became(request: StaffRequest, asked: MembershipRequest, form: AnswerForm) -> None:
    decide = answering.accept if form.is_yes else answering.decline
    try:
        decide(request=asked, by=request.user, reply=form.cleaned_data["reply"], now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return
    said = {"name": asked.given_name}
    if form.is_yes:
        messages.success(request, _("%(name)s was told yes.") % said)
    else:
        messages.success(request, _("%(name)s was told no, kindly.") % said)
