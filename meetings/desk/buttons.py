"""The ways from a meeting's page to its invitations and answers."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from communities.permissions import Anyone
from meetings import announcing, permissions, rsvp
from meetings.models import MeetingPage
from meetings.seating import seats
from meetings.updates import foretelling

from . import pages, sentences


def ways(meeting: MeetingPage, user: Anyone) -> Iterator[tuple[str, str, str]]:
    """Label, address and icon of the pages about this meeting that this person may open."""
    if permissions.may_see_who_is_invited(user):
        yield _("Invitations"), reverse("meetings_desk:invitations", args=[meeting.pk]), "mail"
    if permissions.may_see_who_comes(user):
        yield _("Answers"), reverse("meetings_desk:answers", args=[meeting.pk]), "group"
    yield from ((page.label, page.url, page.icon) for page in pages.of(user, meeting))


class MeetingEditView(EditView):  # type: ignore[misc]  # Wagtail is untyped
    """Wagtail's page editor, with the two ways on above its form, and what publishing it would send."""

    def get_template_names(self) -> list[str]:
        whole, ours = "wagtailadmin/pages/edit.html", "meetings/admin/edit.html"
        return [ours if name == whole else name for name in super().get_template_names()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"ways": list(ways(self.page, self.request.user)), "residents_know": self.residents_know()}

    def residents_know(self) -> bool:
        """Whether a change would be told to somebody, and this person may see to whom."""
        may_see = permissions.may_see_who_is_invited(self.request.user)
        return may_see and self.page.live and MeetingPage.objects.announced().filter(pk=self.page.pk).exists()


def on_the_list(page: Page, user: Anyone, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of each meeting of a list of pages."""
    if page.specific_class is MeetingPage:
        for at, (label, url, icon) in enumerate(ways(page, user)):
            yield Button(label, url=url, icon_name=icon, priority=at)


def point_to_invitations(request: HttpRequest, page: Page) -> None:
    """Once a meeting is published: its residents wait for their invitation, or a letter tells them what changed."""
    if not isinstance(page, MeetingPage):
        return
    now = timezone.now()
    never_told = rsvp.is_open(meeting=page, now=now) and not announcing.was_sent(meeting_id=page.pk)
    if never_told and permissions.may_invite_residents(request.user):
        words = _("Nobody has been invited to “%(title)s” yet.") % {"title": page.title}
        messages.info(request, words, [to_invitations(page, _("Invite residents"))])
    say_who_has_no_seat(request, page)
    outlook = foretelling.as_published(meeting=page, now=now)
    if outlook.letters and permissions.may_see_who_is_invited(request.user):
        messages.warning(request, sentences.of_outlook(outlook), [to_invitations(page, _("Read it before it leaves"))])


def say_who_has_no_seat(request: HttpRequest, meeting: MeetingPage) -> None:
    """The seats were lowered below those who come: they are not sent away, and somebody must know."""
    missing = seats.missing(meeting=meeting)
    if missing and permissions.may_see_who_comes(request.user):
        button = messages.button(reverse("meetings_desk:answers", args=[meeting.pk]), _("Who comes"))
        messages.warning(request, sentences.of_missing_seats(missing), [button])


def to_invitations(meeting: MeetingPage, label: str) -> str:
    button: str = messages.button(reverse("meetings_desk:invitations", args=[meeting.pk]), label)
    return button
