"""The desk's addresses about one meeting, and who may open each."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from wagtail.admin.auth import user_passes_test

from communities.permissions import Anyone
from meetings import announcing, permissions

from .answers import Answers
from .by_hand import ByHand
from .following import Following, ProgressFragment
from .foretelling import Foretell, PreviewChange, SendNow
from .inviting import Preview, Send, SendTest, ToInvite
from .paper import Labels, Letters, Posted, Prepare
from .slips import Slips
from .typing_in import TypeIn, WriteDown
from .waiting_list import WaitingList

app_name = "meetings_desk"

View = Callable[..., HttpResponseBase]


def invitations(request: HttpRequest, pk: int, **options: Any) -> HttpResponseBase:
    """Who would be invited, until someone is; then what became of the letters."""
    view = Following if announcing.was_sent(meeting_id=pk) else ToInvite
    return view.as_view(**options)(request, pk=pk)


def page(address: str, view: View, name: str, *, who: Callable[[Anyone], bool]) -> URLPattern:
    """One address; anyone else is turned back to the desk's first page, as Wagtail does."""
    return path(f"<int:pk>/{address}", user_passes_test(who)(view), name=name)


see_invited, invite = permissions.may_see_who_is_invited, permissions.may_invite_residents
print_letters = permissions.may_print_letters
see_answers, write = permissions.may_see_who_comes, permissions.may_write_answers_down

urlpatterns = [
    page("invitations/", invitations, "invitations", who=see_invited),
    page("invitations/results/", Following.as_view(results_only=True), "invitations_results", who=see_invited),
    page("invitations/progress/", ProgressFragment.as_view(), "progress", who=see_invited),
    page("invitations/by-hand/<str:channel>/", ByHand.as_view(), "by_hand", who=see_invited),
    page("invitations/paper/prepare/", Prepare.as_view(), "prepare_paper", who=print_letters),
    page("invitations/paper/<int:stamp>/letters/", Letters.as_view(), "paper_letters", who=print_letters),
    page("invitations/paper/<int:stamp>/labels/", Labels.as_view(), "paper_labels", who=print_letters),
    page("invitations/paper/<int:stamp>/posted/", Posted.as_view(), "paper_posted", who=print_letters),
    page("invitations/more/", ToInvite.as_view(), "to_invite", who=see_invited),
    page("invitations/more/results/", ToInvite.as_view(results_only=True), "to_invite_results", who=see_invited),
    page("invitations/preview/<int:resident>/", Preview.as_view(), "preview", who=see_invited),
    page("invitations/test/", SendTest.as_view(), "send_test", who=invite),
    page("invitations/send/", Send.as_view(), "send", who=invite),
    path("slips/", user_passes_test(write)(Slips.as_view()), name="slips"),
    page("invitations/change/", PreviewChange.as_view(), "preview_change", who=see_invited),
    page("invitations/change/send/", SendNow.as_view(), "send_now", who=invite),
    page("invitations/foretell/", Foretell.as_view(), "foretell", who=see_invited),
    page("answers/", Answers.as_view(), "answers", who=see_answers),
    page("answers/results/", Answers.as_view(results_only=True), "answers_results", who=see_answers),
    page("waiting/", WaitingList.as_view(), "waiting_list", who=see_answers),
    page("waiting/results/", WaitingList.as_view(results_only=True), "waiting_list_results", who=see_answers),
    page("answers/new/", WriteDown.as_view(), "write_down", who=write),
    page("answers/<int:invitation>/", TypeIn.as_view(), "type_in", who=write),
]
